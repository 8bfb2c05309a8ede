"""Erasing somebody who left all schools, from the server's own command line."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.dutch import listed
from routekaart.actions.privacy.erasing_on_server import erase_person_on_server
from routekaart.domain.errors import BadInput, Conflict
from routekaart.queries.privacy.leavers import Counted
from routekaart.queries.privacy.on_server import OnServer, account_on_server

_ACCOUNT = "naam, e-mailadres en wachtwoord, en wat verder bij het account hoort"


class Command(BaseCommand):
    help = (
        "Wist iemand die bij geen enkele school meer hoort, bij alle scholen tegelijk. Voor wie "
        "bij meer besturen werkte: dan mag geen school het alleen. Ga eerst na wie het vraagt, en "
        "bel terug op een nummer dat je al had. Het komt niet terug."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="E-mailadres van het account.")
        parser.add_argument(
            "--yes", action="store_true", help="Wis meteen, zonder te vertellen wat en te vragen."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            found = account_on_server(email=options["email"])
            if not options["yes"] and not found.places:
                self._ask(found)
            erase_person_on_server(email=options["email"])
        except (BadInput, Conflict) as error:
            raise CommandError(error.message) from None
        told = f" Het staat in het logboek van: {listed(found.schools)}." if found.schools else ""
        self.stdout.write(f"Gewist. De aantallen blijven, de naam is weg.{told}")

    def _ask(self, found: OnServer) -> None:
        person, preview = found.preview.person, found.preview
        self.stdout.write(
            f"Dit account wissen: {person.name}, {person.email}.\n"
            f"Scholen die er iets van bewaren: {listed(found.schools) or 'geen'}.\n"
            f"Dit gaat weg: {'; '.join((_ACCOUNT, *_told(preview.goes)))}.\n"
            f"Dit blijft, zonder naam: {'; '.join(_told(preview.stays)) or 'niets'}.\n"
            "Ook weg: alle gemaakte documenten van deze scholen en over hun hele bestuur, met de "
            "links die verstuurd zijn. Ze kunnen opnieuw gemaakt worden; de naam komt niet terug.\n"
            "Typ het adres nog eens om te wissen: ",
            ending="",
        )
        self.stdout.flush()
        answer = sys.stdin.readline()
        self.stdout.write("")
        if answer.strip().lower() != person.email:
            raise CommandError("Dit is niet het adres. Er is niets veranderd.")


def _told(counted: Sequence[Counted]) -> list[str]:
    return [f"{one.title} ({one.count})" for one in counted]
