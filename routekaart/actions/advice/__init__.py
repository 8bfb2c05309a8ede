"""The trainer's advice on a selection or a routekaart, and the team's decisions."""
