"""The catalogue: what everyone may see, and what a school adds."""
