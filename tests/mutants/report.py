"""What was caught so far, in a file that several processes add to."""

import hashlib
import json
import os
from functools import cache
from pathlib import Path

from tests.mutants.sites import ROOT

PLACE = Path(os.environ.get("ROUTEKAART_MUTANTS", "var/mutants.jsonl"))


class Report:
    """Lines of `{"key", "by", "of"}`: the switch, the question or test that noticed, and a hash of
    the module: what was caught in one that is another by now does not count.

    With `behind` the switch alone was not noticed, and only together with that other one: each of
    the two holds when the other is not there.
    """

    def __init__(self, place: Path = PLACE) -> None:
        self.place = place
        self._read = 0
        self._caught: set[str] = set()
        self._second: set[str] = set()

    def caught(self) -> set[str]:
        """The switches that something noticed, also in another process."""
        self._read_on()
        return self._caught

    def second(self) -> set[str]:
        """Those that were noticed only together with another one."""
        self._read_on()
        return self._second - self._caught

    def _read_on(self) -> None:
        if not self.place.exists() or self.place.stat().st_size <= self._read:
            return
        text = self.place.read_text(encoding="utf-8")
        self._read = len(text.encode())
        for line in map(json.loads, text.splitlines()):
            if line["of"] == _module(line["key"]):
                (self._second if "behind" in line else self._caught).add(line["key"])

    def add(self, key: str, by: str, behind: str = "") -> None:
        """One line, written at once."""
        self.place.parent.mkdir(parents=True, exist_ok=True)
        line = {"key": key, "by": by, "of": _module(key)} | ({"behind": behind} if behind else {})
        with self.place.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(line) + "\n")


def _module(key: str) -> str:
    return _hash(ROOT / key.split("::", maxsplit=1)[0])


@cache
def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""
