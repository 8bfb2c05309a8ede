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
from django.conf import settings

from routekaart.actions.wakeups import BEAT_HEARTBEAT_FILE, HEARTBEAT_FILE
from routekaart.env import database_settings
from routekaart.management import supervisor
from routekaart.management.commands.serve import Command, web_program
from routekaart.management.web_process import WebProcess
from routekaart.web.health import LIVE
from worker import stopping

ROOT = Path(__file__).resolve().parent.parent
GIVEN = {
    "SECRET_KEY": "abcdefghij" * 6,
    "POSTGRES_PASSWORD": "geheim",
    "SITE": "voorbeeld.test",
    "PUBLIC_ADDRESS": "https://voorbeeld.test",
}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
PROXY = (ROOT / "deploy/proxy/Dockerfile").read_text()
CADDYFILE = (ROOT / "deploy/proxy/Caddyfile").read_text()
OURS = ("prepare", "web", "worker", "beat")
THEIRS = ("proxy", "database", "broker")
# What the specification of compose files knows and we use: a typing error is no key of these.
KEYS = {
    *("build", "image", "init", "restart", "stop_grace_period", "cap_drop", "cap_add", "user"),
    *("security_opt", "env_file", "environment", "volumes", "command", "depends_on", "ports"),
    *("expose", "healthcheck", "shm_size", "logging", "mem_limit"),
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def filled(value: str, given: dict[str, str] = GIVEN) -> str:
    """As compose does it: `${NAME:?why}` must be given, `${NAME:-default}` may be, and
    `${NAME:+instead}` is for what is given. The inner ones first."""

    def one(match: re.Match[str]) -> str:
        name, mark, rest = match.groups()
        if mark == "?":
            return given[name]
        there = given.get(name, "")
        return (rest if there else "") if mark == "+" else there or rest

    found = 1
    while found:
        value, found = re.subn(r"\$\{(\w+):([?+-])([^${}]*)\}", one, value)
    return value


def environment(service: dict[str, Any]) -> dict[str, str]:
    return {name: filled(value) for name, value in service["environment"].items()}


def serve_arguments(service: dict[str, Any]) -> list[str]:
    command = service["command"]
    words = shlex.split(command[-1]) if command[0] == "sh" else command
    return words[words.index("serve") + 1 :]


def test_all_services_restart_and_are_watched(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert sorted(services) == sorted((*OURS, *THEIRS))
    for name, service in services.items():
        assert set(service) <= KEYS
        once = name == "prepare"
        assert service["restart"] == ("no" if once else "unless-stopped")
        assert once or set(service["healthcheck"]) <= {
            *("test", "interval", "timeout", "retries", "start_period")
        }
        for other, wait in service.get("depends_on", {}).items():
            condition = "completed_successfully" if other == "prepare" else "healthy"
            assert wait == {"condition": f"service_{condition}"}
            assert other in services


def test_nothing_runs_as_root_or_with_a_right_too_many(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert {name: compose["services"][name]["user"] for name in ("database", "broker")} == {
        "database": "postgres",
        "broker": "redis",
    }
    for dockerfile, user in ((DOCKERFILE, "routekaart"), (PROXY, "proxy")):
        assert re.findall(r"^USER (\S+)", dockerfile, re.MULTILINE) == [user]


def test_the_file_holds_no_secret_and_only_the_proxy_is_reached(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for variable, value in service.get("environment", {}).items():
            if re.search("SECRET|PASSWORD|KEY", variable):
                assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), (name, variable)
        assert ("ports" in service) == (name == "proxy")
    example = (ROOT / ".env.example").read_text()
    for variable in ("SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_HOST_PASSWORD"):
        assert re.search(rf"^{variable}=$", example, re.MULTILINE)
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()


def test_images_are_pinned_by_major_version(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert re.fullmatch(r"[a-z-]+:\d+", service["image"])
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["python:3.13-slim"] * 2
    assert re.findall(r"^FROM (\S+)", PROXY, re.MULTILINE) == ["caddy:2-alpine"]


def test_ours_are_the_same_code_with_the_same_variables(compose: dict[str, Any]) -> None:
    web = compose["services"]["web"]
    for name in OURS:
        for key in ("image", "environment", "volumes", "env_file"):
            assert compose["services"][name][key] == web[key]


def test_each_image_is_built_once(compose: dict[str, Any]) -> None:
    built = {name: one["image"] for name, one in compose["services"].items() if "build" in one}
    assert built == {"prepare": "routekaart:1", "proxy": "routekaart-proxy:1"}
    for name in OURS[1:]:
        assert "prepare" in compose["services"][name]["depends_on"]


def test_the_proxy_offers_what_is_published(compose: dict[str, Any]) -> None:
    listening = re.findall(r"^\thttps?_port (\d+)", CADDYFILE, re.MULTILINE)
    assert compose["services"]["proxy"]["ports"] == [f"80:{listening[0]}", f"443:{listening[1]}"]
    # HTTP/3 would need UDP, and is offered at the inner number of the port.
    assert re.findall(r"^\t\tprotocols (.+)$", CADDYFILE, re.MULTILINE) == ["h1 h2"]


def test_one_setting_tells_both_of_a_proxy_in_front(compose: dict[str, Any]) -> None:
    """What Caddy makes of it is asked of a real one in `production/test_proxy.py`."""
    # Caddy takes one such block, and no more.
    assert CADDYFILE.count("servers {") == 1
    believed = re.findall(r"^\t\ttrusted_proxies static (.+)$", CADDYFILE, re.MULTILINE)
    assert believed == ["{$PROXY_IN_FRONT}"]
    told = []
    for given in ({}, {"PROXY_IN_FRONT": "192.0.2.1"}, {"TRUSTED_PROXIES": "3"}):
        web, proxy = (
            filled(compose["services"][service]["environment"][name], GIVEN | given)
            for service, name in (("web", "TRUSTED_PROXIES"), ("proxy", "PROXY_IN_FRONT"))
        )
        told.append((web, proxy))
    # Nothing is 1 in production: the proxy of our own.
    assert told == [("", ""), ("2", "192.0.2.1"), ("3", "")]


def test_a_post_is_not_lost_on_a_connection_that_closes() -> None:
    """The proxy opens one per request; whoever has another proxy may keep it for 60 seconds."""
    assert re.findall(r"^\t\t\tkeepalive (\S+)$", CADDYFILE, re.MULTILINE) == ["off"]
    command = web_program("0.0.0.0", 8000).command  # noqa: S104  (is not started)
    assert int(command[command.index("--keep-alive") + 1]) > 60
    assert command[command.index("--worker-class") + 1] == f"{WebProcess.__module__}.WebProcess"


def test_a_body_waits_whole_in_the_proxy() -> None:
    """What that is for is asked of a real one in `production/test_proxy.py`."""
    [kept] = re.findall(r"^\t\trequest_buffers (\d+)MB$", CADDYFILE, re.MULTILINE)
    [most] = re.findall(r"^\t\tmax_size (\d+)MB$", CADDYFILE, re.MULTILINE)
    assert settings.UPLOAD_MAX_SIZE < int(kept) * 1_000_000 <= int(most) * 1_000_000
    # Without an end to it, who sends nothing more would keep it for ever.
    limits = re.findall(r"^\t\t\t(read_\w+) (\S+)$", CADDYFILE, re.MULTILINE)
    assert limits == [("read_header", "10s"), ("read_body", "5m")]


def test_one_loss_does_not_hold_up_everybody() -> None:
    proxy = dict(re.findall(r"^\t\t(\w+) (\d+)", CADDYFILE, re.MULTILINE))
    assert int(proxy["max_fails"]) > 1
    assert int(proxy["fail_duration"]) < int(proxy["lb_try_duration"])


def test_what_must_be_given_is_in_the_example(compose: dict[str, Any]) -> None:
    asked = set(re.findall(r"\$\{(\w+):", (ROOT / "docker-compose.yml").read_text()))
    example = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert set(GIVEN) <= asked & example
    read = environment_names()
    assert example <= read | asked
    assert set(compose["services"]["proxy"]["environment"]) == set(
        re.findall(r"\{\$(\w+)\}", CADDYFILE)
    )


def environment_names() -> set[str]:
    return set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "routekaart/settings.py").read_text()))


def test_every_variable_is_one_that_the_settings_read(compose: dict[str, Any]) -> None:
    read = environment_names()
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
    assert services["web"]["expose"] == ["8000"]
    assert "dynamic a web 8000" in CADDYFILE
    worker = parser.parse_args(serve_arguments(services["worker"]))
    assert (worker.only, worker.concurrency) == ("worker", 2)
    beat = parser.parse_args(serve_arguments(services["beat"]))
    assert beat.only == "beat"
    assert services["prepare"]["command"] == ["python", "manage.py", "prepare"]
    var = re.findall(r"ROUTEKAART_VAR=(\S+)", DOCKERFILE)[0]
    for name, file in (("worker", HEARTBEAT_FILE), ("beat", BEAT_HEARTBEAT_FILE)):
        assert f"'{var}/{file}'" in services[name]["healthcheck"]["test"][-1]
    assert f"http://127.0.0.1:8000{LIVE}" in services["web"]["healthcheck"]["test"][-1]


def test_a_container_gets_longer_than_its_programs(compose: dict[str, Any]) -> None:
    for name in OURS:
        assert compose["services"][name]["stop_grace_period"] == "40s"
    assert stopping.PATIENCE < supervisor._GRACE < 40


def test_no_log_fills_the_disk(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["logging"] == {
            "driver": "json-file",
            "options": {"max-size": "20m", "max-file": "5"},
        }, name
    assert "5 × 20 MB" in (ROOT / "docs/production.md").read_text()


def test_no_program_takes_the_memory_of_the_database(compose: dict[str, Any]) -> None:
    limits = {
        name: service["mem_limit"]
        for name, service in compose["services"].items()
        if "mem_limit" in service
    }
    assert limits == {"proxy": "512m", "web": "1536m", "worker": "1024m"}
    page = (ROOT / "docs/production.md").read_text()
    told = re.findall(r"^\| (\w+) \| (\d+) MB \|", page, re.MULTILINE)
    assert {name: f"{megabytes}m" for name, megabytes in told} == limits
    # What is left is for the database, Redis, beat and the machine itself.
    assert re.search(r"2 cores en\s+4 GB geheugen", page)
    assert sum(int(limit.removesuffix("m")) for limit in limits.values()) <= 0.75 * 4096


def test_the_broker_throws_nothing_away(compose: dict[str, Any]) -> None:
    command = compose["services"]["broker"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


def test_what_must_survive_is_in_named_volumes(compose: dict[str, Any]) -> None:
    services = compose["services"]
    named = {"database", "files", "erasures", "proxy_data", "proxy_config"}
    assert set(compose["volumes"]) == named
    web = services["web"]
    folders = dict(volume.split(":") for volume in web["volumes"])
    assert folders["files"] == re.findall(r"ROUTEKAART_STORAGE=(\S+)", DOCKERFILE)[0]
    erasures = web["environment"]["ROUTEKAART_ERASURES"]
    assert erasures.startswith(folders["erasures"] + "/")
    assert services["database"]["volumes"] == ["database:/var/lib/postgresql/data"]
    for folder in (*folders.values(), "/data/var"):
        assert re.search(rf"install --directory[^&]* {folder}\b", DOCKERFILE)
    kept = re.findall(r"XDG_\w+=(\S+)", PROXY)
    proxy = [volume.split(":") for volume in services["proxy"]["volumes"]]
    assert [one[1] for one in proxy if one[0] in named] == kept


def test_the_image_holds_what_it_copies() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE, re.MULTILINE)
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for path in copied:
        assert (ROOT / path).exists()
        assert f"!{path}" in ignored


def test_the_minimum_without_docker_is_what_compose_sets(compose: dict[str, Any]) -> None:
    told = re.search(r"minstens (`[^.]+)\.", (ROOT / "docs/production.md").read_text())
    assert told
    image = set(re.findall(r"(ROUTEKAART_\w+)=", DOCKERFILE))
    has_a_default = {"TRUSTED_PROXIES", "LOG_LEVEL"}
    assert (
        set(re.findall(r"`(\w+)(?:=true)?`", told[1]))
        == (set(compose["services"]["web"]["environment"]) | image) - has_a_default
    )


def test_what_a_clock_copies_can_be_read_back() -> None:
    """Copied by the user of the image: `compose cp` would give it to whoever runs cron."""
    [table] = re.findall(r"```cron\n(.+?)```", (ROOT / "docs/backup.md").read_text(), re.DOTALL)
    commands = re.findall(r"docker compose (run) .*?(erasures|manage.py backup)", table)
    assert commands == [("run", "erasures"), ("run", "manage.py backup")]


def test_a_command_in_a_container_does_not_change_the_tables_first() -> None:
    """Without `--no-deps` it waits for `prepare`, which is no help with a damaged database."""
    pages = [page.read_text() for page in (ROOT / "docs").glob("*.md")]
    runs = [one for page in pages for one in re.findall(r"docker compose (run .+)", page)]
    told = [one for one in runs if not one.startswith("run --rm prepare")]
    assert told
    assert [one for one in told if not one.startswith("run --rm --no-deps ")] == []
    # So the database must be up: whatever makes a backup or puts one back sees to that.
    backup = (ROOT / "docs/backup.md").read_text()
    started = re.findall(
        r"docker compose up --detach --wait database(?:\n| && )docker compose run [^\n]*"
        r"manage.py (backup|restore)",
        backup,
    )
    assert started == ["backup", "restore", "restore"]
    assert len(re.findall(r"docker compose run [^\n]*manage.py (?:backup|restore)", backup)) == 3
