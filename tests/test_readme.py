"""The README tells the truth: its five steps with curl end in a scholingsplan."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from routekaart.api.root import api

ROOT = Path(__file__).resolve().parent.parent
TOKENS = """
import django
django.setup()
from routekaart.access import Role
from routekaart.demo.school import load_demo_school
demo = load_demo_school()
roles = (Role.TEAM_LEAD, Role.TRAINER, Role.DIRECTOR)
print(*[demo.account(role).token for role in roles])
"""


def curl_chapter() -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return readme.split("<!-- curl:", 1)[1].split("\n## ", 1)[0]


def curl_blocks(chapter: str) -> list[str]:
    """The shell blocks of a chapter on curl, without the indent of their list."""
    blocks = re.findall(r"^( *)```sh\n(.*?)^ *```$", chapter, flags=re.MULTILINE | re.DOTALL)
    return [
        "\n".join(line.removeprefix(indent) for line in block.splitlines())
        for indent, block in blocks
    ]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A stranger's environment with a folder of its own, on the embedded default."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "ROUTEKAART_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "routekaart.settings",
    }


@pytest.fixture
def tokens(environment: dict[str, str]) -> tuple[str, str, str]:
    """The tokens of the demo's team lead, trainer and director, in a prepared product."""
    run = [sys.executable, "manage.py", "prepare"]
    subprocess.run(run, cwd=ROOT, env=environment, check=True, capture_output=True)
    printed = subprocess.run(
        [sys.executable, "-c", TOKENS],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    lead, trainer, director = printed.split()
    return lead, trainer, director


@pytest.fixture
def address(environment: dict[str, str], tokens: tuple[str, str, str]) -> Iterator[str]:
    """A running product; the tokens are made first, so that its tables are there."""
    assert all(tokens)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)], cwd=ROOT, env=environment
    )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/api/v1/interventions?limit=1", timeout=5):
                    break
            except (URLError, OSError):
                assert time.monotonic() < deadline, "the server did not start"
                assert process.poll() is None, "the server stopped"
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.skipif(
    shutil.which("curl") is None and not os.environ.get("CI"), reason="curl is not on this machine"
)
def test_the_five_steps_end_in_a_scholingsplan(
    address: str, tokens: tuple[str, str, str], environment: dict[str, str], tmp_path: Path
) -> None:
    lead, trainer, director = tokens

    def run(chapter: str, **more: str) -> str:
        script = "\n".join(curl_blocks(chapter)).replace("127.0.0.1:8000", address)
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=tmp_path,
            env=environment | more,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (result.returncode, result.stderr) == (0, "")
        return result.stdout

    printed = run(curl_chapter(), LEAD_TOKEN=lead, TRAINER_TOKEN=trainer)
    assert (tmp_path / "scholingsplan.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "Wij leren feedback geven waar leerlingen mee verder kunnen." in printed
    # The same running product tells the truth about keys, versions and repeats.
    how_to = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    _, first, again, renamed, refused, unchanged = run(how_to, TOKEN=director).splitlines()
    assert first == again
    assert (renamed, refused, unchanged) == ("Team A", "version_changed", "304")


def test_every_setting_of_the_table_is_read_by_the_settings() -> None:
    manual = (ROOT / "docs" / "production.md").read_text(encoding="utf-8")
    table = manual.split("## Instellingen", 1)[1].split("\n## ", 1)[0]
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", table, flags=re.MULTILINE))
    files = ("settings.py", "env.py", "sign_in_providers.py")
    settings = "".join((ROOT / "routekaart" / name).read_text(encoding="utf-8") for name in files)
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    assert len(read) > 25
    # Those of one provider stand in a table of their own, which begins with its prefix.
    assert {name for name in documented if not re.match("OIDC_[A-Z]+_", name)} == read


def test_every_address_of_the_tables_is_one_of_the_api() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    chapter = readme.split("Verder kijken met hetzelfde plan", 1)[1].split("\n## ", 1)[0]
    cells = [line.rsplit(" | ", 1)[1] for line in chapter.splitlines() if line.startswith("| ")]
    named = [one for cell in cells for one in re.findall(r"[/…]/?([a-z][^`,]*[a-z}])`", cell)]
    document: Any = api.get_openapi_schema()
    known = {re.sub(r"\{\w+\}", "{id}", path) for path in document["paths"]}
    assert len(named) > 30
    assert [one for one in named if not any(path.endswith(f"/{one}") for path in known)] == []
