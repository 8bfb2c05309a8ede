"""Trying the routekaart without an account, and reading the catalogue."""
