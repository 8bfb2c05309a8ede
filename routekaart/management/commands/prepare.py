"""Makes the product ready to start: tables, catalogue, and on request the demo school."""

import argparse
import sqlite3
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from routekaart.demo.client import ApiProblem
from routekaart.demo.school import PASSWORD, DemoSchool, has_document, load_demo_school
from routekaart.demo.stage import tell_on_own_stage
from routekaart.management.commands.serve import CannotStartError, check_port


class Command(BaseCommand):
    help = "Maak routekaart klaar om te starten: tabellen, catalogus en zo nodig de demoschool."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="Laad ook de demoschool De Klimboom."
        )
        parser.add_argument(
            "--port", type=int, help="Begin alleen als deze poort vrij is voor de webserver."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["port"] is not None:
            self._check_port(options["port"])
        try:
            settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
            self._step("Tabellen bijwerken")
            call_command("migrate", verbosity=0, interactive=False)
            self._step("Catalogus laden")
            call_command("load_catalogue", stdout=self.stdout)
            self._step("Stijl en scripts klaarzetten")
            call_command("collectstatic", verbosity=0, interactive=False)
            if options["demo"]:
                self._demo()
        except (OSError, OperationalError, sqlite3.Error) as error:
            raise CommandError(
                f"Kan niet schrijven in {settings.VAR_DIR} of bij de gegevens komen: {error}"
            ) from error
        except ApiProblem as problem:
            raise CommandError(f"Het demoplan lukte niet: {problem}") from None

    def _check_port(self, port: int) -> None:
        # First of all: what is set up here gives a product that already runs other tokens.
        try:
            check_port("127.0.0.1", port)
        except CannotStartError as reason:
            raise CommandError(str(reason)) from None

    def _demo(self) -> None:
        self._step("Demoschool laden")
        demo = load_demo_school()
        if not has_document(demo.team):
            self._step("Demoplan maken")
            tell_on_own_stage(demo, line=lambda _line: None, progress=lambda _percent: None)
        self._accounts(demo)

    def _accounts(self, demo: DemoSchool) -> None:
        self.stdout.write("")
        self.stdout.write(f"Demoschool {demo.school.name}: aanmelden met wachtwoord {PASSWORD}")
        for account in demo.accounts:
            self.stdout.write(f"  {account.role:<13} {account.email:<26} token {account.token}")
        self.stdout.write("")
        sys.stdout.flush()

    def _step(self, title: str) -> None:
        self.stdout.write(f"{title} …")
        self.stdout.flush()
