"""What in an editor's text has one right form, brought to it: text to text, no disk. `fixes.MENDS` is the list."""
