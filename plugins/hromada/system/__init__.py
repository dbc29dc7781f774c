"""The operating system: files, locks, processes, git."""
