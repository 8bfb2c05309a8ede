"""The message of a record without what an error says.

Libraries like to put the text of an error in their message, and that text may be anything: the
row that the database refused, the line that a visitor sent. Names are not found in it; it is left
out, and its kind and places stand beside the message.
"""

import logging
from collections.abc import Collection, Mapping
from http import HTTPStatus
from numbers import Number

HIDDEN = "…"
_OURS = ("routekaart", "worker", "courses")
# Django's lines about what it refuses quote it: the name of a host, a header, a session. So does
# the web server, with the first line of the request.
_QUOTES_VISITORS = "django.security."
_QUOTES_A_REQUEST = "Invalid request from "
_REFUSED = "a request was refused"
# Tells what a task gave and what it was asked as well, and the error as text.
_TASKS = "celery.app.trace"
_OF_A_TASK = ("name", "id", "description")
_REPORT = "Traceback (most recent call last):"
_STATUSES = frozenset(status.phrase for status in HTTPStatus)


class _Words(str):
    """Stands in a line without quotes, whichever way it is filled in."""

    __slots__ = ()
    __repr__ = str.__str__


def kind_of(error: BaseException) -> str:
    """The kind of an error, with where it comes from: `builtins.ValueError`."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def message_of(record: logging.LogRecord) -> str:
    """What a record says, with kinds for errors.

    Beside an error, and about a task, what a library fills in is left out, save for numbers, the
    name of the task, and of a request the path and the status.
    """
    if record.name.startswith(_QUOTES_VISITORS):
        return _REFUSED
    message = _filled_in(record)
    if message.startswith(_QUOTES_A_REQUEST) and not _is_ours(record):
        return _REFUSED
    before, report, _ = message.partition(_REPORT)
    return before + HIDDEN if report else message


def _filled_in(record: logging.LogRecord) -> str:
    template = str(_told(record.msg, kept=None))
    if not record.args:
        return template
    kept = _kept(record)
    filling: object
    if isinstance(record.args, Mapping):
        about_task = record.name == _TASKS
        filling = {
            key: value if about_task and key in _OF_A_TASK else _told(value, kept)
            for key, value in record.args.items()
        }
    else:
        filling = tuple(_told(value, kept) for value in record.args)
    try:
        return template % filling
    except (TypeError, ValueError):
        # A form that words do not fit in.
        return template


def _kept(record: logging.LogRecord) -> Collection[object] | None:
    """The words that may be filled in; None for any."""
    beside_error = bool(record.exc_info and record.exc_info[1])
    if _is_ours(record) or not (beside_error or record.name == _TASKS):
        return None
    request = getattr(record, "request", None)
    return {*_STATUSES, getattr(request, "path", "")}


def _told(value: object, kept: Collection[object] | None) -> object:
    if isinstance(value, BaseException):
        return _Words(kind_of(value))
    if kept is None or isinstance(value, Number) or (isinstance(value, str) and value in kept):
        return value
    return _Words(HIDDEN)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OURS
