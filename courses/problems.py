"""What is wrong in the data files, in plain Dutch for the people who edit them."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from courses import schema
from courses.toml_lines import KeyPath

_KNOWN_KEYS = sorted(
    {
        name
        for shape in vars(schema).values()
        if isinstance(shape, type) and issubclass(shape, BaseModel)
        for name in shape.model_fields
    }
)

# pydantic's error types → what to do. `{…}` is filled from the error's own context.
_SENTENCES: Mapping[str, str] = {
    "missing": "'{key}' ontbreekt; vul deze sleutel in.",
    "string_type": "'{key}' moet tekst zijn, tussen aanhalingstekens.",
    "string_too_short": "'{key}' is leeg; vul een tekst in of haal de regel weg.",
    "string_too_long": "'{key}' is te lang: hooguit {max_length} tekens.",
    "string_pattern_mismatch": (
        "{value} mag hier niet; gebruik alleen kleine letters, cijfers en losse streepjes."
    ),
    "int_type": "'{key}' moet een heel getal zijn, zonder aanhalingstekens.",
    "int_from_float": "'{key}' moet een heel getal zijn, zonder komma.",
    "float_type": "'{key}' moet een getal zijn, zonder aanhalingstekens.",
    "finite_number": "'{key}' moet een gewoon getal zijn.",
    "bool_type": "'{key}' moet true of false zijn, zonder aanhalingstekens.",
    "list_type": "'{key}' moet een lijst zijn, tussen [ en ].",
    "dict_type": "'{key}' moet een groep sleutels zijn, tussen {{ en }}.",
    "model_type": "'{key}' moet een groep sleutels zijn, tussen {{ en }}.",
    "date_type": "'{key}' moet een datum zijn, zoals 2022-03-20, zonder aanhalingstekens.",
    "literal_error": "{value} kan hier niet; kies uit {expected}.",
    "greater_than_equal": "'{key}' is te klein: minstens {ge}.",
    "less_than_equal": "'{key}' is te groot: hooguit {le}.",
    "too_short": "'{key}' is een lege lijst; zet er minstens één ding in.",
    "value_error": "{error}.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: in which file, at which key (lists count from 1), on which line, what to do."""

    file: str
    message: str
    key: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = [self.file]
        if self.line is not None:
            place.append(f"regel {self.line}")
        if self.key:
            place.append(self.key)
        return f"{', '.join(place)}: {self.message}"


class CatalogueError(Exception):
    """The catalogue cannot be read or loaded. `problems` holds every mistake found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def key_text(path: KeyPath) -> str:
    """A path as people read it: `offer[2].courses[1].course`, lists counted from 1."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A clause that proposes the closest known name, or nothing."""
    close = difflib.get_close_matches(wrong, list(known), n=1)
    return f" Bedoel je '{close[0]}'?" if close else ""


def place_of(error: ErrorDetails, data: Any) -> KeyPath:
    """Where in the file an error of pydantic stands, without pydantic's own marks for unions."""
    path: KeyPath = ()
    here = data
    for part in error["loc"]:
        inside = (isinstance(here, dict) and part in here) or (
            isinstance(here, list) and isinstance(part, int) and part < len(here)
        )
        if not inside:
            break
        here = here[part]
        path = (*path, part)
    if error["type"] == "missing":
        path = (*path, error["loc"][-1])
    return path


def sentence_of(error: ErrorDetails, path: KeyPath) -> str:
    """What is wrong and what to do, for one error of pydantic."""
    names = [part for part in path if isinstance(part, str)]
    key = names[-1] if names else "dit bestand"
    if error["type"] == "extra_forbidden":
        return (
            f"onbekende sleutel '{key}'; verbeter de spelling of haal de regel weg."
            f"{did_you_mean(key, _KNOWN_KEYS)}"
        )
    limits = {
        name: int(limit) if isinstance(limit, float) and limit.is_integer() else limit
        for name, limit in error.get("ctx", {}).items()
    }
    context = {**limits, "key": key, "value": _shown(error["input"])}
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace(" or ", " of ")
    sentence = _SENTENCES.get(error["type"], "de waarde {value} past hier niet.")
    return sentence.format(**context)


def _shown(value: object) -> str:
    text = str(value)
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"
