"""What stands in addresses and files that we made ourselves, and that others may have changed."""

import contextlib
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from routekaart.actions.privacy.erasure_list import listed_erasures
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.rules.bsn import holds_bsn
from routekaart.queries.documents.link_tokens import link_id_of, token_of
from routekaart.queries.organisation.invitations import invitation_of
from routekaart.queries.organisation.tokens import token_for
from tests.tiers import examples

# As it comes out of an address or a header: there are no halves of signs in those.
WORDS = st.text(st.characters(codec="utf-8"))
ONE = UUID(int=1)
SAME = [HealthCheck.function_scoped_fixture]


@tried(max_examples=examples(100, 3000))
@given(WORDS, st.integers(0, 100))
def test_only_what_was_signed_here_is_a_link(text: str, place: int) -> None:
    good = token_of(ONE)
    assert link_id_of(good) == ONE
    assert link_id_of(text) is None
    changed = good[:place] + text + good[place:]
    assert changed == good or link_id_of(changed) is None


@pytest.mark.django_db
@tried(max_examples=examples(30, 1000), suppress_health_check=SAME, deadline=None)
@given(text=WORDS | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_is_no_invitation_and_no_token(text: str) -> None:
    assert invitation_of(text) is None
    assert token_for(text) is None


@tried(max_examples=examples(100, 3000), suppress_health_check=SAME)
@given(content=st.binary() | st.just(f"{ONE}\n{str(ONE)[:9]}".encode()))
def test_any_file_of_erasures_is_read(settings: Settings, tmp_path: Path, content: bytes) -> None:
    settings.ERASURES_FILE = tmp_path / "erasures.txt"
    settings.ERASURES_FILE.write_bytes(content)
    assert set(listed_erasures()) == ({ONE} if str(ONE).encode() in content else set())


@tried(max_examples=examples(100, 3000))
@given(WORDS | st.text("0123456789- ", max_size=10))
def test_any_text_is_a_school_year_or_none(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert SchoolYear.parse(text).label == text


@tried(max_examples=examples(100, 3000))
@given(st.text() | st.text("0123456789 .-", max_size=60))
def test_a_number_of_a_citizen_has_nine_digits(text: str) -> None:
    assert not holds_bsn(text) or sum(sign.isdecimal() for sign in text) >= 8
