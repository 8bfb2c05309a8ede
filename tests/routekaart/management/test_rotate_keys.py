"""After a new secret of the site the second steps still work, also without the former one."""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django.fixtures import Settings

from routekaart.web.second_factor import SecondFactorAdapter
from tests.makers import make_person

pytestmark = pytest.mark.django_db
ADAPTER = SecondFactorAdapter()


@pytest.fixture
def row() -> Authenticator:
    return Authenticator.objects.create(
        user=make_person(),
        type=Authenticator.Type.RECOVERY_CODES,
        data={"seed": ADAPTER.encrypt("zaad"), "used_mask": 3},
    )


def test_what_lay_encrypted_goes_to_the_new_secret(row: Authenticator, settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "een-nieuw-geheim"
    call_command("rotate_keys")
    settings.SECRET_KEY_FALLBACKS = []
    row.refresh_from_db()
    assert ADAPTER.decrypt(row.data["seed"]) == "zaad"
    assert row.data["used_mask"] == 3


def test_without_the_former_secret_nothing_is_changed(
    row: Authenticator, settings: Settings
) -> None:
    before = row.data
    settings.SECRET_KEY = "een-nieuw-geheim"
    with pytest.raises(CommandError, match="SECRET_KEY_FALLBACKS"):
        call_command("rotate_keys")
    row.refresh_from_db()
    assert row.data == before
    with pytest.raises(InvalidToken):
        ADAPTER.decrypt(row.data["seed"])
