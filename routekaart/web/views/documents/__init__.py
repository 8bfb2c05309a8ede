"""Documents of a routekaart, and the health of jobs."""
