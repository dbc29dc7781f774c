"""An earlier site, as a WordPress export, a feed or a Pelican folder: read into common values, converted to our files."""
