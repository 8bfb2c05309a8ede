"""Setting up says in one sentence what is wrong with this machine."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# The script as another machine would run it: with one thing of the interpreter changed.
CHANGED = """
import os, runpy, sys
{change}
sys.argv = ["bootstrap.py", "runtime"]
runpy.run_path(r"{script}", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            "sys.version_info = (3, 9, 18)",
            (
                "routekaart heeft Python 3.11 of nieuwer nodig; dit is 3.9. "
                "Installeer een nieuwere Python, of wijs er een aan met: make run PYTHON=python3.12"
            ),
        ),
        (
            "os.access = lambda path, mode: False",
            "In deze map kan niet worden geschreven: zet routekaart in een map van jezelf.",
        ),
    ],
)
def test_one_sentence_says_what_is_wrong(change: str, sentence: str) -> None:
    code = CHANGED.format(change=change, script=ROOT / "scripts" / "bootstrap.py")
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (1, "", sentence + "\n")


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock
        assert "--index-url" not in text, lock
        pinned = [line for line in text.splitlines() if line and line[0] not in "# "]
        assert all("==" in line for line in pinned), lock
        assert text.count("==") <= text.count("--hash=sha256:"), lock
