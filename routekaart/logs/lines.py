"""How a line of the log looks: JSON for machines, plain for who develops.

Of an error only its kind and the places in the code are told. What its message says may be
anything: a value that the database refused, the answer of a mail server.
"""

import json
import logging
import traceback
from datetime import UTC, datetime

from routekaart.logs.message import kind_of, message_of
from routekaart.logs.scrub import scrubbed
from routekaart.logs.trace import about

# The innermost frames say where it went wrong; the outer ones are the same for every request.
_MOST_FRAMES = 12


class Story(logging.Filter):
    """Gives a record what it is about and a message without secrets and without texts of errors.

    Where a library quotes the path of a request, the pattern of that path is told instead.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = message_of(record)
        request = getattr(record, "request", None)
        path = getattr(request, "path", "")
        if path:
            message = message.replace(path, _route(request))
        record.msg, record.args = scrubbed(message), ()
        record.about = dict(about())
        return True


class JsonLines(logging.Formatter):
    """One JSON object per line: time (UTC), level, logger, message, and what it is about.

    Adds the fields that a record brings as `fields`, and of an error its kind and places.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= getattr(record, "about", {}) | getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = kinds_and_places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """For people. With `whole_errors` the errors stand there as Python tells them."""

    def __init__(self, *, whole_errors: bool) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")
        self._whole_errors = whole_errors

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name of logging
        told = getattr(record, "about", {}) | getattr(record, "fields", {})
        extra = "".join(f" {name}={value}" for name, value in told.items())
        return super().formatMessage(record) + extra

    def format(self, record: logging.LogRecord) -> str:
        if self._whole_errors or not record.exc_info or not record.exc_info[1]:
            return super().format(record)
        error = record.exc_info[1]
        # The text of an error is kept in the record for the next handler: not with this one.
        record.exc_info, kept = None, record.exc_info
        try:
            line = super().format(record)
        finally:
            record.exc_info = kept
        told = kinds_and_places(error)
        return "\n  ".join([line, *told["kinds"], *told["places"]])


def kinds_and_places(error: BaseException) -> dict[str, list[str]]:
    """`kinds`: the error and what caused it. `places`: file:line in function, innermost last."""
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < _MOST_FRAMES:
        kinds.append(kind_of(cause))
        hidden = cause.__suppress_context__
        cause = cause.__cause__ or (None if hidden else cause.__context__)
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return {"kinds": kinds, "places": places}


def _route(request: object) -> str:
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "/…"
