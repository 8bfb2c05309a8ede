"""The WSGI entry point that web servers load."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.settings")
application = get_wsgi_application()

from routekaart.queries.health.parts import shipped_migrations  # noqa: E402 - needs the tables

# Read once here, before the server forks, and not by the first who asks how each process is.
shipped_migrations()
# All pages and the API too: else the first who asks each process waits seconds for its code.
_ = get_resolver().url_patterns
