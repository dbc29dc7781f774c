"""An earlier site: WordPress's export, a feed or a folder of Pelican, read into common values and written as our files."""
