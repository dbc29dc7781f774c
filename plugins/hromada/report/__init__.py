"""Counting and the report: entries of a period by figure, part and month; the words around the numbers."""
