"""What one cell of a list of people says. Pure; raises `BadInput` with what to do about it.

The field of the error is left to who reads the row: a cell does not know its column.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from courses.dutch import listed
from courses.entities import Function
from routekaart.domain.content.wording import WEEKDAYS
from routekaart.domain.errors import BadInput
from routekaart.domain.rules.bsn import holds_bsn
from routekaart.domain.rules.letters import is_garbled, mixed_word, strange_letter, unseen
from routekaart.domain.written_dates import read_date

_LONGEST = 500
_LONGEST_NAME = 200
_LONGEST_EMAIL = 254
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# What a spreadsheet shows where a formula failed.
_FORMULA_ERROR = re.compile(r"#[A-Z0-9/!?]+[!?]?")
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[a-z]{{2,63}}")
_BRIN = re.compile(r"\d{2}[A-Z]{2}\d{2}", re.ASCII)
_FTE = re.compile(r"(\d{1,3})(?:[.,](\d{1,8}))? ?(%|fte|wtf)?", re.ASCII | re.IGNORECASE)
_MOST_FTE = Decimal("1.2")
_FTE_STEP = Decimal("0.001")
_SERIAL = re.compile(r"\d{5}", re.ASCII)
# Day 0 of the dates of Excel, and the days that such a number may stand for: 1954 to 2119.
_SERIAL_START = date(1899, 12, 30)
_SERIALS = range(20_000, 80_500)
_FIRST_YEAR = 1950
# From here on a date means that no end is known.
NO_END = 2100
_SEVERAL = re.compile(r"[;,/|+&\n]| en ")
_DAY_RANGE = re.compile(r"([a-z]+)\.? ?(?:t/m|tot en met|t\.e\.m\.) ?([a-z]+)\.?")
_DAY_MARKS = re.compile(r"[\s,;/+&.|–-]+")
_TWO_DAYS = re.compile(r"[a-z]+\.? ?[–-] ?[a-z]+\.?")
_DAYS: Mapping[str, int] = {
    word: number for number, day in enumerate(WEEKDAYS, start=1) for word in (day, day[:2])
}
_WHOLE_WEEK = frozenset({"alle", "alle dagen", "hele week", "alle werkdagen"})

# Role → what it is called, and how else lists call it. The first word is ours.
ROLE_WORDS: Mapping[str, tuple[str, ...]] = {
    "member": ("teamlid", "lid", "member"),
    "team_lead": ("teamleider", "teamleidster", "team lead"),
    "trainer": ("trainer",),
    "director": ("directie", "directeur", "directielid", "director"),
    "mr_reader": ("MR", "pmr", "mr-lid", "lid van de mr", "mr reader"),
    "school_admin": ("schoolbeheerder", "beheerder", "school admin"),
    "catalogue_manager": ("catalogusbeheerder", "catalogue manager"),
}
# Roles that are not a school's to give.
_HIGHER = frozenset({"bestuur", "board"})
_ROLE_OF: Mapping[str, str] = {
    word.casefold(): role for role, words in ROLE_WORDS.items() for word in words
}
_ALSO: Mapping[str, str] = {
    "ib": "intern-begeleider",
    "ib'er": "intern-begeleider",
    "ib-er": "intern-begeleider",
    "leraar": "leerkracht",
    "leraren": "leerkracht",
}


def clean(text: str) -> str:
    """A cell on one line. Refuses a formula and signs that nobody can see or type."""
    if unseen(text):
        raise _wrong(
            "control_character",
            "In deze cel staat een onzichtbaar teken. Maak de cel leeg en typ hem opnieuw.",
        )
    if is_garbled(text):
        raise _wrong(
            "garbled",
            "In deze cel zijn letters met accenten verminkt. Sla de lijst op als ‘CSV UTF-8’ of "
            "als .xlsx.",
        )
    if word := mixed_word(text):
        raise _wrong(
            "mixed_letters",
            f"In ‘{word[:40]}’ staat een letter uit een ander alfabet die op die van ons lijkt. "
            "Typ dit woord opnieuw.",
        )
    # A dash alone is how many lists write: nothing.
    line = " ".join(text.split())
    if line in {"-", "–"}:
        return ""
    if line.startswith(_FORMULA_STARTS) or _FORMULA_ERROR.fullmatch(line):
        raise _wrong("formula", "Hier staat een formule. Zet er de waarde zelf neer.")
    if len(line) > _LONGEST:
        raise _wrong("too_long", "Deze cel is te lang. Maak hem korter.")
    return line


def read_school(text: str) -> str:
    """BRIN and location, like 16SW00."""
    code = re.sub(r"[\s.-]", "", text).upper()
    if not _BRIN.fullmatch(code):
        raise _wrong("school_form", "Schrijf BRIN en vestiging samen, zoals 16SW00.")
    return code


def read_email(text: str) -> str:
    """The address in lower case."""
    if sign := strange_letter(text):
        raise _wrong(
            "email_letters",
            f"In dit adres staat ‘{sign}’. Dat is geen gewone letter, ook als het daarop lijkt. "
            "Typ het adres opnieuw.",
        )
    address = text.lower()
    # Some mail servers know more, but an address that looks like this is one everywhere.
    if len(address) > _LONGEST_EMAIL or not _EMAIL.fullmatch(address):
        raise _wrong("email", "Dit is geen e-mailadres. Controleer het.")
    return address


def read_name(text: str) -> str:
    if len(text) > _LONGEST_NAME:
        raise _wrong("too_long", f"Een naam heeft hoogstens {_LONGEST_NAME} tekens.")
    if holds_bsn(text):
        raise _wrong("bsn", "In de naam staat een getal. Haal het weg.")
    return text


def read_roles(text: str) -> tuple[str, ...]:
    """The roles, each once."""
    found = []
    for word in _parts(text):
        key = word.casefold().replace("_", " ")
        if key in _HIGHER:
            raise _wrong(
                "role_not_grantable", f"De rol ‘{word}’ geeft een school niet zelf. Haal hem weg."
            )
        if key not in _ROLE_OF:
            ours = listed([words[0] for words in ROLE_WORDS.values()], "of")
            raise _wrong("unknown_role", f"De rol ‘{word}’ kennen we niet. Kies {ours}.")
        found.append(_ROLE_OF[key])
    return tuple(dict.fromkeys(found))


class FunctionNames:
    """The functions of the catalogue by every way to write them."""

    def __init__(self, functions: Iterable[Function]) -> None:
        functions = tuple(functions)
        self._titles = [function.title.casefold() for function in functions]
        self._slugs = {
            word.casefold(): function.slug
            for function in functions
            for word in (function.slug, function.title, function.plural)
        }
        for word, slug in _ALSO.items():
            if slug in self._slugs:
                self._slugs.setdefault(word, slug)

    def read(self, text: str) -> tuple[str, ...]:
        """The slugs, each once."""
        found = []
        for word in _parts(text):
            slug = self._slugs.get(word.casefold().replace("’", "'"))
            if slug is None:
                raise _wrong(
                    "unknown_function",
                    f"De functie ‘{word}’ kennen we niet. Kies {listed(self._titles, 'of')}.",
                )
            found.append(slug)
        return tuple(dict.fromkeys(found))


def read_fte(text: str) -> Decimal:
    """A part of a full week in three decimals; 80% is 0.8."""
    match = _FTE.fullmatch(text)
    if match is None:
        raise _wrong("fte_form", "Schrijf de wtf als getal, zoals 0,8.")
    value = Decimal(f"{match[1]}.{match[2] or 0}")
    if match[3] == "%":
        value /= 100
    if value > _MOST_FTE:
        raise _wrong(
            "fte_range", "De wtf is hoogstens 1,2. Schrijf een deel van een volle week, zoals 0,8."
        )
    return value.quantize(_FTE_STEP, ROUND_HALF_UP)


def read_days(text: str) -> tuple[int, ...]:
    """ISO weekdays in order. A range is written out or with t/m: ‘ma-do’ may mean two days."""
    plain = text.casefold()
    if plain in _WHOLE_WEEK:
        return (1, 2, 3, 4, 5)
    days: set[int] = set()
    for first, last in _DAY_RANGE.findall(plain):
        begin, end = _day(first), _day(last)
        if end < begin:
            raise _wrong("days_order", "Deze dagen staan in de verkeerde volgorde.")
        days.update(range(begin, end + 1))
    words = [
        word for word in _DAY_MARKS.split(_DAY_RANGE.sub(" ", plain)) if word not in {"", "en"}
    ]
    own = {_day(word) for word in words}
    if _TWO_DAYS.fullmatch(plain) and max(own, default=0) - min(own, default=0) > 1:
        raise _wrong("days_unclear", "Schrijf ‘ma t/m do’ voor alle dagen, of ‘ma, do’ voor twee.")
    if not days | own:
        raise _days_form()
    return tuple(sorted(days | own))


def _day(word: str) -> int:
    if word not in _DAYS:
        raise _days_form()
    return _DAYS[word]


def read_day(text: str) -> date:
    """A date as people or Excel write it."""
    if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
        return _SERIAL_START + timedelta(days=int(text))
    found = read_date(text)
    if found.year < _FIRST_YEAR:
        raise _wrong("date_impossible", "Deze datum ligt te ver terug. Controleer het jaar.")
    return found


def team_names(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The names in a cell, each once. `known`: those of the teams that there are, in lower case.

    A name may hold what stands between two names elsewhere: ‘Groep 1/2’.
    """
    found: list[str] = []
    for part in text.split(";"):
        name = part.strip()
        found.extend([name] if name.casefold() in known else _parts(name))
    return tuple(dict.fromkeys(found))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(text) if part.strip()]


def _days_form() -> BadInput:
    return _wrong("days_form", "Schrijf de werkdagen uit, zoals ma, di, do.")


def _wrong(code: str, message: str) -> BadInput:
    return BadInput("", message, code=code)
