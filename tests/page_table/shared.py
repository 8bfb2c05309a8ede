"""Start, the report on the catalogue, sign-in."""

from tests.page_table import Page

PAGES = [
    Page("start", lambda _world: "/"),
    Page("catalogue report", lambda _world: "/catalogus"),
    Page("sign in", lambda _world: "/accounts/login/", for_visitors=True),
]
