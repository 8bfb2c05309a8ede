"""The addresses of pages with an id in them, and which object of a place each id is.

HOW TO ADD AN ADDRESS
An id with the name that the API gives it needs nothing. Otherwise name its object in `NAMES`
(everywhere) or `NAMES_AT` (in one address). What has no object of a school in it, or is the key
itself, stands in `NO_PLACE` with the reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.matrix_world import Place

# Name of the id in an address -> key of `Place.ids`.
NAMES: Mapping[str, str] = {
    "cycle_id": "plg_cycle_id",
    "meeting_id": "plg_meeting_id",
    "step_id": "micro_step_id",
    "visit_id": "lesson_visit_id",
    "day_id": "study_day_id",
    "template_id": "word_template_id",
}
NAMES_AT: Mapping[tuple[str, str], str] = {
    ("privacy:erase", "person_id"): "left_id",
    ("office:withdraw_role", "person_id"): "trainer",
    ("office:hand_over_role", "person_id"): "trainer",
    **{
        (f"admin:routekaart_{model}_{page}", "object_id"): key
        for model, key in (
            ("schoolcourse", "own_course_id"),
            ("courseoverride", "course_override_id"),
        )
        for page in ("change", "history", "delete")
    },
}
# What stands in an address without being an object.
WORDS: Mapping[str, str] = {
    "slug": "feedback",
    "step": "team",
    "role": "trainer",
    "course": "complimenten-geven-en-corrigeren",
}
_KEY = "the secret in it is the right: tests/routekaart/web/"
NO_PLACE: Mapping[str, str] = {
    "visitor:intervention": "the public catalogue",
    "calendar_feed:feed": f"{_KEY}calendar_feed",
    "documents:link": f"{_KEY}documents",
    "account:invitation": f"{_KEY}account",
    "account_reset_password_from_key": f"{_KEY}account",
    "account_confirm_email": f"{_KEY}account",
    "openid_connect_login": "a provider",
    "openid_connect_callback": "a provider",
    "admin:view_on_site": "no model of ours has such a page",
    "admin:app_list": "a list of models",
}
# Of a school, and so the same to all of its teams.
OF_SCHOOLS = {
    "school_id",
    "left_id",
    "trainer",
    "override_id",
    "employment_id",
    "budget_line_id",
    "word_template_id",
    "own_course_id",
    "course_override_id",
}
_NUMBERS = {"override_id", "course_override_id"}


@dataclass(frozen=True)
class Address:
    """`ids`: name in the address → key of the place."""

    name: str
    ids: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def of_a_school(self) -> bool:
        """Whether nothing in it is of one team."""
        return set(self.ids.values()) <= OF_SCHOOLS

    def at(self, place: Place, **instead: str) -> str:
        """The address; `instead`: other ids by their name in it."""
        ids = {one: self.id_of(one, place) for one in self.ids}
        return reverse(self.name, kwargs={**self.words, **ids, **instead})

    def id_of(self, one: str, place: Place) -> str:
        """What stands at `one` for this place."""
        key = self.ids[one]
        return str(place.stage.trainer.pk) if key == "trainer" else place.ids[key]

    def absent(self, one: str) -> str:
        """An id of the same kind that does not exist."""
        return "987654321" if self.ids[one] in _NUMBERS else "00000000-0000-4000-8000-0000000000ab"


def addresses() -> list[Address]:
    """All with an id of a place in them; fails for an id of which no object is known."""
    found = []
    for name, names in _with_ids(get_resolver()):
        if name in NO_PLACE:
            continue
        words = {one: WORDS[one] for one in names if one in WORDS}
        ids = {
            one: NAMES_AT.get((name, one)) or NAMES.get(one, one)
            for one in names
            if one not in WORDS
        }
        found.append(Address(name, ids, words))
    return found


def names_with_ids() -> set[str]:
    return {name for name, _ in _with_ids(get_resolver())}


def names_without_ids() -> list[str]:
    """Addresses that are of nothing in particular."""
    return [name for name, names in _every_name(get_resolver()) if not names]


def _with_ids(resolver: URLResolver) -> Iterator[tuple[str, list[str]]]:
    return ((name, names) for name, names in _every_name(resolver) if names)


def _every_name(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, list[str]]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            if one.namespace != "api":
                inside = f"{before}{one.namespace}:" if one.namespace else before
                yield from _every_name(one, inside)
        elif one.name:
            yield f"{before}{one.name}", _names_of(one)


def _names_of(one: URLPattern) -> list[str]:
    pattern: Any = one.pattern
    return list(pattern.converters) or list(pattern.regex.groupindex)
