"""Reads the data files one by one into their shapes, and collects the mistakes of each file.

Mistakes do not stop the reading: whoever edits the files gets all of them in one go. What only
shows when files are laid side by side is `crosscheck.py`'s work.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from courses import schema
from courses.problems import CatalogueError, Problem, key_text, place_of, sentence_of
from courses.toml_lines import KeyPath, lines_of_keys, nearest_line

INTERVENTIONS = "interventions"
SHAPES: Mapping[str, type[schema.Shape]] = {
    "courses.toml": schema.CoursesFile,
    "frameworks.toml": schema.FrameworksFile,
    "functions.toml": schema.FunctionsFile,
    "general_offer.toml": schema.GeneralOfferFile,
    "instruments.toml": schema.InstrumentsFile,
    "packages.toml": schema.PackagesFile,
    "parameters.toml": schema.ParametersFile,
    "plg.toml": schema.PlgFile,
    "sources.toml": schema.SourcesFile,
}

_S = TypeVar("_S", bound=schema.Shape)


@dataclass(slots=True)
class DataFile:
    """One file as read. `shape` is None when the file has mistakes of its own."""

    name: str
    text: str = ""
    shape: schema.Shape | None = None
    _lines: dict[KeyPath, int] = field(default_factory=dict)

    def problem(self, message: str, *path: str | int) -> Problem:
        """A mistake at a place in this file, with its line."""
        if path and not self._lines:
            self._lines = lines_of_keys(self.text)
        return Problem(
            file=self.name,
            message=message,
            key=key_text(path),
            line=nearest_line(self._lines, path),
        )


@dataclass(slots=True)
class DataFolder:
    """All files of a folder, and the mistakes that single files hold."""

    files: dict[str, DataFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def shape(self, name: str, kind: type[_S]) -> _S | None:
        """The content of a file, or None where it is missing or has mistakes."""
        file = self.files.get(name)
        return file.shape if file is not None and isinstance(file.shape, kind) else None

    def interventions(self) -> Iterator[tuple[DataFile, schema.InterventionFile]]:
        """The intervention files without mistakes of their own, by name."""
        for _, file in sorted(self.files.items()):
            if isinstance(file.shape, schema.InterventionFile):
                yield file, file.shape


def read_folder(folder: Path) -> DataFolder:
    """Reads every TOML file under a folder; mistakes are collected, not raised."""
    if not folder.is_dir():
        raise CatalogueError(
            [Problem(str(folder), "deze map bestaat niet; geef de map met de databestanden op.")]
        )
    found = DataFolder()
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        in_interventions = name == f"{INTERVENTIONS}/{path.name}"
        shape = schema.InterventionFile if in_interventions else SHAPES.get(name)
        if shape is None:
            message = (
                "dit bestand hoort hier niet. De map kent "
                f"{', '.join(SHAPES)} en een bestand per interventie in '{INTERVENTIONS}/'."
            )
            found.problems.append(Problem(name, message))
            continue
        file = DataFile(name)
        found.files[name] = file
        found.problems.extend(_read_file(path, file, shape))
    for name in SHAPES:
        if name not in found.files:
            found.problems.append(Problem(name, "dit bestand ontbreekt; zet het terug."))
    return found


def _read_file(path: Path, file: DataFile, shape: type[schema.Shape]) -> list[Problem]:
    try:
        # Windows editors may put a byte-order mark in front, which TOML does not know.
        file.text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        return [Problem(file.name, f"kan dit bestand niet lezen ({error.strerror}).")]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "dit bestand is niet als UTF-8 bewaard; kies UTF-8 bij opslaan."
        return [Problem(file.name, message, line=line)]
    try:
        data = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        return [_syntax_problem(file, str(error))]
    except (RecursionError, ValueError):
        # Absurd nesting, or a number or date that Python cannot hold.
        return [Problem(file.name, "dit bestand bevat een waarde die niet te lezen is.")]
    problems = list(_control_characters(file, data, ()))
    try:
        file.shape = shape.model_validate(data)
    except ValidationError as error:
        problems.extend(_shape_problems(file, data, error))
    if problems:
        file.shape = None
    return problems


def _syntax_problem(file: DataFile, detail: str) -> Problem:
    what, _, place = detail.partition(" (at ")
    words = place.rstrip(")").replace(",", "").split()
    line = int(words[1]) if words[:1] == ["line"] else max(file.text.rstrip().count("\n") + 1, 1)
    twice = "overwrite" in what or "twice" in what or "Duplicate" in what
    hint = (
        "deze sleutel of kop staat er al; haal er één weg"
        if twice
        else "dit is geen geldige TOML; kijk naar aanhalingstekens, haken en komma's"
    )
    return Problem(file.name, f"{hint} (melding: {what}).", line=line)


def _shape_problems(file: DataFile, data: Any, error: ValidationError) -> Iterator[Problem]:
    seen: set[KeyPath] = set()
    for detail in error.errors():
        path = place_of(detail, data)
        if path in seen:  # A union reports once per member.
            continue
        seen.add(path)
        yield file.problem(sentence_of(detail, path), *path)


def _control_characters(file: DataFile, value: Any, path: KeyPath) -> Iterator[Problem]:
    """Invisible characters break documents, and PostgreSQL refuses some of them."""
    if isinstance(value, str):
        if any(ord(letter) < 32 and letter not in "\n\t" for letter in value) or "\x7f" in value:
            yield file.problem("deze tekst bevat een onzichtbaar stuurteken; haal het weg.", *path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _control_characters(file, item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _control_characters(file, item, (*path, index))
