"""The count: from all entries to the figures of a period."""
