"""Who somebody is according to a provider elsewhere, and whether that person may sign in here.

A provider says who somebody is, the school decided what that person may: what a provider tells
gives a right only where a school chose that its staff gets a place by it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from routekaart.domain.written_text import fits_one_line, without_steering
from routekaart.sign_in_providers import Preset, Provider

# A BRIN without the two digits of the location.
_INSTITUTION = re.compile(r"\d{2}[A-Z]{2}")
_LONGEST_NAME = 200
# Plain signs that can be seen, as many as an address has here.
_ADDRESS = re.compile(r"[!-~]{1,254}")
_NO = frozenset({"false", "0"})


class Refusal(StrEnum):
    """Why somebody of elsewhere does not get in."""

    NO_ADDRESS = "no_address"
    NOT_VERIFIED = "not_verified"
    OTHER_DOMAIN = "other_domain"
    NO_STAFF = "no_staff"
    UNKNOWN = "unknown"
    OTHER_SCHOOL = "other_school"


SENTENCES: Mapping[Refusal, str] = {
    Refusal.NO_ADDRESS: "{provider} gaf geen e-mailadres door. Vraag je beheerder om dat aan te "
    "zetten, of meld je aan met je wachtwoord.",
    Refusal.NOT_VERIFIED: "{provider} heeft niet gecontroleerd dat dit e-mailadres van jou is. "
    "Meld je aan met je wachtwoord, of vraag je beheerder.",
    Refusal.OTHER_DOMAIN: "Dit e-mailadres hoort niet bij de scholen die zich hier met {provider} "
    "aanmelden. Meld je aan met je wachtwoord, of vraag je beheerder.",
    Refusal.NO_STAFF: "Routekaart is voor medewerkers van scholen. Met dit account kun je je niet "
    "aanmelden.",
    Refusal.UNKNOWN: "Er is hier geen account voor jou. Je schoolbeheerder voegt je toe, met het "
    "e-mailadres dat je bij {provider} gebruikt.",
    Refusal.OTHER_SCHOOL: "Volgens {provider} werk je bij een school die je hier niet heeft "
    "toegevoegd. Vraag het de schoolbeheerder van die school.",
}


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a provider says of somebody. `schools`: BRINs; None where it does not tell schools.

    `name` is empty when it tells none that can be used.
    """

    email: str
    verified: bool
    affiliations: frozenset[str] | None = None
    schools: frozenset[str] | None = None
    name: str = ""

    @property
    def institutions(self) -> frozenset[str]:
        """The schools without the two digits of the location: a provider often names the main
        location for everybody."""
        return _institutions(self.schools or ())


def claimed_by(provider: Provider, claims: Mapping[str, object]) -> Claimed:
    """Reads the claims of a provider; what is not of the right kind counts as not told."""
    preset = provider.preset
    email = next(iter(_texts(claims.get(preset.email))), "").strip()
    # In lower case some letters of other alphabets are ours, and would make it somebody else.
    email = email.lower() if _ADDRESS.fullmatch(email) else ""
    name, _, domain = email.rpartition("@")
    said = [claims.get(name) for name in preset.verified]
    # Only the very value true: a text "false" is true in Python. What a provider itself doubts is
    # not made true by its domain.
    verified = any(one is True for one in said) or (
        domain in provider.domains and not any(str(one).lower() in _NO for one in said)
    )
    return Claimed(
        email=email if name and domain else "",
        verified=bool(name) and verified,
        affiliations=_told(claims, preset.affiliation, str.lower),
        schools=_told(claims, preset.school, str.upper),
        name=_name(claims, preset),
    )


def refused_before(provider: Provider, claimed: Claimed) -> Refusal | None:
    """Why nobody with these claims gets in, whoever it is; pupils among others."""
    if claimed.affiliations is not None and (
        "student" in claimed.affiliations or not claimed.affiliations & provider.preset.staff
    ):
        return Refusal.NO_STAFF
    if not claimed.email:
        return Refusal.NO_ADDRESS
    # Whoever runs the provider could else write down anybody's address.
    if provider.domains and claimed.email.rpartition("@")[2] not in provider.domains:
        return Refusal.OTHER_DOMAIN
    return None if claimed.verified else Refusal.NOT_VERIFIED


def refused_at(claimed: Claimed, own_schools: Iterable[str]) -> Refusal | None:
    """Why a known person does not get in. `own_schools`: BRINs where this person has a place."""
    if claimed.schools is None:
        return None
    own = _institutions(own_schools)
    return None if claimed.institutions & own else Refusal.OTHER_SCHOOL


def is_told_to_be_staff(provider: Provider, claimed: Claimed) -> bool:
    """Whether the provider says so of somebody who gets in, and of which school."""
    if claimed.affiliations is None:
        return False
    return bool(claimed.affiliations & provider.preset.staff and claimed.institutions)


def _institutions(schools: Iterable[str]) -> frozenset[str]:
    found = (_INSTITUTION.match(school) for school in schools)
    return frozenset(one[0] for one in found if one)


def _name(claims: Mapping[str, object], preset: Preset) -> str:
    for parts in preset.names:
        told = [next(iter(_texts(claims.get(part))), "") for part in parts]
        name = " ".join(" ".join(without_steering(one) for one in told).split())
        if name and fits_one_line(name) and len(name) <= _LONGEST_NAME:
            return name
    return ""


def _told(
    claims: Mapping[str, object], name: str, tidy: Callable[[str], str]
) -> frozenset[str] | None:
    if not name:
        return None
    # The same for names of schools and kinds of people: neither is ever anything but plain.
    return frozenset(tidy(text.strip()) for text in _texts(claims.get(name)) if text.isascii())


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    return []
