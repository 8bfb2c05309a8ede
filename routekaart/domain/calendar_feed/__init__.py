"""What stands in the calendar of a person or a team, and how a calendar hears that it changed."""
