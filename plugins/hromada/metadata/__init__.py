"""What a file's bytes say beside what it shows (EXIF, XMP, properties of documents), and the same file without that."""
