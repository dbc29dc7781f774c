"""`make import-site`, `import-social`, `photos`: opens exports and cameras' cards on the disk, writes the content; `conversion` converts."""
