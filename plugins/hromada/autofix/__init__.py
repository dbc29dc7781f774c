"""Automatic fixes for faults that have exactly one right form: text in, text out, no disk. `fixes.FIXES` lists them."""
