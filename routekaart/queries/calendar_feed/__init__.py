"""Reading what a calendar of somebody is to have, and the secret addresses of calendars."""
