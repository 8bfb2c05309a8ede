"""The data of somebody who belongs to no school any more, from the server's own command line."""

import argparse
import os
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from courses.dutch import listed
from routekaart.actions.privacy.export_on_server import export_person_on_server
from routekaart.domain.errors import BadInput
from routekaart.formats.person_data import person_data_files, write_person_data
from routekaart.queries.privacy.on_server import account_on_server


class Command(BaseCommand):
    help = (
        "Maakt een ZIP met alles wat Routekaart van iemand bewaart, voor wie bij geen school meer "
        "hoort en het zelf niet kan. Ga eerst na wie het vraagt, en bel terug op een nummer dat "
        "je al had. Geef het bestand alleen aan die persoon: er staan ook eigen woorden in."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="E-mailadres van het account.")
        parser.add_argument("file", type=Path, help="Het bestand dat er komt.")

    def handle(self, *_args: Any, **options: Any) -> None:
        place: Path = options["file"]
        try:
            schools = account_on_server(email=options["email"]).schools
            with _new_file(place) as target:
                data = export_person_on_server(email=options["email"])
                write_person_data(target, person_data_files(data))
        except BadInput as error:
            raise CommandError(error.message) from None
        told = f" Het staat in het logboek van: {listed(schools)}." if schools else ""
        self.stdout.write(f"Gemaakt: {place}.{told}")


def _new_file(place: Path) -> BinaryIO:
    """Opened before anything is written down; to be read by nobody else."""
    try:
        return os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
    except FileExistsError:
        raise CommandError(f"{place} bestaat al. Kies een andere naam.") from None
    except OSError:
        raise CommandError(f"{place} kan hier niet gemaakt worden.") from None
