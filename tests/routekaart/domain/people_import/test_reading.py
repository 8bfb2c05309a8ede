"""Reading a list of people: forgiving about form, and silent about nothing."""

import contextlib
from datetime import date
from decimal import Decimal

import pytest
from django.core.validators import validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.entities import Function
from routekaart.domain.errors import BadInput
from routekaart.domain.people_import import Column, Header, Names, ReadRow, find_header, read_rows
from routekaart.domain.people_import import template as people_template
from routekaart.domain.people_import.cells import FunctionNames, read_email
from routekaart.domain.table import TableRow
from tests.tiers import examples

NAMES = Names(
    school="16SW00",
    teams=("Onderbouw", "Groep 1/2", "Boven  bouw"),
    functions=FunctionNames(
        [
            Function("leerkracht", "Leerkracht", "Leerkrachten"),
            Function("intern-begeleider", "Intern begeleider", "Intern begeleiders"),
        ]
    ),
)


def header(*titles: str) -> Header:
    return find_header([TableRow(1, titles)])


def rows(*table: tuple[str, ...]) -> tuple[ReadRow, ...]:
    listed = [TableRow(number, cells) for number, cells in enumerate(table, start=1)]
    return read_rows(listed, find_header(listed), NAMES)


def cell(title: str, text: str) -> ReadRow:
    """A right row with one more cell."""
    (found,) = rows(("e-mail", "naam", title), ("sam@x.nl", "Sam", text))
    return found


def problem(title: str, text: str) -> str:
    found = cell(title, text)
    assert [(each.line, each.column) for each in found.problems] == [(2, title)]
    return found.problems[0].code


class TestHeader:
    def test_any_order_and_any_way_of_writing(self) -> None:
        found = header("", " WTF ", "E-mail *", "Tot_en_met", "Rol (kies)", "Schoenmaat", "Naam:")
        assert found.places == {
            Column.FTE: 1,
            Column.EMAIL: 2,
            Column.UNTIL: 3,
            Column.ROLE: 4,
            Column.NAME: 6,
        }
        assert found.ignored == ("Schoenmaat",)
        assert found.title(Column.NAME) == "Naam:"
        assert found.title(Column.TEAM) == "team"

    def test_a_title_may_stand_above_it(self) -> None:
        above = [TableRow(1, ("Personeel 2026",)), TableRow(3, ("Naam", "Mail"))]
        assert find_header(above).row == 3

    @pytest.mark.parametrize(
        ("titles", "code"),
        [
            (("naam", "team"), "columns_missing"),
            ((), "columns_missing"),
            (("e-mail", "naam", "Email"), "column_twice"),
            (("e-mail", "wtf", "fte"), "column_twice"),
            (("e-mail", "BSN"), "bsn_column"),
        ],
    )
    def test_what_is_no_list(self, titles: tuple[str, ...], code: str) -> None:
        with pytest.raises(BadInput) as wrong:
            header(*titles)
        assert (wrong.value.field, wrong.value.code) == ("file", code)

    def test_below_the_first_rows_it_is_not_looked_for(self) -> None:
        far = [TableRow(number, ("x",)) for number in range(1, 11)]
        with pytest.raises(BadInput):
            find_header([*far, TableRow(11, ("e-mail",))])


class TestRow:
    def test_everything_at_once(self) -> None:
        (found,) = rows(
            ("schoolcode", "e-mail", "naam", "rol", "team", "functie", "wtf", "werkdagen", "sinds",
             "tot en met"),
            ("16 sw-00", " Sam@X.nl", "Sam  de Vries", "teamlid, MR", "onderbouw", "IB'er", "0,8",
             "ma t/m wo en vr", "46235", "31 juli 2027"),
        )  # fmt: skip
        assert found == ReadRow(
            line=2,
            email="sam@x.nl",
            name="Sam de Vries",
            roles=("member", "mr_reader"),
            teams=("Onderbouw",),
            functions=("intern-begeleider",),
            fte=Decimal("0.8"),
            days=(1, 2, 3, 5),
            joined=date(2026, 8, 1),
            until=date(2027, 7, 31),
        )

    def test_what_is_empty_says_nothing(self) -> None:
        (found,) = rows(
            ("e-mail", "naam", "team", "wtf", "werkdagen", "tot"), ("sam@x.nl", "", "-", " ")
        )
        assert found == ReadRow(line=2, email="sam@x.nl")

    def test_a_name_in_parts(self) -> None:
        (found,) = rows(
            ("e-mail", "achternaam", "tussenvoegsel", "roepnaam"), ("s@x.nl", "Vries", "de", "Sam")
        )
        assert found.name == "Sam de Vries"

    def test_rows_that_say_nothing_about_anybody(self) -> None:
        example = people_template(school="16SW00", team="Onderbouw")
        assert rows(*example) == ()
        assert rows(("e-mail", "schoenmaat"), ("", "42")) == ()

    def test_all_that_is_wrong_and_not_only_the_first(self) -> None:
        (found,) = rows(
            ("e-mail", "naam", "Rol", "wtf", "sinds", "tot"),
            ("sam", "=A1", "baas", "veel", "1-9-2026", "1-8-2026"),
        )
        assert [(each.column, each.code) for each in found.problems] == [
            ("naam", "formula"),
            ("e-mail", "email"),
            ("Rol", "unknown_role"),
            ("wtf", "fte_form"),
            ("tot", "wrong_order"),
        ]
        assert {each.line for each in found.problems} == {2}

    def test_the_same_address_twice(self) -> None:
        first, second, other = rows(
            ("e-mail", "wtf"), ("sam@x.nl", "1"), ("SAM@x.nl", "veel"), ("mo@x.nl", "1")
        )
        assert (first.problems, other.problems) == ((), ())
        assert [(each.line, each.code) for each in second.problems] == [
            (3, "fte_form"),
            (3, "duplicate"),
        ]
        assert "regel 2" in second.problems[1].message

    def test_no_address(self) -> None:
        found = rows(("e-mail", "naam"), ("", "Sam"), ("", "Mo"), ("\x00", "Bo"))
        assert [[each.code for each in row.problems] for row in found] == [
            ["email_missing"],
            ["email_missing"],
            ["control_character"],
        ]


class TestCells:
    @pytest.mark.parametrize(
        ("title", "text", "code"),
        [
            ("naam", "Sam\x00", "control_character"),
            ("naam", "@SOM(A1)", "formula"),
            ("naam", "#N/A", "formula"),
            ("naam", "#REF!", "formula"),
            ("naam", "x" * 501, "too_long"),
            ("naam", "x" * 201, "too_long"),
            ("naam", "Sam 123456782", "bsn"),
            ("schoolcode", "16SW01", "other_school"),
            ("schoolcode", "16SW", "school_form"),
            ("rol", "bestuur", "role_not_grantable"),
            ("rol", "teamlid; baas", "unknown_role"),
            ("team", "Middenbouw", "unknown_team"),
            ("functie", "kok", "unknown_function"),
            ("wtf", "1,3", "fte_range"),
            ("wtf", "32 uur", "fte_form"),
            ("werkdagen", "4", "days_form"),
            ("werkdagen", "ma-do", "days_unclear"),
            ("werkdagen", "vr t/m ma", "days_order"),
            ("werkdagen", "en-en", "days_form"),
            ("werkdagen", ",", "days_form"),
            ("sinds", "1-8-26", "date_form"),
            ("sinds", "31-2-2026", "date_impossible"),
            ("sinds", "1-1-1900", "date_impossible"),
            ("sinds", "12345", "date_form"),
        ],
    )
    def test_what_is_refused(self, title: str, text: str, code: str) -> None:
        if title == "naam":
            (found,) = rows(("e-mail", "naam"), ("sam@x.nl", text))
            assert [each.code for each in found.problems] == [code]
        else:
            assert problem(title, text) == code

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("0.8", "0.800"),
            ("0,8333", "0.833"),
            ("0.8335", "0.834"),
            ("1", "1.000"),
            ("80%", "0.800"),
            ("0,4 fte", "0.400"),
            ("0", "0.000"),
            ("1.2", "1.200"),
        ],
    )
    def test_fte(self, text: str, value: str) -> None:
        assert cell("wtf", text).fte == Decimal(value)

    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("ma, di, do", (1, 2, 4)),
            ("Maandag en dinsdag", (1, 2)),
            ("do/ma", (1, 4)),
            ("ma. t/m do.", (1, 2, 3, 4)),
            ("ma tot en met wo, vr", (1, 2, 3, 5)),
            ("ma-di", (1, 2)),
            ("ma-di-do", (1, 2, 4)),
            ("ma di", (1, 2)),
            ("ma\ndi", (1, 2)),
            ("Alle dagen", (1, 2, 3, 4, 5)),
            ("za", (6,)),
        ],
    )
    def test_days(self, text: str, days: tuple[int, ...]) -> None:
        assert cell("werkdagen", text).days == days

    @pytest.mark.parametrize(
        ("text", "teams"),
        [
            ("groep 1/2", ("Groep 1/2",)),
            ("Onderbouw; boven bouw", ("Onderbouw", "Boven  bouw")),
            ("Onderbouw\nOnderbouw", ("Onderbouw",)),
            ("Groep 1/2; Onderbouw", ("Groep 1/2", "Onderbouw")),
        ],
    )
    def test_teams(self, text: str, teams: tuple[str, ...]) -> None:
        assert cell("team", text).teams == teams

    def test_functions_and_roles_once(self) -> None:
        assert cell("functie", "leraar en Leerkrachten + ib").functions == (
            "leerkracht",
            "intern-begeleider",
        )
        assert cell("rol", "Directeur/directie, team_lead").roles == ("director", "team_lead")

    def test_no_end_is_no_end(self) -> None:
        assert cell("tot", "31-12-9999").until is None


class TestMessyLists:
    @settings(max_examples=examples(60, 3000), deadline=None)
    @given(st.data())
    def test_every_row_is_read_or_says_what_is_wrong(self, data: st.DataObject) -> None:
        titles = data.draw(st.permutations(["e-mail", "naam", "wtf", "werkdagen", "sinds", "rol"]))
        text = st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                ["sam@x.nl", "mo@x.nl", "0,8", "ma-di", "t/m", "ma t/m", "1-8-2026", "46235", "en"]
            ),
        )
        table = data.draw(st.lists(st.lists(text, max_size=6), max_size=6))
        found = rows(tuple(titles), *(tuple(each) for each in table))
        lines = [row.line for row in found]
        assert lines == sorted(set(lines))
        for row in found:
            assert {each.line for each in row.problems} <= {row.line}
            assert row.problems or row.email
        right = [row.email for row in found if not row.problems]
        assert len(right) == len(set(right))

    @settings(max_examples=examples(60, 3000), deadline=None)
    @given(st.one_of(st.emails(), st.from_regex(r"[a-z.'+-]{1,8}@[a-z.-]{1,9}", fullmatch=True)))
    def test_an_address_that_we_take_is_one_for_the_mail_too(self, text: str) -> None:
        with contextlib.suppress(BadInput):
            validate_email(read_email(text))


class TestLooksLike:
    @pytest.mark.parametrize(
        ("title", "text", "code"),
        [
            ("e-mail", "sаm@x.nl", "mixed_letters"),
            ("e-mail", "саm@x.nl".replace("m", "м"), "email_letters"),
            ("e-mail", "sam@x。nl", "email_letters"),
            ("naam", "Dе Wit", "mixed_letters"),
            ("team", "Οnderbouw", "mixed_letters"),
            ("naam", "ZoÃ«", "garbled"),
            ("naam", "＝1+1", "formula"),
            ("naam", "No\x0bor", "control_character"),
            ("naam", "No\ue000or", "control_character"),
        ],
    )
    def test_what_looks_like_something_else(self, title: str, text: str, code: str) -> None:
        usual = {"e-mail": "sam@x.nl", "naam": "Sam", "team": "Onderbouw"} | {title: text}
        (found,) = rows(tuple(usual), tuple(usual.values()))
        assert [(each.column, each.code) for each in found.problems] == [(title, code)]

    def test_a_cell_that_is_part_of_a_larger_one(self) -> None:
        listed = [
            TableRow(1, ("e-mail", "naam", "team"), frozenset({1})),
            TableRow(2, ("sam@x.nl", "Sam", "Onderbouw"), frozenset({9})),
            TableRow(3, ("mo@x.nl", "Mo"), frozenset({2})),
        ]
        first, second = read_rows(listed, find_header(listed), NAMES)
        assert first.problems == ()
        assert [(each.line, each.column, each.code) for each in second.problems] == [
            (3, "team", "merged_cell")
        ]

    def test_ten_unknown_teams_of_a_cell_are_named(self) -> None:
        found = cell("team", ";".join(f"t{number}" for number in range(99)))
        assert len(found.problems) == 10

    def test_a_heading_is_repeated_short_and_without_what_cannot_be_shown(self) -> None:
        found = header("e-mail", "x" * 900, "a\0\nb")
        assert found.ignored == ("x" * 59 + "…", "a b")
