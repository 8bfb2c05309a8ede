"""Reading a stored advice back as the domain's value."""

from typing import Any

from pydantic import TypeAdapter

from courses.advice import Advice

_ADVICE = TypeAdapter(Advice)


def advice_from_json(content: Any) -> Advice:
    """The stored advice. Raises pydantic's ValidationError when the content is not an advice."""
    return _ADVICE.validate_python(content)


def advice_to_json(advice: Advice) -> Any:
    """The advice as plain JSON values, for storing."""
    return _ADVICE.dump_python(advice, mode="json")
