"""A stored advice reads back as what it was."""

import json
from datetime import date

import pytest
from pydantic import ValidationError

from courses.advice import AdviceRequest
from courses.entities import Catalogue
from courses.matching import match
from routekaart.queries.advice.stored import advice_from_json, advice_to_json

pytestmark = pytest.mark.django_db


def test_there_and_back(catalogue: Catalogue) -> None:
    advice = match(
        catalogue,
        AdviceRequest(
            interventions=tuple(one.slug for one in catalogue.interventions),
            functions=("leerkracht", "onderwijsassistent"),
            today=date(2026, 8, 24),
            sector="po",
        ),
    )
    assert advice_from_json(json.loads(json.dumps(advice_to_json(advice)))) == advice


def test_anything_else_is_refused() -> None:
    with pytest.raises(ValidationError):
        advice_from_json({"items": []})
