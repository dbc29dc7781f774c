"""The incremental build: what is out of date is rendered by Pelican, everything else stays."""
