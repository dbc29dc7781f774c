"""The terminal: options of a command, messages, questions, progress."""
