"""Documents, and the jobs that make them."""
