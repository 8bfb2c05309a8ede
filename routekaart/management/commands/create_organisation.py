"""The first board, school and school admin, from the server's own command line."""

import argparse
import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from routekaart.actions.organisation.first_organisation import Wanted, create_organisation
from routekaart.domain.errors import BadInput, DomainError
from routekaart.models import Person
from routekaart.models.organisation import Region, Sector

_OPTIONS = {
    "board_name": "Naam van het bestuur.",
    "board_number": "Bestuursnummer: vijf cijfers.",
    "school_name": "Naam van de school.",
    "brin": "BRIN plus vestiging, zoals 16SW00.",
    "sector": f"Sector: {', '.join(Sector.values)}.",
    "region": f"Vakantieregio: {', '.join(Region.values)}.",
    "admin_name": "Naam van de schoolbeheerder.",
    "admin_email": "E-mailadres van de schoolbeheerder.",
}


class Command(BaseCommand):
    help = (
        "Maak het eerste bestuur, de eerste school en de schoolbeheerder. "
        "Nog eens draaien verandert niets."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        for name, text in _OPTIONS.items():
            parser.add_argument(_flag(name), required=True, help=text)
        parser.add_argument(
            "--new-token", action="store_true", help="Geef de schoolbeheerder een nieuwe sleutel."
        )
        parser.add_argument(
            "--set-password", action="store_true", help="Vraag een wachtwoord voor de beheerder."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        wanted = Wanted(**{name: options[name] for name in _OPTIONS})
        try:
            made = create_organisation(wanted, new_token=options["new_token"])
        except BadInput as error:
            raise CommandError(f"{_flag(error.field)}: {error.message}") from None
        except DomainError as error:
            raise CommandError(error.message) from None
        if made.created:
            self.stdout.write(f"Nieuw: {', '.join(made.created)}.")
        else:
            self.stdout.write("Alles bestond al; er is niets veranderd.")
        self.stdout.write(f"Bestuur: {made.board.name} ({made.board.number})")
        self.stdout.write(f"School: {made.school.name} ({made.school.brin})")
        self.stdout.write(f"Schoolbeheerder: {made.admin.name} ({made.admin.email})")
        if made.token is not None:
            self.stdout.write(f"Toegangssleutel, dit is de enige keer: {made.token}")
        if options["set_password"]:
            self._set_password(made.admin)
        elif not made.admin.has_usable_password():
            self.stdout.write(
                "Aanmelden op de pagina's kan nog niet: draai dit nog eens met --set-password."
            )

    def _set_password(self, person: Person) -> None:
        password = getpass.getpass("Wachtwoord: ")
        if password != getpass.getpass("Nog eens: "):
            raise CommandError("De twee wachtwoorden zijn niet gelijk; er is niets veranderd.")
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise CommandError(" ".join(_in_dutch(one) for one in error.error_list)) from None
        person.set_password(password)
        person.save(update_fields=["password"])
        self.stdout.write("Het wachtwoord is ingesteld.")


def _in_dutch(error: ValidationError) -> str:
    # Django's own Dutch lacks this one.
    if error.code == "password_too_short" and error.params:
        return f"Gebruik minstens {error.params['min_length']} tekens."
    return " ".join(error.messages)


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")
