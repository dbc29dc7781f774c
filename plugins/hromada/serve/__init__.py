"""`make serve`: the preview server and the process that builds for it."""
