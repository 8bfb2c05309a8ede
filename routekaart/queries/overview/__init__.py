"""What directors and boards see of all their teams at once."""
