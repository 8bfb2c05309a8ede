"""Who learns what, and when: schools, teams, routekaarten, plans; the API and the pages."""
