"""A trainer before a submitted routekaart."""

import pytest
from django.test import Client

from courses.entities import Catalogue
from tests.stages import Stage


@pytest.fixture
def stage(pages: Client, catalogue: Catalogue) -> Stage:  # noqa: ARG001  (must be loaded)
    made = Stage().submitted()
    pages.force_login(made.trainer)
    return made
