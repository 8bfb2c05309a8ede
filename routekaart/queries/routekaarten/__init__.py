"""Routekaarten: goals, study days and their dates, scans, and from year to year."""
