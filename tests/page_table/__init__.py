"""Every page, once; the two files `test_every_page.py` ask the same of all of them.

One file per subject, each with a list `PAGES`.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from routekaart.access import Role
from tests.page_world import World


@dataclass(frozen=True)
class Page:
    """A page in the world of `page_world`.

    `roles`: who sees it; the first is who it is shown to in a browser. Empty: for everybody, also
    without signing in. Every other role must be refused (403) or not find it (404).
    """

    name: str
    address: Callable[[World], str]
    roles: tuple[Role, ...] = ()
    # Leads who is signed in elsewhere.
    for_visitors: bool = False
    # Compressed, of everything that a first visit loads.
    most_bytes: int = 40_000

    def __str__(self) -> str:
        return self.name


def every_page() -> list[Page]:
    """The pages of all subjects."""
    pages: list[Page] = []
    for module in pkgutil.iter_modules(__path__):
        pages += importlib.import_module(f"{__name__}.{module.name}").PAGES
    return pages
