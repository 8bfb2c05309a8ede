"""What people did, and how far they and their teams are."""
