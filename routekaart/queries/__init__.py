"""Reads: the schools are always a required keyword, or come with an access."""
