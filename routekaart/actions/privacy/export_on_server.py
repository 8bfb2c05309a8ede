"""The data of somebody who can no longer ask for them, from the server's own command line."""

from django.db import transaction
from django_scopes import scopes_disabled

from routekaart.actions.audit import record_without_person
from routekaart.domain.content.person_data import PersonData
from routekaart.queries.privacy.on_server import person_called
from routekaart.queries.privacy.person_data import data_of_person
from routekaart.queries.privacy.rows import schools_of_person


@transaction.atomic
def export_person_on_server(*, email: str) -> PersonData:
    """All that is kept of an account; each school that keeps something of it reads so in its log.

    There is no `by`: only a command on the server calls this, and whoever runs it made sure who
    asks. Raises `BadInput` (`unknown_person`) when there is no account with this address.
    """
    person = person_called(email)
    # Before it is written down that it was asked.
    data = data_of_person(person)
    with scopes_disabled():
        for school in sorted(schools_of_person(person.pk), key=str):
            record_without_person(school=school, action="export_person_on_server", subject=person)
    return data
