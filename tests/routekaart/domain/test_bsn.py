"""Numbers that may be a citizen service number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.findings import Severity
from routekaart.domain.rules import (
    Answer,
    FreeText,
    GoalView,
    RoutekaartView,
    holds_bsn,
    passes_bsn_test,
)
from routekaart.domain.rules.bsn import bsn_findings
from tests.small_catalogue import TODAY


class TestBsn:
    @pytest.mark.parametrize("number", ["123456782", "111222333", "010464554"])
    def test_passes(self, number: str) -> None:
        assert passes_bsn_test(number)

    @pytest.mark.parametrize(
        "number",
        [
            "123456789",
            "000000000",
            "12345678",
            "1234567820",
            "12345678a",
            "١٢٣٤٥٦٧٨٢",
            "²23456782",
            "",
        ],
    )
    def test_fails(self, number: str) -> None:
        assert not passes_bsn_test(number)

    @given(st.integers(0, 99_999_999))
    def test_exactly_one_or_no_last_digit_passes(self, first_eight: int) -> None:
        """The last digit is what the first eight leave after division by eleven; ten has none."""
        start = f"{first_eight:08}"
        rest = sum(w * int(d) for w, d in zip(range(9, 1, -1), start, strict=True)) % 11
        passing = [last for last in range(10) if passes_bsn_test(f"{start}{last}")]
        expected = [] if rest == 10 or first_eight == 0 else [rest]
        assert passing == expected

    @pytest.mark.parametrize(
        ("text", "held"),
        [
            ("Leerling 123456782 heeft hulp nodig", True),
            ("bsn:123456782.", True),
            ("1234.56.782", True),
            ("123 456 782", True),
            ("tel 0612345678", False),
            ("9123456782", False),
            ("123456789", False),
            ("", False),
        ],
    )
    def test_in_text(self, text: str, held: bool) -> None:
        assert holds_bsn(text) is held

    def test_a_warning_per_field_that_never_repeats_the_number(self) -> None:
        number = "123456782"
        view = RoutekaartView(
            today=TODAY,
            goals=(GoalView("d1", "Wij leren", f"Voor {number}", courses=("cursus",)),),
            answers=(Answer("rekenen", "x", number),),
            texts=(FreeText("reason", f"{number} en {number}"), FreeText("return_comment", "")),
        )
        found = bsn_findings(view)
        assert [(one.code, one.severity, one.goal, one.field) for one in found] == [
            ("bsn_in_text", Severity.WARNING, None, "reason"),
            ("bsn_in_text", Severity.WARNING, "d1", "noticeable"),
            ("bsn_in_text", Severity.WARNING, None, "answers"),
        ]
        assert not any(number in one.message for one in found)
