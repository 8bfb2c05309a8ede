"""All that is known of one person, table by table, for the export.

Exactly what the table of personal data says: nothing is chosen here. Secrets are left out, and
what the product wrote with the names of others in it, unless the row is of this person alone.
"""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.timezone import localtime
from django_scopes import scopes_disabled

from courses.dutch import dutch_date
from courses.models import Course, Package
from routekaart.access import Access, NotFound, Permission
from routekaart.domain.content.person_data import (
    PersonData,
    PersonRow,
    PersonTable,
    PersonValue,
)
from routekaart.domain.history_words import WORDS
from routekaart.domain.personal_data import TABLES, Column, Rows, Table
from routekaart.domain.personal_data.labels import label_of
from routekaart.models import (
    AuditEntry,
    Board,
    Employment,
    Job,
    Person,
    Routekaart,
    School,
    StudyDay,
    Team,
)
from routekaart.models.jobs import JobKind
from routekaart.queries.privacy.rows import model_of, rows_with

_SHOWN = 5
# References to these are shown by what they are called.
_HAVE_A_NAME = (School, Board, Team, Course, Package, Routekaart, StudyDay)


def whose_data(*, by: Access, person_id: UUID) -> UUID:
    """The same id, when `by` may have the data of that person gathered.

    One's own, or of who works where `by` manages the people. Raises `NotFound`. Asked when the job
    runs: rights may have gone since it was requested.
    """
    if person_id == by.person.pk:
        return person_id
    with by.entered():
        may = Employment.objects.filter(
            by.visible(Employment, Permission.MANAGE_PEOPLE), person=person_id
        ).exists()
    if not may:
        raise NotFound("Person")
    return person_id


def exports_of(*, by: Access) -> list[Job]:
    """The latest exports of who asks, newest first, also those that a school asked for."""
    return list(
        Job.objects.filter(kind=JobKind.PERSON_DATA, payload__person=str(by.person.pk))
        .select_related("document")
        .order_by("-requested_at")[:_SHOWN]
    )


def data_of_person(person: Person) -> PersonData:
    """What is kept of a person; who calls this checked that it may be read."""
    with scopes_disabled():
        tables = tuple(
            found for table in TABLES.values() if (found := _table(table, person.pk)).rows
        )
    return PersonData(name=person.name, tables=tables)


def _table(table: Table, person_id: UUID) -> PersonTable:
    shown = _shown_columns(table)
    rows = rows_with(table.authors, table, person_id).order_by("pk")
    rows = rows.select_related(*_named_along(table, shown))
    return PersonTable(
        name=table.model.rpartition(".")[2],
        title=table.title,
        purpose=table.purpose,
        rows=tuple(PersonRow(_values(row, shown)) for row in rows.iterator()),
    )


def _named_along(table: Table, shown: tuple[str, ...]) -> list[str]:
    """What is read with each row, because it is shown by its name."""
    related = {name: model_of(table)._meta.get_field(name).related_model for name in shown}
    return [
        f"{name}__team" if model is Routekaart else name
        for name, model in related.items()
        if model in _HAVE_A_NAME
    ]


def _shown_columns(table: Table) -> tuple[str, ...]:
    hidden = {Column.SECRET}
    if table.rows is not Rows.GO:
        hidden.add(Column.GENERATED)
    return tuple(name for name, kind in table.columns.items() if kind not in hidden)


def _values(row: Model, shown: tuple[str, ...]) -> tuple[PersonValue, ...]:
    # The id behind a reference: what it points at may be of somebody else.
    return tuple(
        PersonValue(
            name=name,
            label=label_of(type(row).__name__, name),
            value=_plain(row.serializable_value(name)),
            said=_said(row, name),
        )
        for name in shown
    )


def _said(row: Model, name: str) -> object:
    """What people read: the name of a school or course, the word of a choice, a moment here."""
    field: Any = row._meta.get_field(name)
    if field.related_model is not None:
        return _name_of(getattr(row, name)) if field.related_model in _HAVE_A_NAME else ""
    value = getattr(row, name)
    if isinstance(row, AuditEntry) and name == "action":
        return WORDS[value].text if value in WORDS else ""
    if field.choices:
        return getattr(row, f"get_{name}_display")()
    if isinstance(value, datetime):
        return localtime(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return value if isinstance(value, date | time) else _plain(value)


def _name_of(value: object) -> str:
    """What a reference is called, of those that are nobody's own."""
    match value:
        case School() | Board() | Team():
            return value.name
        case Course() | Package():
            return value.title
        case Routekaart():
            return f"{value.team.name}, {value}"
        case StudyDay():
            return dutch_date(value.date)
        case _:
            return ""


def _plain(value: object) -> object:
    """As JSON has it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value
