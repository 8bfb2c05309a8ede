"""The script that takes away each check in turn: what it explains exists, every test is asked."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.mutants.expected import EXPECTED
from tests.mutants.report import Report
from tests.mutants.sites import sites

ROOT = Path(__file__).resolve().parents[1]
_ASKS = """
from tests.mutants import switch

def test_one():
    assert not switch.off("{key}")

def test_other():
    switch.off("{key} too")
"""
_TWO_LINES = """
from contextlib import nullcontext
from tests.mutants import switch

def test_it():
    with switch.net("net", nullcontext):
        held = switch.on("filter")
    assert held or "net" not in switch.active
"""


def test_what_is_explained_is_there() -> None:
    assert EXPECTED.keys() <= {one.key for one in sites()}


def test_what_was_caught_in_a_module_that_changed_counts_no_more(tmp_path: Path) -> None:
    place, (one, other) = tmp_path / "found.jsonl", sites()[:2]
    Report(place).add(one.key, "somebody")
    assert Report(place).caught() == {one.key}
    Report(place).add(other.key, "somebody", behind=one.key)
    lines = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
    place.write_text("".join(f"{json.dumps(line | {'of': 'before'})}\n" for line in lines))
    assert (Report(place).caught(), Report(place).second()) == (set(), set())


def test_every_test_of_every_module_is_asked(tmp_path: Path) -> None:
    """Also those after the first module, and with two switches where one alone tells nothing."""
    for name in ("a", "b"):
        (tmp_path / f"test_{name}.py").write_text(_ASKS.format(key=name))
    (tmp_path / "test_c.py").write_text(_TWO_LINES)
    found = tmp_path / "found.jsonl"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutants.left", str(tmp_path)],
        env=os.environ | {"ROUTEKAART_MUTANTS": str(found)},
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert found.exists(), ran.stdout
    lines = map(json.loads, found.read_text(encoding="utf-8").splitlines())
    assert [(line["key"], line.get("behind")) for line in lines] == [
        ("a", None),
        ("b", None),
        ("net", "filter"),
        ("filter", "net"),
    ]
