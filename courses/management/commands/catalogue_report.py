"""`manage.py catalogue_report`: what in the catalogue deserves a look, in plain Dutch."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from courses.catalogue import CatalogueNotLoadedError, current_catalogue
from courses.quality import report
from courses.report_text import report_text


class Command(BaseCommand):
    help = "Laat zien wat in de catalogus een blik verdient."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        try:
            catalogue = current_catalogue()
        except CatalogueNotLoadedError as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(
                "De tabellen zijn niet te gebruiken; draai eerst 'python manage.py migrate'. "
                f"(Melding: {error})"
            ) from None
        found = report(catalogue, today=timezone.localdate())
        self.stdout.write(report_text(found, catalogue))
