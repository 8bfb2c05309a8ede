"""What an erasure takes out of sessions, in one reading of all of them."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.actions.privacy.sessions import CHOSEN_FILE, KEPT_FORM, MAILBOX, clear_sessions
from routekaart.domain.personal_data.names import Named

pytestmark = pytest.mark.django_db

WIM = Named(str(uuid4()), "Wim de Wit", "wim@voorbeeld.test")
SCHOOL, OTHER = uuid4(), uuid4()


def _session(**data: Any) -> str:
    made = SessionStore()
    made.update({SESSION_KEY: str(uuid4()), **data})
    made.save()
    assert made.session_key is not None
    return made.session_key


def _form(*, by: str = "", path: str = "/", **fields: str) -> dict[str, str]:
    return {"for": by or str(uuid4()), "path": path, "fields": urlencode(fields)}


def _chosen(school: object, content_hash: str) -> dict[str, str]:
    return {"school": str(school), "hash": content_hash}


def _left_in(key: str) -> set[str]:
    return set(Session.objects.get(pk=key).get_decoded()) - {SESSION_KEY}


def test_sessions_of_the_person_end_and_others_lose_what_is_about_them() -> None:
    own = _session(**{SESSION_KEY: WIM.id, KEPT_FORM: _form(), CHOSEN_FILE: _chosen(SCHOOL, "own")})
    of_others = {
        _session(**data): left
        for data, left in (
            ({}, set()),
            ({KEPT_FORM: _form(by=WIM.id)}, set()),
            ({KEPT_FORM: _form(path=f"/beheer/{WIM.id}/wissen")}, set()),
            ({KEPT_FORM: _form(tekst="Bel WIM DE WIT.")}, set()),
            ({KEPT_FORM: _form(wie=WIM.id)}, set()),
            ({KEPT_FORM: _form(tekst="Bel Noor Blauw.")}, {KEPT_FORM}),
            ({MAILBOX: {"email": "wim@voorbeeld.test", "until": 1.5}}, set()),
            ({MAILBOX: {"email": "a@b.test", "login": {"name": "Wim de Wit"}}}, set()),
            ({MAILBOX: {"email": "noor@voorbeeld.test"}}, {MAILBOX}),
            ({CHOSEN_FILE: _chosen(SCHOOL, "here")}, set()),
            ({CHOSEN_FILE: _chosen(OTHER, "there")}, {CHOSEN_FILE}),
            ({KEPT_FORM: _form(wie=WIM.id), CHOSEN_FILE: _chosen(SCHOOL, "both")}, set()),
            ({KEPT_FORM: _form(), CHOSEN_FILE: _chosen(SCHOOL, "one")}, {KEPT_FORM}),
            ({KEPT_FORM: _form(by=WIM.id), CHOSEN_FILE: _chosen(OTHER, "no")}, {CHOSEN_FILE}),
        )
    }
    assert sorted(clear_sessions(WIM, [SCHOOL])) == ["both", "here", "one", "own"]
    assert not Session.objects.filter(pk=own).exists()
    assert {key: _left_in(key) for key in of_others} == of_others
    # Who they are of stays signed in.
    assert all(Session.objects.get(pk=key).get_decoded()[SESSION_KEY] for key in of_others)
    assert clear_sessions(WIM, [SCHOOL]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_all_sessions_are_read_once(count: int) -> None:
    for _ in range(count):
        _session(**{KEPT_FORM: _form(tekst="Bel Noor Blauw.")})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert clear_sessions(WIM, [SCHOOL]) == []
    assert len(queries) == 1
