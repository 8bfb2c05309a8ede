"""Accounts of elsewhere with which people sign in: what each kind of provider tells, as data, and
which ones the administrator of this server set up.

`OIDC_PROVIDERS=microsoft,entree` names them; each has variables of its own, such as
`OIDC_MICROSOFT_CLIENT_ID`. What is missing or contradicts itself stops the program at its start.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from routekaart.env import BadEnvironment, Environment


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of provider. Names of claims; an empty name: it does not tell that.

    `issuer` may hold `{tenant}`; an empty one is for the administrator to give.
    """

    title: str
    issuer: str = ""
    email: str = "email"
    # Claims of which a true one says that the address is this person's; without any the domain.
    verified: tuple[str, ...] = ("email_verified",)
    # BRIN of the school, four characters or six with the location.
    school: str = ""
    affiliation: str = ""
    # Whether it passes on what each school says of its own: an address only counts for who then
    # shows to read its mailbox.
    told_by_schools: bool = False
    # Whether the administrator names the domains that it speaks for.
    needs_domains: bool = False
    # What may sign in here, when the provider tells it; anybody else is no member of staff.
    staff: frozenset[str] = frozenset()
    # What somebody is called: the first of these of which something is told, joined by spaces.
    names: tuple[tuple[str, ...], ...] = (("name",),)
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    # What `prompt` makes it ask who is there, also of who is signed in with it.
    ask_again: str = "login"

    @property
    def claims(self) -> frozenset[str]:
        """The names of all claims that are read."""
        names = (one for parts in self.names for one in parts)
        return frozenset({self.email, *self.verified, self.school, self.affiliation, *names} - {""})


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "microsoft": Preset(
            title="Microsoft",
            issuer="https://login.microsoftonline.com/{tenant}/v2.0",
            # Entra never sends email_verified: an address there is what an administrator typed.
            verified=("xms_edov",),
        ),
        "google": Preset(
            title="Google", issuer="https://accounts.google.com", ask_again="select_account"
        ),
        "entree": Preset(
            title="Entree Federatie",
            email="mail",
            verified=(),
            school="nlEduPersonHomeOrganizationId",
            affiliation="eduPersonAffiliation",
            told_by_schools=True,
            # It does not say whether an address is right.
            needs_domains=True,
            staff=frozenset({"employee", "staff"}),
            names=(
                ("displayName",),
                ("givenName", "nlEduPersonTussenvoegsels", "sn"),
                ("name",),
            ),
        ),
        # Nobody knows who runs it.
        "anders": Preset(title="", needs_domains=True),
    }
)


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider that was set up.

    `domains`: it speaks for the addresses of these, and for no other. Empty: for every address.
    """

    slug: str
    title: str
    issuer: str
    client_id: str
    secret: str
    preset: Preset
    domains: tuple[str, ...] = ()


def providers_of(env: Environment) -> tuple[Provider, ...]:
    """The providers of the environment, in its order. Raises `BadEnvironment`."""
    slugs = env.names("OIDC_PROVIDERS")
    unknown = [slug for slug in slugs if slug not in PRESETS]
    if unknown:
        raise BadEnvironment(
            f"OIDC_PROVIDERS kent {unknown[0]!r} niet: kies uit {', '.join(PRESETS)}."
        )
    if len(set(slugs)) < len(slugs):
        raise BadEnvironment("OIDC_PROVIDERS noemt een aanbieder twee keer.")
    return tuple(_provider(env, slug) for slug in slugs)


def who_tells_staff(providers: Sequence[Provider]) -> str:
    """The title of the provider that tells who works at which school; empty without one."""
    told = (one.title for one in providers if one.preset.school and one.preset.affiliation)
    return next(told, "")


def as_apps(providers: Sequence[Provider]) -> list[dict[str, object]]:
    """The same as settings of django-allauth."""
    return [
        {
            "provider_id": one.slug,
            "name": one.title,
            "client_id": one.client_id,
            "secret": one.secret,
            "settings": {
                "server_url": one.issuer,
                "scope": list(one.preset.scopes),
                "oauth_pkce_enabled": True,
            },
        }
        for one in providers
    ]


def _provider(env: Environment, slug: str) -> Provider:
    preset = PRESETS[slug]
    before = f"OIDC_{slug.upper()}_"
    domains = tuple(name.lower().removeprefix("@") for name in env.names(f"{before}DOMAINS"))
    wrong = [name for name in domains if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", name)]
    if wrong:
        raise BadEnvironment(f"{before}DOMAINS: {wrong[0]!r} is geen domein zoals school.nl.")
    if preset.needs_domains and not domains:
        raise BadEnvironment(
            f"{before}DOMAINS ontbreekt: noem de domeinen van jullie e-mailadressen, met komma's. "
            "Alleen met zo'n adres meldt iemand zich met deze aanbieder de eerste keer aan."
        )
    return Provider(
        slug=slug,
        title=preset.title or _needed(env, f"{before}TITLE", "de naam op de knop"),
        issuer=_issuer(env, before, preset),
        client_id=_needed(env, f"{before}CLIENT_ID", "het kenmerk dat de aanbieder gaf"),
        secret=_needed(env, f"{before}CLIENT_SECRET", "het geheim dat de aanbieder gaf"),
        preset=preset,
        domains=domains,
    )


# The issuer in a token holds this number, whatever name was asked for. So not `common` and such:
# with those whoever makes a tenant says who people are.
_TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _issuer(env: Environment, before: str, preset: Preset) -> str:
    if "{tenant}" in preset.issuer:
        tenant = _needed(env, f"{before}TENANT", "de tenant van jullie bestuur")
        if not _TENANT.fullmatch(tenant):
            raise BadEnvironment(
                f"{before}TENANT moet de tenant van jullie eigen bestuur zijn, niet {tenant!r}: "
                "vul de tenant-id in (Directory ID), zoals 11111111-2222-3333-4444-555555555555. "
                "Een domein werkt niet: Microsoft noemt zich bij het aanmelden met de tenant-id."
            )
        return preset.issuer.replace("{tenant}", tenant.lower())
    if preset.issuer:
        return preset.issuer
    issuer = _needed(env, f"{before}ISSUER", "het adres van de aanbieder").rstrip("/")
    try:
        parts = urlsplit(issuer)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise BadEnvironment(f"{before}ISSUER is geen adres: {issuer!r}.") from None
    on_this_machine = host in {"localhost", "127.0.0.1"}
    safe = parts.scheme == "https" or (parts.scheme == "http" and on_this_machine)
    if not host or not safe:
        raise BadEnvironment(f"{before}ISSUER moet beginnen met https://.")
    return issuer


def _needed(env: Environment, name: str, what: str) -> str:
    found = env.text(name)
    if not found:
        raise BadEnvironment(f"{name} ontbreekt: vul {what} in.")
    return found
