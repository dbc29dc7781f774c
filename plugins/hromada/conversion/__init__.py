"""Converts exports of other systems, social networks and earlier sites, to values and files of ours. No files, no clock."""
