"""From the content folder to a checked snapshot."""
