"""A report's text: its numbers, its blocks, a new report's draft."""
