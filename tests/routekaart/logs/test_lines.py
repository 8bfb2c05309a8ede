"""Lines of the log: what they hold, and what never gets into them."""

import json
import logging
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from routekaart.logs.lines import JsonLines, PlainLines, Story, kinds_and_places
from routekaart.logs.scrub import scrubbed
from routekaart.logs.trace import about, request_id, request_id_of, tracing

ROW = "0b8f2a51-3f0e-4d6c-9c43-5d0a3f6f1c22"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Key (email)=(jan@school.nl) already exists.", "Key (email)=(…) already exists."),
        ("GET /zoek?naam=Jansen HTTP/1.1", "GET /zoek?… HTTP/1.1"),
        ("postgresql://anna:geheim@db:5432/x", "postgresql://…@db:5432/x"),
        ("redis://:geheim@host:6379/0", "redis://…@host:6379/0"),
        ("/agenda/abcDEF.ics is weg", "/agenda/….ics is weg"),
        ("/gedeeld/abc.DEF", "/gedeeld/…"),
        ("/uitnodiging/MQ:1abc:xyz", "/uitnodiging/…"),
        ("/accounts/password/reset/key/1-abc-def/", "/accounts/password/reset/key/…/"),
        ("Invalid request from ip=203.0.113.9: no", "Invalid request from ip=… no"),
        ("Bearer rk_A1b2C3d4E5f6G7h8I9j0K1l2", "Bearer …"),
        (f"Attempt 2 of job {ROW} failed.", f"Attempt 2 of job {ROW} failed."),
        ("No wake-up for routekaart.run_job?", "No wake-up for routekaart.run_job?"),
        ("<0b8f2a51-3f0e-4d6c-9c43-5d0a3f6f1c22@routekaart>", f"<{ROW}@routekaart>"),
    ],
)
def test_what_is_taken_out_of_a_line(text: str, expected: str) -> None:
    assert scrubbed(text) == expected


def record(message: str, *args: object, **extra: Any) -> logging.LogRecord:
    error = sys.exc_info() if extra.pop("error", False) else None
    made = logging.LogRecord("proef", logging.ERROR, __file__, 1, message, args, error)
    made.__dict__ |= extra
    assert Story().filter(made)
    return made


def test_a_line_is_one_object_with_what_it_is_about() -> None:
    with tracing(request="abc12345", job=ROW):
        line = JsonLines().format(record("Klaar:\n%s", "twee", fields={"attempt": 2}))
    assert "\n" not in line
    told = json.loads(line)
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "error",
        "logger": "proef",
        "message": "Klaar:\ntwee",
        "request": "abc12345",
        "job": ROW,
        "attempt": 2,
    }


def burst() -> logging.LogRecord:
    try:
        int(f"Jansen, {'jan@school.nl'}")
    except ValueError:
        return record("Het ging mis.", error=True)
    raise AssertionError


def test_an_error_is_told_by_kind_and_place() -> None:
    told = json.loads(JsonLines().format(burst()))
    assert told["error"]["kinds"] == ["builtins.ValueError"]
    (place,) = told["error"]["places"]
    assert place.startswith(f"{__file__}:")
    assert place.endswith(" in burst")


@pytest.mark.parametrize("form", [JsonLines(), PlainLines(whole_errors=False)])
def test_the_text_of_an_error_stays_out(form: logging.Formatter) -> None:
    made = burst()
    for line in (form.format(made), form.format(made)):
        assert "ValueError" in line
        assert "Jansen" not in line
        assert "school.nl" not in line


def test_all_causes_are_named() -> None:
    try:
        try:
            burst_now()
        except KeyError as error:
            raise ValueError from error
    except ValueError as error:
        told = kinds_and_places(error)
    assert told["kinds"] == ["builtins.ValueError", "builtins.KeyError"]


def burst_now() -> None:
    raise KeyError("Jansen")


def test_who_develops_sees_the_whole_error() -> None:
    with tracing(request="abc12345"):
        line = PlainLines(whole_errors=True).format(burst())
    assert "Het ging mis. request=abc12345\n" in line
    assert "Jansen, jan@school.nl" in line


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (SimpleNamespace(route="gedeeld/<str:token>"), "Fout: /gedeeld/<str:token>"),
        (None, "Fout: /…"),
    ],
)
def test_the_path_of_a_request_becomes_its_pattern(match: object, expected: str) -> None:
    request = SimpleNamespace(path="/zoek/Jansen", resolver_match=match)
    made = record("Fout: %s", "/zoek/Jansen", request=request)
    assert made.getMessage() == expected


@pytest.mark.parametrize(
    "header", ["", "Jan Jansen", "jan@school.nl", "abc", "a" * 65, "abc\n12345678"]
)
def test_a_number_that_is_none_is_replaced(header: str) -> None:
    made = request_id_of(header)
    assert len(made) == 32
    assert made != request_id_of(header)


@pytest.mark.parametrize("header", [ROW, "0" * 64, "ABCDEF12"])
def test_a_number_is_taken_over(header: str) -> None:
    assert request_id_of(header) == header


def test_numbers_hold_inside_only() -> None:
    with tracing(request="abc12345"):
        assert request_id() == "abc12345"
        with tracing(request="", job=ROW):
            assert (request_id(), about()) == ("", {"job": ROW})
        assert about() == {"request": "abc12345"}
    assert (request_id(), about()) == ("", {})
