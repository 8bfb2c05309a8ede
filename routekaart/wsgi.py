"""The WSGI entry point that web servers load."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.settings")
application = get_wsgi_application()

from routekaart.queries.health.parts import shipped_migrations  # noqa: E402 - needs the tables

# Read once here, before the server forks, and not by the first who asks how each process is.
shipped_migrations()
