"""The secret part of the address of a link."""

import re
from uuid import UUID, uuid4

from django.core import signing
from pytest_django.fixtures import Settings

from routekaart.queries.documents.link_tokens import link_id_of, token_of


def test_it_names_a_row_and_is_made_anew_the_same() -> None:
    link_id = uuid4()
    token = token_of(link_id)
    assert (token_of(link_id), link_id_of(token)) == (token, link_id)
    assert re.fullmatch(r"[0-9a-f]{32}\.[\w-]{43}", token)


def test_every_changed_character_is_noticed() -> None:
    token = token_of(UUID("12345678-1234-4234-8234-123456789abc"))
    for place, letter in enumerate(token):
        other = "b" if letter != "b" else "c"
        assert link_id_of(token[:place] + other + token[place + 1 :]) is None
    for wrong in ("", ".", token[:-1], token + "a", token.upper(), token.partition(".")[0]):
        assert link_id_of(wrong) is None


def test_what_was_signed_for_something_else_opens_nothing() -> None:
    link_id = uuid4()
    assert link_id_of(signing.Signer(salt="other", sep=".").sign(link_id.hex)) is None
    assert link_id_of(signing.Signer(sep=".").sign(link_id.hex)) is None
    ours = signing.Signer(salt="routekaart.document-link", sep=".")
    assert link_id_of(ours.sign("no id")) is None


def test_another_secret_ends_all(settings: Settings) -> None:
    token = token_of(uuid4())
    settings.SECRET_KEY = "another-secret-of-the-site"
    assert link_id_of(token) is None
