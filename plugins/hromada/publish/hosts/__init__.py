"""Hosts that are no git branch: a folder, a server over SSH, a bucket."""
