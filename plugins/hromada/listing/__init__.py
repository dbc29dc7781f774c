"""What pages and lists show of items, as values."""
