"""`make import-site` and `make import-social`: exports on the disk come into the content."""
