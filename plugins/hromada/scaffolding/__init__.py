"""What an editor asks for to a new file's place and text: plain values, no disk, no clock."""
