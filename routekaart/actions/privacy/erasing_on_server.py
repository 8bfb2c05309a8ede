"""Erasing an account from the server's own command line: who left several boards, for example."""

from django.db import transaction
from django_scopes import scopes_disabled

from routekaart.actions.audit import record_without_person
from routekaart.actions.organisation.accounts import held_accounts
from routekaart.actions.privacy.account import erase_account
from routekaart.clock import now
from routekaart.domain.errors import Conflict
from routekaart.queries.privacy.on_server import person_called, places_of
from routekaart.queries.privacy.rows import schools_of_person


@transaction.atomic
def erase_person_on_server(*, email: str) -> None:
    """Erases an account everywhere, for good; each school that keeps something of it reads so.

    There is no `by`: only a command on the server calls this, and whoever runs it made sure who
    asks. Raises `BadInput` (`unknown_person`) when there is no account with this address, and
    `Conflict` (`still_in_use`) for who still has a place anywhere.
    """
    # Whoever gives this person a place meanwhile waits here.
    person = held_accounts().get(pk=person_called(email).pk)
    if places := places_of(person.pk):
        raise Conflict(
            f"Dit account hoort nog bij: {', '.join(places)}. Beëindig daar eerst het werk, "
            "de rollen en de plaatsen in teams.",
            code="still_in_use",
        )
    with scopes_disabled():
        for school in sorted(schools_of_person(person.pk), key=str):
            record_without_person(school=school, action="erase_person_on_server", subject=person)
    erase_account(person.pk, at=now())
