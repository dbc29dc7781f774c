"""Speed, measured as ratios in one run: our whole command beside plain Pelican on the same items."""
