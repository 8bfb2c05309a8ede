"""What is left out of what people write, and what cannot be in it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.domain.errors import BadInput
from routekaart.domain.written_text import (
    checked_name,
    fits_lines,
    fits_one_line,
    with_one_line_end,
    without_steering,
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Jan\u202egpj.exe", "Jangpj.exe"),
        ("\u202aNoor\u202c", "Noor"),
        ("\u2066Sam\u2069", "Sam"),
        # A mark without an order of its own, and writing from right to left.
        ("שלום\u200f", "שלום\u200f"),
        ("Zoë", "Zoë"),
        ("", ""),
    ],
)
def test_nothing_turns_the_order_of_reading(text: str, left: str) -> None:
    assert without_steering(text) == left


@given(st.text())
def test_what_fits_holds_no_control(text: str) -> None:
    controls = {sign for sign in text if unicodedata.category(sign) == "Cc"}
    assert fits_lines(text) == (controls <= {"\t", "\n", "\r"})
    assert fits_one_line(text) == (not controls and not {"\u2028", "\u2029"} & {*text})


@pytest.mark.parametrize(
    "name",
    [
        "DUO: bevestig uw gegevens op https://evil.test/duo",
        "HTTPS://EVIL.TEST",
        "Kijk op www.evil.test",
        "DUO: log in op duo-controle.nl",
        "evil.test/duo",
        "WWW.evil.test",
    ],
)
def test_a_name_leads_nowhere(name: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_name("name", name)
    assert (refused.value.field, refused.value.code, refused.value.message) == (
        "name",
        "address_in_name",
        "Zet geen webadres in een naam.",
    )


@pytest.mark.parametrize("name", ["De Wilg", "Groep 1/2: onderbouw", "B.S. De Hoeksteen", "Www"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert checked_name("name", name) == name


def test_one_kind_of_line_end() -> None:
    assert with_one_line_end("een\r\ntwee\rdrie\nvier") == "een\ntwee\ndrie\nvier"
