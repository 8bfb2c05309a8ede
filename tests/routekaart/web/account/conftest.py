"""Providers on loopback."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.models import Person
from tests.makers import grant, make_colleague, make_team
from tests.oidc_providers import (
    LyingProvider,
    RealProvider,
    start_lying_provider,
    start_real_provider,
)
from tests.routekaart.web.account.elsewhere import use
from tests.routekaart.web.account.signing_in import LONG_PASSWORD


@pytest.fixture(scope="package")
def real_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealProvider]:
    with start_real_provider(tmp_path_factory.mktemp("oidc") / "log") as provider:
        yield provider


@pytest.fixture
def google(real_provider: RealProvider, settings: Settings) -> RealProvider:
    """The real provider, set up as Google is."""
    use(settings, "google", real_provider.issuer)
    return real_provider


@pytest.fixture
def liar(settings: Settings) -> Iterator[LyingProvider]:
    with start_lying_provider() as provider:
        use(settings, "google", provider.issuer)
        yield provider


@pytest.fixture
def entree(real_provider: RealProvider, settings: Settings) -> RealProvider:
    """The same, set up as Entree Federatie is."""
    use(settings, "entree", real_provider.issuer, domains=("school.test",))
    return real_provider


@pytest.fixture
def director() -> Person:
    """Somebody with a password, at a school that a federation may speak for."""
    team = make_team()
    person = make_colleague(team, password=LONG_PASSWORD)
    grant(person, Role.DIRECTOR, school=team.school)
    Person.objects.filter(pk=person.pk).update(email="directie@school.test")
    person.refresh_from_db()
    return person
