"""What social networks export, brought into the social register."""
