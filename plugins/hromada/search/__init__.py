"""The search index: words of texts, their dictionary forms, and the files in which a browser looks them up."""
