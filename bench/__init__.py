"""Speed, measured as ratios in one run: our whole command beside Hugo and plain Pelican on the same items."""
