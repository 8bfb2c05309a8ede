"""`manage.py load_catalogue`: the data files into the tables."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from courses.files import SHIPPED, read_catalogue
from courses.load import load_catalogue
from courses.problems import CatalogueError


class Command(BaseCommand):
    help = "Laadt de catalogus uit de databestanden in de tabellen; nog een keer kan altijd."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=SHIPPED, help="Map met de databestanden."
        )
        parser.add_argument(
            "--check", action="store_true", help="Controleert de bestanden en laadt niets."
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        folder: Path = options["folder"]
        try:
            if options["check"]:
                catalogue = read_catalogue(folder)
                self.stdout.write(
                    f"De bestanden kloppen: {len(catalogue.interventions)} interventies en "
                    f"{len(catalogue.courses)} cursussen. Er is niets geladen."
                )
                return
            result = load_catalogue(folder)
        except CatalogueError as error:
            raise CommandError(_explained(error)) from None
        except DatabaseError as error:
            raise CommandError(
                "De tabellen zijn niet te gebruiken; draai eerst 'python manage.py migrate'. "
                f"(Melding: {error})"
            ) from None
        self.stdout.write(
            f"Catalogus geladen, versie {result.version[:12]}: {result.created} nieuw, "
            f"{result.updated} gewijzigd, {result.retired} vervallen, "
            f"{result.unchanged} ongewijzigd."
        )


def _explained(error: CatalogueError) -> str:
    count = len(error.problems)
    noun = "fout" if count == 1 else "fouten"
    lines = "\n".join(f"- {problem}" for problem in error.problems)
    return (
        f"De catalogus is niet geladen, de tabellen zijn zoals ze waren. {count} {noun}:\n{lines}"
    )
