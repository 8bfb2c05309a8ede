"""Catalogue management, in Django's admin."""

from routekaart.access import Role
from tests.page_table import Page

_MANAGERS = (Role.CATALOGUE_MANAGER,)
# Django's own scripts and styles: not ours to make smaller.
_OF_DJANGO = 125_000

PAGES = [
    Page("admin index", lambda _world: "/catalogusbeheer/", _MANAGERS, most_bytes=_OF_DJANGO),
    Page(
        "admin courses",
        lambda _world: "/catalogusbeheer/routekaart/schoolcourse/",
        _MANAGERS,
        most_bytes=_OF_DJANGO,
    ),
    Page(
        "admin course",
        lambda world: (
            f"/catalogusbeheer/routekaart/schoolcourse/{world.ids['own_course_id']}/change/"
        ),
        _MANAGERS,
        most_bytes=_OF_DJANGO,
    ),
    Page(
        "admin overrides",
        lambda _world: "/catalogusbeheer/routekaart/courseoverride/",
        _MANAGERS,
        most_bytes=_OF_DJANGO,
    ),
    Page(
        "admin override",
        lambda _world: "/catalogusbeheer/routekaart/courseoverride/add/",
        _MANAGERS,
        most_bytes=_OF_DJANGO,
    ),
]
