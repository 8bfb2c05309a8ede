"""What a provider says of somebody, and who does not get in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.federated import (
    SENTENCES,
    Claimed,
    Refusal,
    claimed_by,
    is_told_to_be_staff,
    refused_at,
    refused_before,
)
from routekaart.sign_in_providers import PRESETS, Provider
from tests.tiers import examples


def provider(slug: str, *domains: str) -> Provider:
    return Provider(slug, "X", "https://x.test", "id", "geheim", PRESETS[slug], domains)


@pytest.mark.parametrize(
    ("slug", "claims", "verified"),
    [
        ("google", {"email_verified": True}, True),
        ("google", {"email_verified": False}, False),
        ("google", {"email_verified": "true"}, False),
        ("google", {}, False),
        # What Google says means nothing in the mouth of Microsoft.
        ("microsoft", {"email_verified": True}, False),
        ("microsoft", {"xms_edov": True}, True),
        ("microsoft", {"xms_edov": "1"}, False),
    ],
)
def test_only_true_is_verified(slug: str, claims: dict[str, object], verified: bool) -> None:
    found = claimed_by(provider(slug), {"email": "Juf@School.test ", **claims})
    assert (found.email, found.verified) == ("juf@school.test", verified)


def test_of_a_named_domain_every_address_counts() -> None:
    assert claimed_by(provider("microsoft", "school.test"), {"email": "j@SCHOOL.test"}).verified
    for email in ("j@andere.test", "j@school.test.andere.test", "j@sub.school.test", "school.test"):
        assert not claimed_by(provider("microsoft", "school.test"), {"email": email}).verified


@pytest.mark.parametrize("slug", sorted(PRESETS))
def test_nobody_speaks_for_an_address_outside_the_named_domains(slug: str) -> None:
    found = provider(slug, "school.test")
    says = {"email_verified": True, "xms_edov": True, "eduPersonAffiliation": ["staff"]}
    for email, refusal in (
        ("j@SCHOOL.test", None),
        ("j@andere.test", Refusal.OTHER_DOMAIN),
        ("j@sub.school.test", Refusal.OTHER_DOMAIN),
        ("j@school.test.andere.test", Refusal.OTHER_DOMAIN),
        ("school.test", Refusal.NO_ADDRESS),
    ):
        claimed = claimed_by(found, {"email": email, "mail": email, **says})
        assert refused_before(found, claimed) is refusal


@pytest.mark.parametrize("no", [False, "false", "False", 0, "0"])
@pytest.mark.parametrize(
    ("slug", "claim"), [("anders", "email_verified"), ("microsoft", "xms_edov")]
)
def test_a_named_domain_does_not_outweigh_a_no(slug: str, claim: str, no: object) -> None:
    found = provider(slug, "school.test")
    claimed = claimed_by(found, {"email": "j@school.test", claim: no})
    assert refused_before(found, claimed) is Refusal.NOT_VERIFIED


@pytest.mark.parametrize("claims", [{}, {"email": 7}, {"email": ["", 3]}, {"email": {"a": "b"}}])
def test_what_is_of_another_kind_is_not_told(claims: dict[str, object]) -> None:
    claimed = claimed_by(provider("google"), {"email_verified": True, **claims})
    assert refused_before(provider("google"), claimed) is Refusal.NO_ADDRESS


@pytest.mark.parametrize(
    ("affiliations", "refusal"),
    [
        ({"employee"}, None),
        ({"staff", "affiliate"}, None),
        ({"student"}, Refusal.NO_STAFF),
        ({"student", "employee"}, Refusal.NO_STAFF),
        ({"affiliate"}, Refusal.NO_STAFF),
        (set(), Refusal.NO_STAFF),
    ],
)
def test_only_staff_signs_in(affiliations: set[str], refusal: Refusal | None) -> None:
    claimed = Claimed("j@school.test", verified=True, affiliations=frozenset(affiliations))
    assert refused_before(provider("entree"), claimed) is refusal


@pytest.mark.parametrize(
    ("told", "own", "refusal"),
    [
        (None, [], None),
        ({"16SW00"}, ["16SW00"], None),
        ({"16SW"}, ["16SW01"], None),
        ({"16SW00"}, ["16SW01", "20AB00"], None),
        ({"16SW00"}, ["20AB00"], Refusal.OTHER_SCHOOL),
        ({"16SW00"}, [], Refusal.OTHER_SCHOOL),
        (set(), ["16SW00"], Refusal.OTHER_SCHOOL),
    ],
)
def test_only_of_a_school_that_knows_this_person(
    told: set[str] | None, own: list[str], refusal: Refusal | None
) -> None:
    schools = None if told is None else frozenset(told)
    claimed = Claimed("j@school.test", verified=True, schools=schools)
    assert refused_at(claimed, own) is refusal


def test_every_refusal_says_what_to_do() -> None:
    for refusal in Refusal:
        assert SENTENCES[refusal].format(provider="Google").endswith(".")


@pytest.mark.parametrize(
    "email",
    ["mar\u212a@school.test", "j\u0131f@school.test", "ju\u017f@school.test", "ju\0f@school.test",
     "ju f@school.test", "ju\nf@school.test", "j\u00fcf@school.test", "x" * 250 + "@school.test"],
)  # fmt: skip
def test_an_address_with_letters_that_become_ours_is_nobodys(email: str) -> None:
    claims = {"email": email, "email_verified": True}
    assert claimed_by(provider("google"), claims).email == ""


def test_a_school_with_such_letters_is_no_school() -> None:
    claims = {"nlEduPersonHomeOrganizationId": ["16\u017fw", "16sw"]}
    assert claimed_by(provider("entree"), claims).schools == frozenset({"16SW"})


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"displayName": "Juf Ria"}, "Juf Ria"),
        ({"givenName": "Ria", "nlEduPersonTussenvoegsels": "de", "sn": "Wit"}, "Ria de Wit"),
        ({"givenName": "Ria", "sn": ["Wit"]}, "Ria Wit"),
        ({"displayName": " ", "name": "Ria  Wit"}, "Ria Wit"),
        ({"displayName": "Ria\u202eW", "name": "Wit"}, "RiaW"),
        ({"displayName": "R\x00a", "name": "Wit"}, "Wit"),
        ({"displayName": "x" * 201, "sn": 7}, ""),
        ({}, ""),
    ],
)
def test_what_somebody_is_called(told: dict[str, object], name: str) -> None:
    assert claimed_by(provider("entree"), told).name == name


@pytest.mark.parametrize(
    ("slug", "affiliations", "schools", "is_staff"),
    [
        ("entree", {"employee"}, {"16SW00"}, True),
        ("entree", {"staff", "affiliate"}, {"16SW"}, True),
        ("entree", {"affiliate"}, {"16SW00"}, False),
        ("entree", {"employee"}, {"school.test"}, False),
        ("entree", {"employee"}, set(), False),
        ("google", {"employee"}, {"16SW00"}, False),
        ("entree", None, {"16SW00"}, False),
        ("entree", {"employee"}, None, False),
    ],
)
def test_who_is_told_to_be_staff(
    slug: str, affiliations: set[str] | None, schools: set[str] | None, is_staff: bool
) -> None:
    claimed = Claimed(
        "j@school.test",
        verified=True,
        affiliations=None if affiliations is None else frozenset(affiliations),
        schools=None if schools is None else frozenset(schools),
    )
    assert is_told_to_be_staff(provider(slug), claimed) is is_staff


CLAIMS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = ["email", "mail", "email_verified", "xms_edov", "eduPersonAffiliation"]
NAMES += ["nlEduPersonHomeOrganizationId", "displayName", "name", "givenName", "sn"]


@settings(max_examples=examples(100, 5000))
@given(
    st.sampled_from(sorted(PRESETS)),
    st.dictionaries(st.sampled_from(NAMES) | st.text(), CLAIMS, max_size=6),
)
def test_any_claims_are_read_and_give_no_strange_address(
    slug: str, claims: dict[str, object]
) -> None:
    found = claimed_by(provider(slug, "school.test"), claims)
    assert found.email.isascii()
    assert found.email.isprintable()
    assert len(found.name) <= 200
    assert found.name == " ".join(found.name.split())
    refused = refused_before(provider(slug), found)
    assert found.email or refused is not None
    assert refused_at(found, ["16SW00"]) in {None, Refusal.OTHER_SCHOOL}
