"""What a team may say of an advice."""

import pytest

from routekaart.domain.advice_desk import Decision, check_decisions
from routekaart.domain.errors import BadInput

COURSES = ("lezen", "kijken")


def test_taken_without_and_declined_with_a_reason() -> None:
    check_decisions(COURSES, [Decision("lezen", True), Decision("kijken", False, "Te lang.")])


@pytest.mark.parametrize(
    ("decision", "field", "code"),
    [
        (Decision("vreemd", True), "decisions.1.course", "not_in_advice"),
        (Decision("lezen", False, "Nee."), "decisions.1.course", "listed_twice"),
        (Decision("kijken", False, " \n"), "decisions.1.reason", "reason_missing"),
    ],
)
def test_what_says_nothing(decision: Decision, field: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_decisions(COURSES, [Decision("lezen", True), decision])
    assert (caught.value.field, caught.value.code) == (field, code)
