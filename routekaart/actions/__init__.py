"""Writes: keyword-only, atomic, `by=` an access, with an audit row."""
