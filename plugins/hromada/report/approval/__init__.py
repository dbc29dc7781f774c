"""Approved reports: read, validated, compared with what the content holds now."""
