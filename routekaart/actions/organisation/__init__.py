"""Schools, who works there and in which teams, and what a school sets."""
