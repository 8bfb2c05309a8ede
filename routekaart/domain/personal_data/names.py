"""Taking the name of one person out of texts."""

import re
from dataclasses import dataclass
from typing import Any

# What stands where a name stood.
NAMELESS = "oud-medewerker"
# How the address ends that an erasure leaves: a domain that never exists.
ERASED_AT = "@gewist.invalid"


@dataclass(frozen=True, slots=True)
class Named:
    """How somebody is called. `id` as text, as it stands in stored plans."""

    id: str
    name: str
    email: str

    @property
    def has_full_name(self) -> bool:
        """Whether the name is more than one word: a single one may be an ordinary word."""
        return len(self.name.split()) > 1

    def stands_in(self, text: str) -> bool:
        """Whether the name or address stands in a text."""
        return self._pattern().search(text) is not None

    def stands_anywhere_in(self, value: Any) -> bool:
        """Whether the name or address stands in any text of a value as JSON holds it."""
        return bool(self.taken_out_of(value) != value)

    def taken_out_of(self, value: Any) -> Any:
        """The same value as JSON holds, without the name and address in any of its texts."""
        return _without(value, self._pattern())

    def _pattern(self) -> re.Pattern[str]:
        parts = [re.escape(one) for one in (self.email, self.name) if one.strip()]
        # Not inside a longer word: Jan is not in January.
        return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def erased_address(person: object) -> str:
    """The address that an erasure leaves to the account with this id: as unique as it must be."""
    return f"{person}{ERASED_AT}"


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(NAMELESS, value)
    if isinstance(value, list):
        return [_without(one, pattern) for one in value]
    if isinstance(value, dict):
        return {_without(key, pattern): _without(one, pattern) for key, one in value.items()}
    return value
