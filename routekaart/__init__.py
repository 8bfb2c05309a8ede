"""Who learns what, and when: schools, teams, routekaarten, plans; the API and the pages."""

# The one place that says which version this is; a backup carries it.
__version__ = "0.1.0"
