"""docs/security.md names tests that are there, for all ten of OWASP's list."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
CHAPTERS = re.split(r"^### (API\d+) ", TEXT.split("## What is not there")[0], flags=re.MULTILINE)
# Libraries that ask an address elsewhere, and who may import them.
ASKING = {"requests", "urllib.request", "http.client", "httpx", "smtplib", "socket", "aiohttp"}
MAY_ASK = {
    "routekaart/demo/client.py": "the demo plays a client of the API itself",
    "routekaart/demo/stage.py": "the demo waits for its own server",
    "routekaart/management/commands/serve.py": "looks whether its port is free",
    "routekaart/web/accounts.py": "names what a mail server may answer",
    "routekaart/web/provider_answers.py": "asks a sign-in provider, within a time and up to a size",
    "routekaart/web/views/account/provider.py": "names how a sign-in provider may be away",
    "worker/signs.py": "the name of this machine",
    "worker/mail.py": "names what a mail server may answer",
}


def named(text: str) -> set[str]:
    return set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)*)`", text))


def test_all_ten_are_there_each_with_a_test() -> None:
    assert CHAPTERS[1::2] == [f"API{number}" for number in range(1, 11)]
    assert all(named(chapter) for chapter in CHAPTERS[2::2])


@pytest.mark.parametrize("name", sorted(named(TEXT)))
def test_every_test_that_is_named_is_there(name: str) -> None:
    path, *inside = name.split("::")
    found: list[ast.stmt] = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    for one in inside:
        [match] = [node for node in found if getattr(node, "name", "") == one]
        found = getattr(match, "body", [])
    assert found


def test_only_sign_in_and_mail_open_connections() -> None:
    """No request makes the product ask an address: django-allauth asks the provider of settings."""
    asking = {
        path.relative_to(ROOT).as_posix()
        for room in ("courses", "routekaart", "worker")
        for path in (ROOT / room).rglob("*.py")
        if _imports(path) & ASKING
    }
    assert asking == set(MAY_ASK)


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{one.name}" for one in node.names}
    return found
