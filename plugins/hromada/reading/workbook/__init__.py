"""Spreadsheets as programs save them: a file's bytes to the cells of its sheets."""
