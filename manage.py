#!/usr/bin/env python
"""Django's command line for routekaart."""

import os
import sys

from django.core.management import execute_from_command_line

from routekaart.env import BadEnvironment

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.settings")
    try:
        execute_from_command_line(sys.argv)
    except BadEnvironment as problem:
        # One sentence that says what to change, instead of a traceback of settings.
        sys.exit(str(problem))
