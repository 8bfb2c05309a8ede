"""Whether the parts of the product work."""
