"""What pages and lists show of items, as values; what a publication changes on the site, and where that is."""
