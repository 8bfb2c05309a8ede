"""Reading a list of completions."""

import contextlib
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.entities import Course, CourseKind, DurationBasis
from routekaart.domain.errors import BadInput
from routekaart.domain.progress import Done
from routekaart.domain.progress.lists import (
    MOST_ROWS,
    CourseNames,
    JudgedRow,
    ListedRow,
    judge,
    read_list,
)

TODAY = date(2026, 11, 2)
SAM = UUID(int=1)
FEEDBACK = Course(
    "feedback-geven", "Feedback geven", CourseKind.COURSE, ("Feedback!",), 60, DurationBasis.ASSUMED
)
COURSES = CourseNames(
    [
        FEEDBACK,
        replace(FEEDBACK, slug="rekenen", title="Rekenen", printed_titles=("Tellen",)),
        replace(FEEDBACK, slug="rekenen-2", title="Rekenen 2", printed_titles=("tellen",)),
    ]
)
HEAD = "e-mail;cursus;datum\n"


def judged(email: str = "sam@x.nl", course: str = "rekenen", day: str = "2026-10-01") -> JudgedRow:
    (found,) = judge(
        [ListedRow(2, email, course, day)],
        people={"sam@x.nl": SAM},
        courses=COURSES,
        today=TODAY,
        proof="lijst",
    )
    return found


@pytest.mark.parametrize(
    "text",
    [
        "e-mail;cursus;datum\nsam@x.nl;Rekenen;1-10-2026\n",
        "e-mail,cursus,datum\nsam@x.nl,Rekenen,1-10-2026",
        "\ufeffE-mail;Cursus;Datum\r\nsam@x.nl;Rekenen;1-10-2026\r\n",
        'Datum,Naam,"Email",Course\n1-10-2026,Sam,"sam@x.nl"," Rekenen "\n',
        "e-mail;cursus;datum;extra\nsam@x.nl;Rekenen;1-10-2026\n",
    ],
)
def test_separators_columns_and_marks(text: str) -> None:
    assert read_list(text) == (ListedRow(2, "sam@x.nl", "Rekenen", "1-10-2026"),)


def test_empty_rows_are_skipped_and_short_ones_are_not() -> None:
    assert read_list(HEAD + "\n ; ;\nsam@x.nl\n") == (ListedRow(4, "sam@x.nl", "", ""),)


def test_a_line_end_inside_a_cell_moves_the_numbers_on() -> None:
    rows = read_list(HEAD + 'a@x.nl;"Reke\nnen";2026-10-01\nb@x.nl;Rekenen;2026-10-01\n')
    assert rows == (
        ListedRow(3, "a@x.nl", "Reke nen", "2026-10-01"),
        ListedRow(4, "b@x.nl", "Rekenen", "2026-10-01"),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("naam;cursus\nSam;Rekenen\n", "columns_missing"),
        ("sam@x.nl;Rekenen;2026-10-01\n", "columns_missing"),
        ("\n" + HEAD, "columns_missing"),
        (HEAD + "a;b;c\n" * (MOST_ROWS + 1), "too_many_rows"),
        (HEAD + f'a;"{"b" * 140_000}";c\n', "unreadable_list"),
        ("x" * 140_000, "unreadable_list"),
    ],
)
def test_a_list_that_cannot_be_read(text: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_list(text)
    assert (refused.value.field, refused.value.code) == ("csv", code)


def test_the_longest_list_can_be_read() -> None:
    assert len(read_list(HEAD + "a;b;c\n" * MOST_ROWS)) == MOST_ROWS


@pytest.mark.parametrize(
    "day",
    ["2026-10-01", "1-10-2026", "01/10/2026", "1.10.2026", "1 oktober 2026", "1 Oktober 2026"],
)
def test_ways_to_write_a_day(day: str) -> None:
    assert judged(day=day) == JudgedRow(2, Done(SAM, "rekenen", date(2026, 10, 1), "lijst"))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("feedback-geven", "feedback-geven"),
        ("FEEDBACK  geven", "feedback-geven"),
        ("Feedback!", "feedback-geven"),
        ("Rekenen", "rekenen"),
    ],
)
def test_ways_to_name_a_course(name: str, slug: str) -> None:
    found = judged(course=name).done
    assert found is not None
    assert found.course == slug


def test_the_case_of_an_address_does_not_matter() -> None:
    assert judged(email="Sam@X.nl").done is not None


@pytest.mark.parametrize(
    ("wrong", "code", "detail"),
    [
        (
            judged(email="kim@x.nl"),
            "unknown_person",
            "Dit e-mailadres is niet van iemand voor wie je dit kunt vastleggen. Controleer het.",
        ),
        (judged(course="=1+1"), "unknown_course", "Deze cursus staat niet in de catalogus."),
        (judged(course=""), "unknown_course", "Deze cursus staat niet in de catalogus."),
        (
            judged(course="Tellen"),
            "ambiguous_course",
            "Deze titel hoort bij meer cursussen. Schrijf rekenen of rekenen-2.",
        ),
        (judged(day="1-10-26"), "date_form", "Schrijf het jaar met vier cijfers, zoals 2026."),
        (judged(day="31-11-2026"), "date_impossible", "Deze datum bestaat niet."),
        (judged(day="1 foo 2026"), "date_impossible", "Deze datum bestaat niet."),
        (
            judged(day="3-11-2026"),
            "in_the_future",
            "Deze dag moet nog komen. Meld de cursus als je hem hebt afgerond.",
        ),
        (
            judged(day="3-11-1999"),
            "too_long_ago",
            "Deze dag is meer dan 20 jaar geleden. Controleer het jaar.",
        ),
    ],
)
def test_a_row_that_cannot_be_used(wrong: JudgedRow, code: str, detail: str) -> None:
    assert wrong == JudgedRow(2, None, code, detail)


@settings(max_examples=150)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No row is lost, and nothing else is ever raised."""
    for whole in (text, HEAD + text):
        rows: tuple[ListedRow, ...] = ()
        with contextlib.suppress(BadInput):
            rows = read_list(whole)
        found = list(judge(rows, people={}, courses=COURSES, today=TODAY, proof=""))
        assert [item.line for item in found] == [item.line for item in rows]
        assert {item.code for item in found} <= {"unknown_person"}
