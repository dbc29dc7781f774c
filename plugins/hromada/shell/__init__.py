"""The outside world: the disk, Pelican, Markdown, Pillow, git, the terminal."""
