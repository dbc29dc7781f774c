"""Creates the path and text of a new file from an editor's choices: plain values, no disk, no clock."""
