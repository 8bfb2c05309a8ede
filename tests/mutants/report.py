"""What was caught so far, in a file that several processes add to."""

import json
import os
from pathlib import Path

PLACE = Path(os.environ.get("ROUTEKAART_MUTANTS", "var/mutants.jsonl"))


class Report:
    """Lines of `{"key", "by"}`: the switch, and the question or test that noticed."""

    def __init__(self, place: Path = PLACE) -> None:
        self.place = place
        self._read = 0
        self._caught: set[str] = set()

    def caught(self) -> set[str]:
        """The switches that something noticed, also in another process."""
        if self.place.exists() and self.place.stat().st_size > self._read:
            text = self.place.read_text(encoding="utf-8")
            self._read = len(text.encode())
            self._caught |= {json.loads(line)["key"] for line in text.splitlines()}
        return self._caught

    def add(self, key: str, by: str) -> None:
        """One line, written at once."""
        self.place.parent.mkdir(parents=True, exist_ok=True)
        with self.place.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"key": key, "by": by}) + "\n")
