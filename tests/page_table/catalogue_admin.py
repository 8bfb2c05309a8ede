"""Catalogue management, in Django's admin."""

from collections.abc import Callable

from routekaart.access import Role
from tests.page_table import Page
from tests.page_world import World

_HERE = "/catalogusbeheer/"
_COURSES = "routekaart/schoolcourse/"
_OVERRIDES = "routekaart/courseoverride/"


def _page(name: str, path: str, key: str = "", rest: str = "") -> Page:
    """`key`: the object in the world that the page is about."""

    def address(world: World) -> str:
        return f"{_HERE}{path}{world.ids[key]}/{rest}" if key else f"{_HERE}{path}{rest}"

    shown: Callable[[World], str] = address
    # Django's own scripts and styles: not ours to make smaller.
    return Page(name, shown, (Role.CATALOGUE_MANAGER,), most_bytes=125_000)


PAGES = [
    _page("admin index", ""),
    _page("admin courses", _COURSES),
    _page("admin new course", _COURSES, rest="add/"),
    _page("admin course", _COURSES, "own_course_id", "change/"),
    _page("admin history of a course", _COURSES, "own_course_id", "history/"),
    _page("admin overrides", _OVERRIDES),
    _page("admin new override", _OVERRIDES, rest="add/"),
    _page("admin override", _OVERRIDES, "course_override_id", "change/"),
    _page("admin history of an override", _OVERRIDES, "course_override_id", "history/"),
]
