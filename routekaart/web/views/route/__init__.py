"""The advice to accept, and the route through the school year."""
