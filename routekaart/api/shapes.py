"""Types of bodies and answers that every router uses: strict on the way in, plain on the way out.

Text that would break further on is refused here, once: NUL and other control characters reach
no table and no document, and a lone surrogate is refused by pydantic itself. What turns the order
of reading is left out, like spaces around a name.
"""

import re
from collections.abc import Hashable
from datetime import date, time
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

from courses.findings import Finding
from routekaart.domain.written_text import (
    CONTROL,
    CONTROL_OR_BREAK,
    NO_CONTROL,
    NO_CONTROL_OR_BREAK,
    STEERING,
    fits_lines,
    fits_one_line,
    with_one_line_end,
    without_steering,
)


class Shape(BaseModel):
    """A body. Unknown fields are refused, and nothing is guessed: "1" is not a number."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Query(BaseModel):
    """Query parameters. They come in as text, so numbers are read from text here."""

    model_config = ConfigDict(extra="forbid")


class Reply(BaseModel):
    """An answer, or a part of one. Its schema names every field, so that none slips in."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# --- Text --------------------------------------------------------------------------------------
def _read(value: Any) -> Any:
    return without_steering(value) if isinstance(value, str) else value


def _single_line(value: str) -> str:
    if not fits_one_line(value):
        raise PydanticCustomError("control_character", NO_CONTROL_OR_BREAK)
    return value


def _several_lines(value: str) -> str:
    if not fits_lines(value):
        raise PydanticCustomError("control_character", NO_CONTROL)
    return with_one_line_end(value)


_VISIBLE = rf"[^\s\x00-\x1f\x7f-\x9f{STEERING}]"


def _line_schema(minimum: int, maximum: int) -> WithJsonSchema:
    # The pattern tells clients what `_single_line` and stripping do.
    any_character = f"[^{CONTROL_OR_BREAK}]*"
    pattern = f"^{any_character}{_VISIBLE}{any_character}$" if minimum else f"^{any_character}$"
    return WithJsonSchema(
        {
            "type": "string",
            "minLength": minimum,
            "maxLength": maximum,
            "pattern": pattern,
        }
    )


# One line of at least one visible character.
ShortText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, strip_whitespace=True),
    BeforeValidator(_read),
    AfterValidator(_single_line),
    _line_schema(1, 200),
]
# One sentence that says something: a question to look at, a reason in one line of a table.
Sentence = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500, strip_whitespace=True),
    BeforeValidator(_read),
    AfterValidator(_single_line),
    _line_schema(1, 500),
]
# One line that may be left empty.
OptionalText = Annotated[
    str,
    StringConstraints(max_length=200, strip_whitespace=True),
    BeforeValidator(_read),
    AfterValidator(_single_line),
    _line_schema(0, 200),
]


def _text_schema(maximum: int) -> WithJsonSchema:
    pattern = f"^[^{CONTROL}]*$"
    return WithJsonSchema({"type": "string", "maxLength": maximum, "pattern": pattern})


# Running text of several lines, may be empty.
LongText = Annotated[
    str,
    StringConstraints(max_length=10_000),
    BeforeValidator(_read),
    AfterValidator(_several_lines),
    _text_schema(10_000),
]
# The same for what is put together from several texts, such as a look back on a whole year.
GatheredText = Annotated[
    str,
    StringConstraints(max_length=100_000),
    BeforeValidator(_read),
    AfterValidator(_several_lines),
    _text_schema(100_000),
]
# Running text that must say something.
FilledText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=10_000, strip_whitespace=True),
    BeforeValidator(_read),
    AfterValidator(_several_lines),
    WithJsonSchema(
        {
            "type": "string",
            "minLength": 1,
            "maxLength": 10_000,
            "pattern": f"^[^{CONTROL}]*{_VISIBLE}[^{CONTROL}]*$",
        }
    ),
]
# A list as text, such as CSV: as large as a body may be.
TableText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1_000_000),
    BeforeValidator(_read),
    AfterValidator(_several_lines),
    WithJsonSchema(
        {
            "type": "string",
            "minLength": 1,
            "maxLength": 1_000_000,
            "pattern": f"^[^{CONTROL}]*$",
        }
    ),
]
Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=120)
]

_ADDRESS_LENGTH = 200


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = bool(parts.hostname) and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or parts.scheme not in {"http", "https"} or not _PRINTED.fullmatch(value):
        raise PydanticCustomError(
            "web_address", "Dit is geen webadres. Begin met https:// en gebruik geen spaties."
        )
    return value


_PRINTED = re.compile(r"[!-~]+")
# An address of a page, never a script and never with a password in it.
WebAddress = Annotated[
    str,
    StringConstraints(max_length=_ADDRESS_LENGTH),
    AfterValidator(_web_address),
    WithJsonSchema(
        {
            "type": "string",
            "maxLength": _ADDRESS_LENGTH,
            "pattern": r"^https?://[a-z0-9-]+(\.[a-z0-9-]+)*(/[!-~]*)?$",
        }
    ),
]


def _email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise PydanticCustomError("email", "Dit is geen e-mailadres.") from None
    return value.lower()


Email = Annotated[
    str,
    StringConstraints(max_length=254, strip_whitespace=True),
    AfterValidator(_email),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 254}),
]


# --- Dates, times, identities ------------------------------------------------------------------
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value) or not value.isascii():
        raise PydanticCustomError("date_form", "Schrijf een datum als JJJJ-MM-DD.")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date_impossible", "Deze datum bestaat niet.") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("date_out_of_range", "Kies een datum tussen 2000 en 2100.")
    return day


Day = Annotated[date, BeforeValidator(_day)]

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def _clock(value: Any) -> Any:
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise PydanticCustomError("time_form", "Schrijf een tijd als UU:MM, zoals 08:30.")
    return time.fromisoformat(value)


def _clock_text(value: time) -> str:
    return value.strftime("%H:%M")


# Local time of day, written as 08:30.
ClockTime = Annotated[
    time,
    BeforeValidator(_clock),
    PlainSerializer(_clock_text, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
]

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _identity(value: Any) -> Any:
    if isinstance(value, UUID):
        return value
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise PydanticCustomError("uuid_form", "Geef een geldig nummer (UUID).")
    return UUID(value)


Id = Annotated[UUID, BeforeValidator(_identity)]


# --- Lists -------------------------------------------------------------------------------------
_T = TypeVar("_T")


def _each_once(values: list[_T]) -> list[_T]:
    seen: set[Hashable] = set()
    for value in values:
        if isinstance(value, Hashable):
            if value in seen:
                raise PydanticCustomError("listed_twice", "Noem elk onderdeel maar één keer.")
            seen.add(value)
    return values


class _EachOnce:
    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(_each_once, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return handler(schema) | {"uniqueItems": True}


# `Annotated[list[X], Field(max_length=…), EachOnce]`: a list that refuses doubles.
EachOnce = _EachOnce()


# --- Errors ------------------------------------------------------------------------------------
class FieldProblem(Reply):
    """What is wrong with one field. `field` is a path such as `goals.0.wording`."""

    field: str
    code: str
    detail: str


class FindingReply(Reply):
    """One outcome of one rule; `message` is Dutch and says what to do."""

    code: str
    severity: str
    message: str
    intervention: str | None = None
    goal: str | None = None
    course: str | None = None
    point: str | None = None
    field: str | None = None


def finding_reply(finding: Finding) -> FindingReply:
    return FindingReply(
        code=finding.code,
        severity=finding.severity.value,
        message=finding.message,
        intervention=finding.intervention,
        goal=finding.goal,
        course=finding.course,
        point=finding.point,
        field=finding.field,
    )


class Problem(Reply):
    """An error as RFC 9457 describes it. `code` is stable, `detail` is Dutch for the user."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    detail: str
    code: str
    # Left out when there are none.
    errors: list[FieldProblem] = Field(default_factory=list)
    findings: list[FindingReply] = Field(default_factory=list)


def problems(*statuses: int) -> dict[int, type[Problem]]:
    """Documents error answers: `response={200: X, **problems(403, 404)}`.

    What follows from the operation itself (401, 413, 415, 422, a path that is not there) is
    added by the root of the API.
    """
    return dict.fromkeys(statuses, Problem)
