"""What one build leaves for the next: the caches on the disk."""
