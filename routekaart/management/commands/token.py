"""Bearer tokens of people, from the server's own command line: issue, list, revoke."""

import argparse
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from routekaart.access import access_of
from routekaart.actions.organisation.tokens import issue_token, revoke_token
from routekaart.models import ApiToken, Person, School
from routekaart.queries.organisation.tokens import tokens_of


class Command(BaseCommand):
    help = (
        "Geef een medewerker een toegangssleutel voor de API, bekijk de sleutels of trek er een in."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        issue = steps.add_parser("issue", help="Geef een nieuwe sleutel; die zie je maar één keer.")
        issue.add_argument("email", help="E-mailadres van de medewerker.")
        issue.add_argument("--name", required=True, help="Waar de sleutel voor is.")
        issue.add_argument(
            "--school",
            action="append",
            default=[],
            help="BRIN plus vestiging; alleen voor deze school. Mag vaker. Zonder: alle scholen.",
        )
        issue.add_argument(
            "--read-school",
            action="append",
            default=[],
            help="Hetzelfde, maar bij deze school mag de sleutel alleen lezen.",
        )
        issue.add_argument(
            "--read-only", action="store_true", help="De sleutel mag overal alleen lezen."
        )
        listed = steps.add_parser("list", help="Toon de sleutels van een medewerker.")
        listed.add_argument("email", help="E-mailadres van de medewerker.")
        revoke = steps.add_parser("revoke", help="Trek een sleutel in, voorgoed.")
        revoke.add_argument("token", type=UUID, help="Het nummer van de sleutel, zie 'list'.")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["step"] == "revoke":
            self._revoke(options["token"])
            return
        person = Person.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError(f"Er is geen medewerker met e-mailadres {options['email']}.")
        if options["step"] == "issue":
            _, plain = issue_token(
                person,
                options["name"],
                self._schools(person, options["school"]),
                reading=self._schools(person, options["read_school"]),
                may_write=not options["read_only"],
            )
            self.stdout.write(f"Toegangssleutel, dit is de enige keer: {plain}")
        else:
            self._list(person)

    def _schools(self, person: Person, brins: list[str]) -> list[School]:
        by = access_of(person)
        schools = []
        with by.entered():
            for brin in brins:
                school = School.objects.filter(brin=brin.strip().upper()).first()
                if school is None:
                    raise CommandError(f"{person.name} heeft geen rol bij school {brin}.")
                schools.append(school)
        return schools

    def _list(self, person: Person) -> None:
        tokens = tokens_of(person)
        if not tokens:
            self.stdout.write(f"{person.name} heeft geen toegangssleutels.")
        for token in tokens:
            right = "" if token.may_write else "alleen lezen, "
            self.stdout.write(f"{token.pk}  {token.name}  ({right}{_state(token)})")

    def _revoke(self, token_id: UUID) -> None:
        token = ApiToken.objects.filter(pk=token_id).first()
        if token is None:
            raise CommandError("Er is geen sleutel met dit nummer.")
        revoke_token(token)
        self.stdout.write(f"De sleutel '{token.name}' is ingetrokken.")


def _state(token: ApiToken) -> str:
    if token.revoked_at is not None:
        return f"ingetrokken op {localtime(token.revoked_at):%d-%m-%Y}"
    if token.last_used_at is None:
        return "nog niet gebruikt"
    return f"laatst gebruikt op {localtime(token.last_used_at):%d-%m-%Y}"
