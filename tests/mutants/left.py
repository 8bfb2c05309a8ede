"""Runs other tests for what the matrices did not notice: `pytest -p tests.mutants.left …`.

Each test runs once as it is, which tells what switches it comes by, and then again for each of
those that was not caught yet. Whatever fails has noticed.
"""

from collections import Counter

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants import switch
from tests.mutants.report import Report

# Of each switch at most so many tests that come by it.
MOST = 12


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of running each test once."""
    report, tried = Report(), Counter[str]()
    items = session.items
    for item in items:
        beside = next((one for one in items if one is not item), None)
        switch.touched.clear()
        if _fails(item, beside):
            continue
        for key in sorted(switch.touched - report.caught()):
            if tried[key] >= MOST:
                continue
            tried[key] += 1
            switch.active = key
            try:
                noticed = _fails(item, beside)
            finally:
                switch.active = ""
            if noticed:
                report.add(key, item.nodeid)
    return True


def _fails(item: pytest.Item, beside: pytest.Item | None) -> bool:
    # A fresh start for the fixtures of this test; pytest makes them once per test otherwise.
    if hasattr(item, "_initrequest"):
        item._initrequest()
    return any(one.failed for one in runtestprotocol(item, log=False, nextitem=beside))
