"""Reading in the people of a school from a file: first what it would do, then all of it at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from routekaart.access import Access, Permission, Role
from routekaart.actions.audit import record
from routekaart.actions.organisation.accounts import held_accounts
from routekaart.actions.organisation.people import (
    Away,
    add_employment,
    add_membership,
    change_employment,
)
from routekaart.actions.organisation.school_lock import lock_school
from routekaart.domain.errors import Conflict
from routekaart.domain.people import FULL_WEEK
from routekaart.domain.people_import import (
    Column,
    Outcome,
    PersonRow,
    Todo,
    compare,
    sign_of,
)
from routekaart.models import Employment, School, TeamMembership
from routekaart.queries.organisation.people_import import read_people, school_now


@dataclass(frozen=True, slots=True)
class PeopleImport:
    """What a file comes to, row by row. `stored`: whether that is how it is now.

    `ignored` are the columns that are not read. Nothing is stored as long as a row is wrong.
    """

    rows: tuple[PersonRow, ...]
    ignored: tuple[str, ...]
    stored: bool

    def count(self, outcome: Outcome) -> int:
        """How many rows come to this."""
        return Counter(row.outcome for row in self.rows)[outcome]

    @property
    def sign(self) -> str:
        """Stands for what this shows; hand it in when it is to be done. See `import_people`."""
        return sign_of(self.rows)

    @property
    def is_right(self) -> bool:
        """Whether it may be read in: no row is wrong."""
        return not self.count(Outcome.WRONG)


def import_people(
    *,
    by: Access,
    school_id: UUID,
    data: bytes,
    today: date,
    dry_run: bool,
    shown: str | None = None,
) -> PeopleImport:
    """Adds and changes the people of a CSV or XLSX file, all of them or nobody.

    With `dry_run`, or when a row is wrong, nothing is stored. A second run changes nothing. Nobody
    is taken away, and no role, team or leave either; names of who is known stay.

    `shown` is the `sign` of the look beforehand: where it would come to something else by now, it
    raises `Conflict` (`list_changed`) and stores nothing. So it does, with the row, for somebody
    who cannot be added (`already_employed`, `invited_too_often`): the look does not tell that, for
    the school may not know why. Raises `BadInput` on `file` for what is no list of people:
    `too_large`, `too_many_rows`, `too_many_merged`, `cell_too_long`, `old_excel`,
    `unreadable_table`, `columns_missing`, `column_twice`, `bsn_column`.
    """
    school = by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        if dry_run:
            return _compared(school, data, today)
        with transaction.atomic():
            # Two who read in at once, or somebody who is added by hand meanwhile, wait here.
            lock_school(school_id)
            found = _compared(school, data, today)
            if not found.is_right:
                return found
            todo = [row for row in found.rows if row.todo is not None]
            if todo and shown not in {None, found.sign}:
                raise Conflict(
                    "Er is iets veranderd sinds je de lijst bekeek. Controleer haar opnieuw en "
                    "voer haar dan in.",
                    code="list_changed",
                )
            if todo:
                _store(by, school, todo)
                record(by=by, school=school_id, action="import_people", subject=school)
            return PeopleImport(found.rows, found.ignored, stored=True)


def _compared(school: School, data: bytes, today: date) -> PeopleImport:
    header, rows = read_people(school=school, data=data)
    now = school_now(school=school)
    title = header.title(Column.NAME)
    return PeopleImport(
        tuple(compare(row, now, today=today, name_title=title) for row in rows),
        header.ignored,
        stored=False,
    )


def _store(by: Access, school: School, rows: Sequence[PersonRow]) -> None:
    # In one order: another school may take in the same people at this moment.
    accounts = held_accounts().filter(email__in=[row.email.lower() for row in rows])
    list(accounts.order_by("pk").values_list("pk"))
    for row in rows:
        if row.todo is not None:
            if row.todo.employment is None:
                try:
                    person = _add(by, school, row, row.todo)
                except Conflict as refused:
                    raise Conflict(
                        f"Regel {row.line} ({row.email}): {refused.message}", code=refused.code
                    ) from refused
            else:
                person = _change(by, row.todo.employment, row.todo)
            _into_teams(by, school, person, row.todo)


def _add(by: Access, school: School, row: PersonRow, todo: Todo) -> UUID:
    employment = add_employment(
        by=by,
        school_id=school.pk,
        email=row.email,
        name=row.name,
        roles=_roles(todo) or (),
        functions=list(todo.functions or ()),
        fte=Decimal(1) if todo.fte is None else todo.fte,
        working_days=list(todo.days or FULL_WEEK),
        weekly_study_minutes=None,
        leave=_leave(todo) or (),
    )
    return employment.person_id


def _change(by: Access, employment_id: UUID, todo: Todo) -> UUID:
    changes: dict[str, Any] = {}
    if todo.functions is not None:
        changes["functions"] = list(todo.functions)
    if todo.fte is not None:
        changes["fte"] = todo.fte
    if todo.days is not None:
        changes["working_days"] = list(todo.days)
    roles, leave = _roles(todo), _leave(todo)
    if changes or roles is not None or leave is not None:
        change_employment(
            by=by, employment_id=employment_id, changes=changes, roles=roles, leave=leave
        )
    return Employment.objects.values_list("person_id", flat=True).get(pk=employment_id)


def _into_teams(by: Access, school: School, person: UUID, todo: Todo) -> None:
    for team, day in todo.joins:
        add_membership(by=by, team_id=team, person_id=person, joined_on=day)
    for team, day in todo.since:
        membership = TeamMembership.objects.select_for_update(no_key=True).get(
            team=team, person=person
        )
        membership.joined_on = day
        membership.save(update_fields=["joined_on"])
        record(by=by, school=school.pk, action="change_membership", subject=membership)


def _roles(todo: Todo) -> list[Role] | None:
    return None if todo.roles is None else [Role(role) for role in todo.roles]


def _leave(todo: Todo) -> list[Away] | None:
    return None if todo.leave is None else [Away(each.first, each.last) for each in todo.leave]
