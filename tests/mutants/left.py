"""Runs other tests for what the matrices did not notice: `pytest -p tests.mutants.left …`.

Each test runs once as it is, which tells what switches it comes by. Then each switch that was not
caught yet is turned, and the tests that come by it run again, those about it first. Whatever
fails has noticed.

With two switches over (a net, and what was come by while it was open) it is asked whether one
stands behind the other: a test that notices neither of them alone, and both together.
"""

import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants import switch
from tests.mutants.expected import EXPECTED
from tests.mutants.report import Report

# Of each switch at most so many tests that come by it, beside all of its own module.
MOST = 24
# Of each net and what was in it the same.
MOST_OF_PAIRS = 3


@dataclass(frozen=True)
class Run:
    """What a test came by, and the seconds that it took."""

    item: pytest.Item
    touched: frozenset[str]
    within: frozenset[tuple[str, str]]
    seconds: float


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of running each test once."""
    report = Report()
    runs = [run for item in session.items if (run := _as_it_is(item))]
    print(f"{len(runs)} of {len(session.items)} tests pass", flush=True)
    silent = _alone(report, runs)
    _pairs(report, runs, silent)
    return True


def _as_it_is(item: pytest.Item) -> Run | None:
    switch.touched.clear()
    switch.within.clear()
    began = time.monotonic()
    if fails(item):
        print(f"FAILS WITHOUT ANY SWITCH {item.nodeid}", flush=True)
        return None
    took = time.monotonic() - began
    return Run(item, frozenset(switch.touched), frozenset(switch.within), took)


def _alone(report: Report, runs: Sequence[Run]) -> set[tuple[str, str]]:
    """Turns each switch; gives the tests that did not notice, with the switch."""
    silent: set[tuple[str, str]] = set()
    left = {key for run in runs for key in run.touched} - report.caught()
    # Of these it is known why no single test notices.
    left -= report.second() | EXPECTED.keys()
    for key in sorted(left):
        for run in _best(key, [run for run in runs if key in run.touched], MOST):
            if fails(run.item, {key}):
                report.add(key, run.item.nodeid)
                break
            silent.add((key, run.item.nodeid))
    return silent


def _pairs(report: Report, runs: Sequence[Run], silent: set[tuple[str, str]]) -> None:
    """Turns a net that nobody noticed together with what is in it, and the other way round."""
    of: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for run in runs:
        for pair in run.within:
            of[pair].append(run)
    for pair, those in sorted(of.items(), key=lambda one: one[0]):
        if set(pair) <= report.caught() | report.second():
            continue
        for run in _best(pair[1], those, MOST_OF_PAIRS):
            node = run.item.nodeid
            # Neither alone, or the other one tells nothing about this one.
            if any((key, node) not in silent and fails(run.item, {key}) for key in pair):
                continue
            if fails(run.item, set(pair)):
                for key, other in (pair, pair[::-1]):
                    if key not in report.caught():
                        report.add(key, node, behind=other)
                break


def _best(key: str, runs: Sequence[Run], most: int) -> list[Run]:
    """All of the module's own tests, and `most` others: those whose path has most words of the
    module's; of these, who come by little, and soon."""
    own = _own_tests(key)
    about = _words(key.replace("::", "/"))
    order = sorted(
        runs,
        key=lambda run: (-len(about & _words(run.item.nodeid)), len(run.touched), run.seconds),
    )
    of_module = [run for run in order if run.item.nodeid.startswith(own)]
    return of_module + [run for run in order if run not in of_module][:most]


def _own_tests(key: str) -> str:
    """The tests of `routekaart/web/throttle.py` are in `tests/routekaart/web/test_throttle.py`, and
    those of the views beside them."""
    module = PurePosixPath(key.split("::", maxsplit=1)[0].replace("web/views/", "web/"))
    return f"tests/{module.parent}/test_{module.name}::"


def _words(path: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", path.lower()))


def fails(item: pytest.Item, over: set[str] | frozenset[str] = frozenset()) -> bool:
    """Whether the test fails with these switches over."""
    # Tests come in any order and more than once: away with the module of the one before, and a
    # fresh start for the fixtures of this one.
    item.session._setupstate.teardown_exact(item)
    if hasattr(item, "_initrequest"):
        item._initrequest()
    switch.active = frozenset(over)
    try:
        # Up to its module and no further: what the session made stays. A node is enough for that,
        # though pytest says that it takes an item.
        reports = runtestprotocol(item, log=False, nextitem=item.parent)  # type: ignore[arg-type]
    finally:
        switch.active = frozenset()
    return any(one.failed for one in reports)
