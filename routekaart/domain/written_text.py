"""What people write in a field: what is left out of it, and what cannot be in it. Pure.

The classes of characters are as they stand between the brackets of a regular expression.
"""

import re

from routekaart.domain.errors import BadInput

# Without tab and line end; the second has those too.
CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
CONTROL_OR_BREAK = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
# They turn the order of what is read: ‘Jan\u202egpj.exe’ shows as ‘Janexe.jpg’. Nobody types
# them, and they come along with what is pasted from pages, mail and lists of contacts.
STEERING = r"\u202a-\u202e\u2066-\u2069"
NO_CONTROL = "Gebruik geen onzichtbare stuurtekens."
NO_CONTROL_OR_BREAK = "Gebruik geen regeleinden of onzichtbare stuurtekens."
NO_ADDRESS = "Zet geen webadres in een naam."
# What mail programs and browsers make a link of.
_ADDRESS = re.compile(
    r"://|www\.|\w\.\w{2,}/|\w{2}\.(nl|be|eu|com|net|org|info|io|app|site|online)\b",
    re.IGNORECASE,
)
_CONTROL = re.compile(f"[{CONTROL}]")
_CONTROL_OR_BREAK = re.compile(f"[{CONTROL_OR_BREAK}]")
_STEERING = re.compile(f"[{STEERING}]")


def without_steering(text: str) -> str:
    """The text without the characters that steer the direction of what comes after them."""
    return text if text.isascii() else _STEERING.sub("", text)


def fits_one_line(text: str) -> bool:
    """Whether it has no line end and no character that nobody can see."""
    return not _CONTROL_OR_BREAK.search(text)


def fits_lines(text: str) -> bool:
    """The same of running text, which has line ends."""
    return not _CONTROL.search(text)


def with_one_line_end(text: str) -> str:
    """The text with one kind of line end: browsers and programs send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def checked_name(field: str, name: str) -> str:
    """The name of a board, a school or a team, which stands above mail to anybody whom they add.

    Raises `BadInput` (`address_in_name`) on `field` for one that holds a web address: such a mail
    would say what somebody typed, with a link, in our name.
    """
    if _ADDRESS.search(name):
        raise BadInput(field, NO_ADDRESS, code="address_in_name")
    return name
