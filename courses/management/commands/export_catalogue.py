"""`manage.py export_catalogue`: the whole catalogue as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from courses.catalogue import CatalogueNotLoadedError, current_catalogue
from courses.export import export


class Command(BaseCommand):
    help = "Drukt de hele catalogus af als JSON, in de volgorde van de bronnen."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        try:
            content = export(current_catalogue())
        except CatalogueNotLoadedError as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(
                "De tabellen zijn niet te gebruiken; draai eerst 'python manage.py migrate'. "
                f"(Melding: {error})"
            ) from None
        self.stdout.write(json.dumps(content, ensure_ascii=False, indent=2))
