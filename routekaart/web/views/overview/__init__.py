"""What directors and boards see and decide."""
