"""The export of a person: one part to read, one for programs. Both say the same."""

import json
from dataclasses import dataclass

from courses.dutch import listed
from routekaart.domain.personal_data import PURPOSES

README = "LEES MIJ.txt"
DATA = "gegevens.json"


@dataclass(frozen=True, slots=True)
class PersonValue:
    """One column of one row, as JSON has it. `own`: words or figures, and no reference or date."""

    name: str
    label: str
    value: object
    own: bool


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
        f"Hetzelfde staat in {DATA}, voor andere programma’s.",
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
                lines += ["", *_row_lines(row)]
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
        f"  {_capital(value.label)}: {_words(value.value)}"
        for value in row.values
        if value.value not in (None, "", [], {})
    ]


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return listed([str(one) for one in value])
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value).replace("\n", "\n    ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
