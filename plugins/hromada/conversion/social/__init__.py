"""Exports of social networks: read into common values, converted to rows of the social register."""
