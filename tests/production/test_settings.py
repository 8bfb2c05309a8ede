"""Production refuses what is unsafe, and Django's own judgement of it is clean."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from routekaart.env import BadEnvironment, Environment, check_production, is_weak_secret
from tests.worker_process import ROOT

SECRET = "m9Gk2vQx7Lw4Rz8Tn1Yc6Hb3Jf5Pd0SaUeXiOq_WtKvZyNrMgLh"
GOOD = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "kaart.test", "EMAIL_HOST": "mail.test"}


def run(tmp_path: Path, *arguments: str, **values: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        "PATH": os.environ["PATH"],
        "ROUTEKAART_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "routekaart.settings",
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment | {"ROUTEKAART_PRODUCTION": "true"} | GOOD | values,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_check_for_deployment_is_clean(tmp_path: Path) -> None:
    result = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "System check identified no issues (0 silenced).\n"


SHOWN = (
    *("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"),
    *("SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER", "TRUSTED_PROXIES"),
    *("ALLAUTH_TRUSTED_PROXY_COUNT", "NINJA_NUM_PROXIES", "SECRET_KEY_FALLBACKS", "LOG_FORMAT"),
    "ERROR_MAIL",
)


def test_what_production_is(tmp_path: Path) -> None:
    code = f"from django.conf import settings; print([getattr(settings, n) for n in {SHOWN}])"
    old = SECRET[::-1]
    shown = run(tmp_path, "-c", code, SECRET_KEY_FALLBACKS=f"{old},{old}", ERROR_MAIL="a@b.test")
    assert shown.stdout.strip() == str(
        [
            *(False, True, True, True, 31_536_000, True),
            ("HTTP_X_FORWARDED_PROTO", "https"),
            *(1, 1, 1, [old, old], "json", ["a@b.test"]),
        ]
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY ontbreekt"),
        ({"SECRET_KEY": "kort"}, "SECRET_KEY is te makkelijk te raden"),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is te makkelijk te raden"),
        ({"SECRET_KEY": f"django-insecure-{SECRET}"}, "SECRET_KEY is te makkelijk te raden"),
        ({"SECRET_KEY_FALLBACKS": f"{SECRET},kort"}, "SECRET_KEY_FALLBACKS is te makkelijk"),
        ({"DEBUG": "true"}, "DEBUG kan in productie niet aan"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS ontbreekt"),
        ({"ALLOWED_HOSTS": "kaart.test,*"}, "ALLOWED_HOSTS mag geen sterretje"),
        ({"ALLOWED_HOSTS": ".test"}, "ALLOWED_HOSTS mag geen sterretje"),
    ],
)
def test_what_production_refuses(values: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadEnvironment, match=sentence):
        check_production(Environment(GOOD | values))


def test_a_refusal_is_one_sentence_without_the_secret(tmp_path: Path) -> None:
    result = run(tmp_path, "manage.py", "check", SECRET_KEY="MijnGeheimpje")
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "MijnGeheimpje" not in result.stderr


def test_what_production_accepts() -> None:
    check_production(Environment(GOOD | {"SECRET_KEY_FALLBACKS": SECRET[::-1], "DEBUG": "0"}))
    assert not is_weak_secret(SECRET)
