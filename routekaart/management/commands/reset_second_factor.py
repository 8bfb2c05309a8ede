"""Taking away the second step of somebody, from the server's own command line."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from routekaart.actions.organisation.sign_in import reset_second_factor_on_server
from routekaart.domain.errors import BadInput


class Command(BaseCommand):
    help = (
        "Zet de tweede stap bij het aanmelden uit, voor wie telefoon en reservecodes kwijt is. "
        "Ga eerst na wie het vraagt, en bel terug op een nummer dat je al had. "
        "Nog eens draaien verandert niets."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="E-mailadres van het account.")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            done = reset_second_factor_on_server(email=options["email"])
        except BadInput as error:
            raise CommandError(error.message) from None
        self.stdout.write(
            "De tweede stap staat uit. Dit account is overal afgemeld en krijgt een mail."
            if done
            else "Dit account had geen tweede stap. Er is niets veranderd."
        )
