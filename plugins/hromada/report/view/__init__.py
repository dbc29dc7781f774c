"""What a report's page shows, as values."""
