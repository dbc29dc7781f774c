"""Text to values: headers, items, registers, tables of words. No files, no clock."""
