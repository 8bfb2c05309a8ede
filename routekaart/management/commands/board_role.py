"""Giving and taking back roles at all schools of a board, from the server's own command line."""

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from routekaart.access import Role
from routekaart.actions.organisation.board_roles import grant_board_role, withdraw_board_role
from routekaart.domain.errors import BadInput, DomainError
from routekaart.domain.roles import FOR_A_BOARD


class Command(BaseCommand):
    help = (
        "Geef iemand een rol bij alle scholen van een bestuur, of trek die in. "
        "Nog eens draaien verandert niets."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--board", required=True, help="Bestuursnummer: vijf cijfers.")
        parser.add_argument("--email", required=True, help="E-mailadres van het account.")
        parser.add_argument("--name", default="", help="Naam, als het account nieuw is.")
        parser.add_argument(
            "--role", required=True, choices=[role.value for role in FOR_A_BOARD], help="De rol."
        )
        parser.add_argument(
            "--until", type=date.fromisoformat, help="Laatste dag van de rol: 2027-07-31."
        )
        parser.add_argument("--withdraw", action="store_true", help="Trek de rol in.")

    def handle(self, *_args: Any, **options: Any) -> None:
        role = Role(options["role"])
        who = {"number": options["board"], "email": options["email"]}
        try:
            if options["withdraw"]:
                done = withdraw_board_role(**who, role=role)
                self.stdout.write("Ingetrokken." if done else "Deze persoon had de rol niet.")
                return
            grant = grant_board_role(
                **who, name=options["name"], role=role, ends_on=options["until"]
            )
        except BadInput as error:
            raise CommandError(f"--{error.field}: {error.message}") from None
        except DomainError as error:
            raise CommandError(error.message) from None
        until = f" tot en met {grant.ends_on}" if grant.ends_on else ""
        self.stdout.write(f"{grant.person.name} heeft de rol {role.label}{until}.")
        if not grant.person.has_usable_password():
            self.stdout.write("Dit account kiest een wachtwoord via ‘Wachtwoord vergeten’.")
