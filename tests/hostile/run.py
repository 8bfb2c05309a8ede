"""Reads hostile lists, each in a process of its own, and tells what came of it and what it took.

`python -m tests.hostile.run sample` (or `all`): a JSON line per file. The process that is forked
holds the code that reads and nothing else: what makes a bomb takes memory elsewhere.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from courses.entities import Function
from routekaart.domain.errors import BadInput
from routekaart.domain.people_import import (
    MOST_PEOPLE,
    Known,
    Names,
    Outcome,
    School,
    TeamRef,
    compare,
    find_header,
    read_rows,
)
from routekaart.domain.people_import.cells import FunctionNames
from routekaart.domain.people_import.headings import Column
from routekaart.formats.tables import MOST_BYTES, read_table

MOST_MEMORY = 200_000_000
# Beyond this nothing is waited for; what is allowed is for who asks.
_MOST_SECONDS = 20
_TEAM = TeamRef(UUID(int=1), "Onderbouw")
_FUNCTIONS = FunctionNames([Function("leerkracht", "Leerkracht", "Leerkrachten")])
_NAMES = Names(school="16SW00", teams=(_TEAM.name,), functions=_FUNCTIONS)
_SCHOOL = School(
    teams=(_TEAM,), functions={"leerkracht": "Leerkracht"}, people={"ada@x.nl": Known(UUID(int=2))}
)


def outcome(file: Path) -> str:
    """What a page would show: `right`, `wrong`, or the code of a refusal."""
    try:
        with file.open("rb") as opened:
            # As much as the page reads.
            table = read_table(opened.read(MOST_BYTES + 1), most_rows=MOST_PEOPLE + 1)
        header = find_header(table)
        rows = [
            compare(row, _SCHOOL, today=date(2026, 9, 1), name_title=header.title(Column.NAME))
            for row in read_rows(table, header, _NAMES)
        ]
    except BadInput as refused:
        says_what_to_do = refused.field == "file" and refused.message.endswith(".")
        return refused.code if says_what_to_do else f"says nothing: {refused!r}"
    problems = [problem for row in rows for problem in row.problems]
    assert all(problem.line and problem.column and problem.message for problem in problems)
    # What cannot be shown or stored never gets this far.
    shown = json.dumps([header.ignored, repr(rows)], ensure_ascii=False).encode()
    assert b"\0" not in shown
    return "wrong" if any(row.outcome is Outcome.WRONG for row in rows) else "right"


def _in_child(work: Callable[[int], None]) -> int:
    """Runs `work` with the end of a pipe in a process of its own; gives the other end."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        try:
            work(writes)
        finally:
            os._exit(0)
    os.close(writes)
    return reads


def _said(reads: int) -> str:
    with os.fdopen(reads, encoding="utf-8") as pipe:
        said = pipe.read()
    os.wait()
    return said


def _measure(file: Path) -> dict[str, Any]:
    def work(writes: int) -> None:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        room = pages * resource.getpagesize() + MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            found = outcome(file)
        except BaseException as crash:  # noqa: BLE001 - told to who asks
            found = f"crash {crash!r}"[:300]
        measured = {
            "outcome": found,
            "seconds": round(time.perf_counter() - wall, 3),
            "cpu": round(time.process_time() - cpu, 3),
            "megabytes": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1000,
        }
        os.write(writes, json.dumps(measured).encode())

    said = _said(_in_child(work))
    found: dict[str, Any] = json.loads(said) if said else {"outcome": "killed"}
    return found


def _made(seed: int, *, every: bool, folder: Path) -> list[tuple[str, list[str], int]]:
    """Writes the files elsewhere; gives their names, outcomes and sizes."""

    def work(writes: int) -> None:
        from tests.hostile.corpus import corpus, sample  # noqa: PLC0415 - only where it may take memory

        chosen = corpus(seed) if every else sample(seed)
        listed = []
        for number, one in enumerate(chosen):
            data = one.made()
            (folder / str(number)).write_bytes(data[: MOST_BYTES + 1])
            listed.append((str(one), sorted(one.outcomes), len(data)))
        with os.fdopen(writes, "w", encoding="utf-8", closefd=False) as pipe:
            json.dump(listed, pipe)

    found: list[tuple[str, list[str], int]] = json.loads(_said(_in_child(work)))
    return found


def main(which: str, seed: int) -> None:
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        folder = Path(name)
        for number, (title, outcomes, size) in enumerate(
            _made(seed, every=which == "all", folder=folder)
        ):
            told = {"file": title, "allowed": outcomes, "bytes": size}
            print(json.dumps(told | _measure(folder / str(number))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
