"""Every page that is for somebody asks nobody any further than to sign in."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from tests.page_places import addresses, names_without_ids

# Accounts and the admin are of packages, with forms of their own for signing in.
_OF_PACKAGES = ("account_", "mfa_", "openid_", "admin:")
PUBLIC = {
    "account:invitation_sent",
    "catalogue_report",
    # Nothing is in the answer: who types finds out at the next save.
    "intake:presence",
    "privacy:privacy",
    "start",
    "visitor:advice",
    "visitor:choose",
    "visitor:courses",
    "visitor:interventions",
    "visitor:team",
}


@pytest.mark.usefixtures("catalogue")
def test_nobody_gets_further_than_signing_in(pages: Client) -> None:
    paths = {name: reverse(name) for name in names_without_ids()} | {
        one.name: reverse(
            one.name, kwargs={**one.words, **{key: one.absent(key) for key in one.ids}}
        )
        for one in addresses()
    }
    passed = {
        name
        for name, path in paths.items()
        if not name.startswith(_OF_PACKAGES)
        for answered in (pages.get(path), pages.post(path))
        if answered.status_code != HTTPStatus.METHOD_NOT_ALLOWED
        and not answered.headers.get("Location", "").startswith("/accounts/login/")
    }
    assert passed == PUBLIC
