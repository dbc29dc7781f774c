"""One file a command; `entry` lists them all."""
