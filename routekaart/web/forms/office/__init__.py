"""Forms of who runs a school."""
