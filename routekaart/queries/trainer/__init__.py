"""What waits for a trainer."""
