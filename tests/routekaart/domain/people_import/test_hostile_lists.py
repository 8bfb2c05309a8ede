"""Hostile lists of people: a report or a clear refusal, quickly and without much memory."""

import io
import json
import subprocess
import sys
from typing import Any

import openpyxl

from tests.hostile.corpus import SEED, corpus, sample
from tests.hostile.kinds import KINDS
from tests.hostile.workbook_parts import workbook
from tests.tiers import LONG

MOST_SECONDS = 5
MOST_MEGABYTES = 200


def measured(which: str) -> list[dict[str, Any]]:
    """What reading each of them came to, in a process of its own with that much memory."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.run", which, str(SEED)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_kind_of_hostile_list() -> None:
    found = measured("all" if LONG else "sample")
    assert len(found) == len(corpus() if LONG else sample())
    wrong = [
        one
        for one in found
        # Of the processor, for the machine may be busy with something else.
        if one["outcome"] not in one["allowed"]
        or one["cpu"] > MOST_SECONDS
        or one["megabytes"] > MOST_MEGABYTES
    ]
    assert wrong == []
    # A few of each tell enough, because these tell the same of the rest.
    assert {one["file"].partition("/")[0] for one in found} == set(KINDS)


def test_there_are_enough_and_the_same_ones_for_the_same_seed() -> None:
    first, second = corpus(), corpus()
    assert len(first) >= 500
    assert len({str(one) for one in first}) == len(first)
    for place in range(0, len(first), 100):
        assert first[place].made() == second[place].made()


def test_what_is_made_worse_was_right_in_the_eyes_of_another_reader() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    assert book.active["B2"].value == "Noor Nieuw"
