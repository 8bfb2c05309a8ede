"""Calendars: the secret addresses, and the page that makes them."""
