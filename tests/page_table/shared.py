"""Start, the report on the catalogue, sign-in and passwords."""

from routekaart.access import Role
from tests.page_table import Page

PAGES = [
    Page("start", lambda _world: "/"),
    Page("catalogue report", lambda _world: "/catalogus"),
    Page("password ask", lambda _world: "/accounts/password/reset/"),
    Page("password asked", lambda _world: "/accounts/password/reset/done/"),
    Page("password old link", lambda _world: "/accounts/password/reset/key/1-nep/"),
    Page("account closed", lambda _world: "/accounts/inactive/"),
    Page("sign out", lambda _world: "/accounts/logout/", tuple(Role)),
    Page("sign in", lambda _world: "/accounts/login/", for_visitors=True),
]
