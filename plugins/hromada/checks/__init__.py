"""What must be true of the whole content: one rule, one function; all problems at once."""
