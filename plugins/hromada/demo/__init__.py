"""Generates the sample archive of `make demo`: values only, no files, no clock."""
