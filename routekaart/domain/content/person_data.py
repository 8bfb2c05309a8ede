"""The export of a person: one part to read, and one for programs with everything in it."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time

from courses.dutch import dutch_date, listed
from routekaart.domain.personal_data import PURPOSES

README = "LEES MIJ.txt"
DATA = "gegevens.json"
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@dataclass(frozen=True, slots=True)
class PersonValue:
    """One column of one row. `value` is as JSON has it; `said` what it means to people.

    `label` is empty for what only programs read. A reference is said by the name of what it points
    at; `said` is empty where that may be of somebody else.
    """

    name: str
    label: str
    value: object
    said: object


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row of a table."""

    values: tuple[PersonValue, ...]


@dataclass(frozen=True, slots=True)
class PersonTable:
    """The rows of one table that are of the person, or that the person made."""

    name: str
    title: str
    purpose: str
    rows: tuple[PersonRow, ...]


@dataclass(frozen=True, slots=True)
class PersonData:
    """All that is kept of somebody."""

    name: str
    tables: tuple[PersonTable, ...]


def readable(data: PersonData) -> str:
    """The export as a text in plain Dutch: per group why it is kept, and every value of it."""
    lines = [
        f"Gegevens van {data.name}",
        "",
        "Dit is alles wat routekaart van jou bewaart: wat over jou gaat en wat je zelf deed.",
        f"Alles staat ook in {DATA}, voor andere programma’s. Daarin staan ook de nummers en",
        "technische gegevens waar je hier niets aan hebt.",
        "Wachtwoorden en sleutels staan er niet in. Die kent routekaart zelf ook niet.",
    ]
    for purpose in PURPOSES:
        tables = [table for table in data.tables if table.purpose == purpose.key]
        if not tables:
            continue
        lines += ["", "", purpose.title.upper(), purpose.why, f"Hoe lang: {purpose.how_long}"]
        for table in tables:
            lines += ["", f"{_capital(table.title)} ({len(table.rows)})"]
            for row in table.rows:
                # Of some rows only programs can tell more than that they are there.
                if told := _row_lines(row):
                    lines += ["", *told]
    return "\n".join(lines) + "\n"


def as_json(data: PersonData) -> bytes:
    """The export for programs; the same data give the same bytes."""
    tables = {
        table.name: [{value.name: value.value for value in row.values} for row in table.rows]
        for table in data.tables
    }
    return json.dumps(
        {"format": "routekaart-person-data-1", "name": data.name, "tables": tables},
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
    ).encode()


def _row_lines(row: PersonRow) -> list[str]:
    return [
        f"  {_capital(value.label)}: {_words(value.label, value.said)}"
        for value in row.values
        if value.label and value.said not in (None, "", [], {})
    ]


def _words(label: str, value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return f"{dutch_date(value.date())}, {value:%H:%M} uur"
    if isinstance(value, date):
        return dutch_date(value)
    if isinstance(value, time):
        return f"{value:%H:%M} uur"
    if label == "schooljaar" and isinstance(value, int):
        return f"{value}-{value + 1}"
    if label == "werkdagen" and isinstance(value, list):
        return listed([WEEKDAYS[day - 1] if day in range(1, 8) else str(day) for day in value])
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return listed([str(one) for one in value])
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value).replace("\n", "\n    ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
