"""What `manage.py check --deploy` says before a school relies on an installation."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(("mail_server", "warnings"), [("", 1), ("mail.test", 0)])
def test_mail_that_does_not_leave_is_told(mail_server: str, warnings: int, tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=ROOT,
        env=os.environ
        | {
            "ROUTEKAART_VAR": str(tmp_path),
            "ROUTEKAART_PRODUCTION": "true",
            "SECRET_KEY": "k" * 20 + "abcdefghij" * 4,
            "ALLOWED_HOSTS": "kaart.test",
            "EMAIL_HOST": mail_server,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stderr.count("(routekaart.W001) Er is geen mailserver") == warnings
    assert shown.stderr.count("WARNINGS") == warnings
    assert shown.stderr.count("Zet EMAIL_HOST op de naam van jullie mailserver.") == warnings
