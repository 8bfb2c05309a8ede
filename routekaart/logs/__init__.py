"""What the log says: one line per event, whose it is by number only, and no personal data."""
