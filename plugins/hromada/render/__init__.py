"""A text to clean HTML: Markdown, sanitising, links, pictures."""
