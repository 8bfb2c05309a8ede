"""The compose file says the same as the code: services, variables, commands and folders."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from routekaart.actions.wakeups import HEARTBEAT_FILE
from routekaart.env import database_settings
from routekaart.management.commands.serve import Command

ROOT = Path(__file__).resolve().parent.parent
GIVEN = {"SECRET_KEY": "x" * 60, "POSTGRES_PASSWORD": "geheim", "ALLOWED_HOSTS": "voorbeeld.test"}
DOCKERFILE = (ROOT / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def filled(value: str, given: dict[str, str] = GIVEN) -> str:
    """As compose does it: `${NAME:?why}` must be given, `${NAME:-default}` may be."""

    def one(match: re.Match[str]) -> str:
        name, mark, rest = match.groups()
        return given[name] if mark == "?" else given.get(name, rest)

    return re.sub(r"\$\{(\w+):([?-])([^}]*)\}", one, value)


def environment(service: dict[str, Any]) -> dict[str, str]:
    return {name: filled(value) for name, value in service["environment"].items()}


def serve_arguments(service: dict[str, Any]) -> list[str]:
    command = service["command"]
    words = shlex.split(command[-1]) if command[0] == "sh" else command
    return words[words.index("serve") + 1 :]


def test_four_services_with_restart_and_health(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert sorted(services) == ["broker", "database", "web", "worker"]
    for service in services.values():
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"]
        for other, wait in service.get("depends_on", {}).items():
            assert other in services
            assert wait == {"condition": "service_healthy"}


def test_images_are_pinned_by_major_version(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert re.fullmatch(r"[a-z]+:\d+", service["image"])
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["python:3.13-slim"] * 2


def test_web_and_worker_are_the_same_code_with_the_same_variables(compose: dict[str, Any]) -> None:
    web, worker = compose["services"]["web"], compose["services"]["worker"]
    for key in ("build", "image", "environment", "volumes"):
        assert web[key] == worker[key]


def test_every_variable_is_one_that_the_settings_read(compose: dict[str, Any]) -> None:
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "routekaart/settings.py").read_text()))
    image = set(re.findall(r"(ROUTEKAART_\w+)=", DOCKERFILE))
    assert set(environment(compose["services"]["web"])) | image <= read


def test_the_variables_are_understood(compose: dict[str, Any], tmp_path: Path) -> None:
    values = environment(compose["services"]["web"])
    database = database_settings(values["DATABASE_URL"], default_file=tmp_path)
    assert {name: database[name] for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "routekaart",
        "USER": "routekaart",
        "PASSWORD": "geheim",
        "HOST": "database",
    }
    code = (
        "from django.conf import settings as s;"
        "print(s.EMBEDDED, s.PRODUCTION, s.ALLOWED_HOSTS, s.DATABASES['default']['HOST'])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "routekaart.settings"}
        | {"ROUTEKAART_VAR": str(tmp_path)}
        | values,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == "False True ['voorbeeld.test'] database\n"


def test_the_commands_are_understood(compose: dict[str, Any]) -> None:
    parser = Command().create_parser("manage.py", "serve")
    services = compose["services"]
    web = parser.parse_args(serve_arguments(services["web"]))
    assert (web.only, web.host, web.port) == ("web", "0.0.0.0", 8000)  # noqa: S104
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]
    worker = parser.parse_args(serve_arguments(services["worker"]))
    assert (worker.only, worker.concurrency) == ("worker", 2)
    assert HEARTBEAT_FILE in services["worker"]["healthcheck"]["test"][-1]


def test_the_broker_throws_nothing_away(compose: dict[str, Any]) -> None:
    command = compose["services"]["broker"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


def test_folders_are_volumes_of_the_right_place(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert sorted(compose["volumes"]) == ["database", "files"]
    (files,) = services["web"]["volumes"]
    assert files.partition(":")[2] == re.findall(r"ROUTEKAART_STORAGE=(\S+)", DOCKERFILE)[0]
    assert services["database"]["volumes"] == ["database:/var/lib/postgresql/data"]


def test_the_image_runs_as_nobody_special_and_holds_what_it_copies() -> None:
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
    assert users == ["routekaart"]
    copied = re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE, re.MULTILINE)
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for path in copied:
        assert (ROOT / path).exists()
        assert f"!{path}" in ignored
