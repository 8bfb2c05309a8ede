"""What a list of people is compared with: the teams and people of a school as they are now."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from courses.catalogue import current_catalogue
from routekaart.access import Access, Permission
from routekaart.domain.people import Leave
from routekaart.domain.people_import import (
    MOST_PEOPLE,
    Header,
    Known,
    Names,
    ReadRow,
    TeamRef,
    find_header,
    read_rows,
    template,
)
from routekaart.domain.people_import import School as SchoolNow
from routekaart.domain.people_import.cells import ROLE_WORDS, FunctionNames
from routekaart.formats.tables import csv_bytes, read_table
from routekaart.models import Employment, RoleGrant, School, Team, TeamMembership
from routekaart.queries.organisation.names import email_at


def people_template(*, by: Access, school_id: UUID) -> bytes:
    """A CSV file to fill in: the headings, and one example that is skipped when it is read."""
    school = by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        team = Team.objects.filter(school=school).values_list("name", flat=True).first()
    return csv_bytes(template(school=school.brin, team=team or ""))


def read_people(*, school: School, data: bytes) -> tuple[Header, tuple[ReadRow, ...]]:
    """What a file says, in the words of a school. Call inside its scope.

    Raises `BadInput` as `read_table` and `find_header` do.
    """
    # One more for the headings.
    rows = read_table(data, most_rows=MOST_PEOPLE + 1)
    header = find_header(rows)
    names = Names(
        school=school.brin,
        teams=tuple(Team.objects.filter(school=school).values_list("name", flat=True)),
        functions=FunctionNames(current_catalogue().functions),
    )
    return header, read_rows(rows, header, names)


def school_now(*, school: School) -> SchoolNow:
    """The people whom a school knows: who work there, have a role there or are in a team.

    Nobody else: who works elsewhere is as new as anybody. Call inside the scope of the school.
    """
    teams = Team.objects.filter(school=school).values_list("pk", "name")
    return SchoolNow(
        teams=tuple(TeamRef(pk, name) for pk, name in teams),
        functions={function.slug: function.title for function in current_catalogue().functions},
        people=_people(school),
    )


def _people(school: School) -> Mapping[str, Known]:
    # In a list stands the address by which the school knows somebody.
    address = email_at(school.pk, person="person")
    roles: defaultdict[str, set[str]] = defaultdict(set)
    granted = RoleGrant.objects.filter(school=school, role__in=ROLE_WORDS)
    for email, role in granted.annotate(address=address).values_list("address", "role"):
        roles[email].add(role)
    since: defaultdict[str, dict[UUID, date]] = defaultdict(dict)
    joined = TeamMembership.objects.filter(team__school=school).annotate(address=address)
    for email, team, day in joined.values_list("address", "team_id", "joined_on"):
        since[email][team] = day
    found = {
        email: Known(None, roles=frozenset(roles[email]), teams=since[email])
        for email in {*roles, *since}
    }
    rows = Employment.objects.filter(school=school).select_related("person")
    for row in rows.prefetch_related("leaves"):
        email = row.shown_email
        found[email] = Known(
            row.pk,
            roles=frozenset(roles[email]),
            functions=tuple(row.functions),
            fte=row.fte,
            days=tuple(row.working_days),
            leave=tuple(Leave(each.first_day, each.last_day) for each in row.leaves.all()),
            teams=since[email],
        )
    return found
