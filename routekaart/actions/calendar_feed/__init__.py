"""Secret addresses of calendars: made, stopped, and answered."""
