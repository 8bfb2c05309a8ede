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
    Page("my account", lambda _world: "/mijn-account", tuple(Role)),
    Page("sign in again", lambda _world: "/mijn-account/opnieuw-aanmelden", tuple(Role)),
    Page("other address", lambda _world: "/accounts/email/", tuple(Role)),
    Page("old link to an address", lambda _world: "/accounts/confirm-email/nep/"),
    Page(
        "first password of who signs in elsewhere",
        lambda _world: "/accounts/password/set/",
        tuple(Role),
    ),
    Page("second step", lambda _world: "/accounts/2fa/totp/activate/", tuple(Role)),
    Page("invitation", lambda world: f"/uitnodiging/{world.ids['invitation_key']}"),
    Page("invitation asked", lambda _world: "/uitnodiging/gestuurd"),
    Page("sign in", lambda _world: "/accounts/login/", for_visitors=True),
]
