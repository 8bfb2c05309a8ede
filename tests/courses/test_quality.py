"""What deserves a look is found in the catalogue, by comparing; nothing is typed in."""

from dataclasses import replace
from datetime import date

import pytest

from courses.entities import Catalogue, Claim
from courses.files import read_catalogue
from courses.quality import (
    ANNOUNCED_COURSES,
    ChangedTool,
    LabelDeviation,
    NearEqualTitles,
    SpellingVariants,
    StarredCourse,
    TwoPackages,
    differences_of,
    label_deviations,
    near_equal_titles,
    report,
    source_differences,
    starred_courses,
)
from courses.report_text import claim_words, dutch_number, report_text
from tests.catalogue_files import CatalogueFiles

TODAY = date(2026, 11, 1)
STAR = date(2022, 3, 20)


def with_claims(catalogue: Catalogue, *claims: Claim) -> list[tuple[str, tuple[str, ...]]]:
    """The differences when an intervention holds these claims: parameter and sources."""
    intervention = replace(catalogue.interventions[0], claims=claims)
    return [
        (found.parameter, tuple(claim.source for claim in found.claims))
        for found in differences_of(intervention)
    ]


def test_small_catalogue_report(files: CatalogueFiles) -> None:
    catalogue = read_catalogue(files.folder)
    found = report(catalogue, today=TODAY)
    assert (found.interventions, found.cards) == (2, 1)
    # The podcast is no course of the academy; the course that no list mentions is.
    assert (found.known_courses, found.academy_courses) == (4, 3)
    assert found.announced_courses == ANNOUNCED_COURSES == 200
    (difference,) = found.source_differences
    assert (difference.intervention, difference.parameter, difference.scope) == (
        "bijles", "effect", (),
    )  # fmt: skip
    assert [(claim.source, claim.minimum) for claim in difference.claims] == [
        ("handreiking", 5.0),
        ("toolkit", 4.0),
    ]
    assert found.label_deviations == (LabelDeviation("bijles", 5, "Gemiddeld", "Groot"),)
    assert found.near_equal_titles == (
        NearEqualTitles(
            "feedback-geven", "feedback-geven-2", "Feedback geven", "Feedback geven 2", 0.933
        ),
    )
    assert found.starred_courses == (
        StarredCourse("toetsen-met-forms", STAR, ("bijles",), ("bijles",)),
    )
    assert found.two_packages == (TwoPackages("toetsen-met-forms", ("academie", "pluspakket")),)
    assert found.changed_tools == (
        ChangedTool(
            "toetsen-met-forms", "Flipgrid",
            "heette later Flip en is als los hulpmiddel gestopt",
        ),
    )  # fmt: skip
    assert found.spelling_variants == (
        SpellingVariants("feedback-geven", ("Feedback-geven", "Feedback: geven")),
    )


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        (Claim("p", "a", 3.0, 5.0), Claim("p", "b", 3.0, 5.0), False),
        (Claim("p", "a", 3.0, 5.0), Claim("p", "b", 3.0, 6.0), True),
        (Claim("p", "a", None, 10.0), Claim("p", "b", 6.0, 10.0), True),
        (Claim("p", "a", 5.0, 5.0, label="Groot"), Claim("p", "b", 5.0, 5.0), False),
        (
            Claim("p", "a", 5.0, 5.0, label="Groot"),
            Claim("p", "b", 5.0, 5.0, label="Klein"),
            True,
        ),
        (Claim("p", "a", label="Sterk"), Claim("p", "b", label="sterk"), False),
        (Claim("p", "a", label="Sterk", text="x"), Claim("p", "b", label="Sterk"), False),
        (Claim("p", "a", text="in de les"), Claim("p", "b", text="na de les"), True),
        (Claim("p", "a", text="in de les"), Claim("p", "b", text="in de les"), False),
        (Claim("p", "a", 0.5, 0.5), Claim("p", "b", text="iets kleiner"), True),
        # One source may say two things about one parameter: that is no difference of sources.
        (Claim("p", "a", 1.0, 1.0), Claim("p", "a", 2.0, 2.0), False),
        # Another scope is another statement.
        (Claim("p", "a", 6.0, 6.0, scope=(("sector", "po"),)), Claim("p", "b", 4.0, 4.0), False),
    ],
)
def test_when_two_sources_differ(
    files: CatalogueFiles, one: Claim, other: Claim, *, differs: bool
) -> None:
    catalogue = read_catalogue(files.folder)
    expected = [("p", (one.source, other.source))] if differs else []
    assert with_claims(catalogue, one, other) == expected
    backwards = [("p", (other.source, one.source))] if differs else []
    assert with_claims(catalogue, other, one) == backwards


def test_a_difference_lists_all_claims(files: CatalogueFiles) -> None:
    claims = (Claim("p", "a", 1.0, 1.0), Claim("p", "b", 1.0, 1.0), Claim("p", "c", 2.0, 2.0))
    assert with_claims(read_catalogue(files.folder), *claims) == [("p", ("a", "b", "c"))]


def test_effect_labels_of_leerpunt(files: CatalogueFiles) -> None:
    catalogue = read_catalogue(files.folder)
    card = catalogue.intervention_by_slug["bijles"]
    printed = card.card_claim("effect")
    assert printed is not None

    def derived(months: int) -> str | None:
        claim = replace(printed, minimum=float(months), maximum=float(months), label="Anders")
        odd = replace(card, claims=(claim,))
        found = label_deviations(replace(catalogue, interventions=(odd,)))
        return found[0].derived if found else None

    assert [derived(months) for months in range(9)] == [
        None, "Klein", "Klein", "Middelgroot", "Middelgroot", "Groot",
        "Zeer groot", "Zeer groot", "Zeer groot",
    ]  # fmt: skip


def test_shipped_labels_that_do_not_fit_their_months() -> None:
    found = report(read_catalogue(), today=TODAY).label_deviations
    assert [(item.intervention, item.months, item.derived) for item in found] == [
        ("voor-en-vroegschoolse-interventies", 5, "Groot"),
        ("een-op-een-begeleiding", 5, "Groot"),
        ("leren-van-met-medeleerlingen", 5, "Groot"),
        ("feedback", 8, "Zeer groot"),
        ("beheersingsgericht-leren", 5, "Groot"),
        ("directe-instructie", 7, "Zeer groot"),
        ("samenwerkend-leren", 5, "Groot"),
    ]
    assert {item.printed for item in found} == {"Gemiddeld"}


def test_shipped_sources_that_differ() -> None:
    found = {(item.intervention, item.parameter) for item in source_differences(read_catalogue())}
    assert found >= {
        ("een-op-een-begeleiding", "effect"),  # K01
        ("een-op-een-begeleiding", "evidence"),  # K02
        ("een-op-een-begeleiding", "cost"),  # K03
        ("een-op-een-begeleiding", "duration-weeks"),  # K05
        ("instructie-in-kleine-groepen", "group-size"),  # K06
        ("een-op-een-begeleiding", "most-effective-for"),  # K07
        ("onderwijsassistenten", "effect-found"),  # K09
        ("een-op-een-begeleiding", "setting"),  # K10
    }


def test_shipped_spelling_twins_are_not_merged() -> None:
    pairs = {(pair.first_title, pair.second_title) for pair in near_equal_titles(read_catalogue())}
    assert ("Samenwerkend leren", "Samenwerkend leren") in pairs  # K15
    assert (
        "Taalverwerving en woordenschat",
        "Taalverwerving en woordenschatontwikkeling",
    ) in pairs  # K21


def test_shipped_courses_in_two_packages() -> None:
    catalogue = read_catalogue()
    titles = {
        catalogue.course_by_slug[item.course].title: item.packages
        for item in report(catalogue, today=TODAY).two_packages
    }
    assert titles == {
        "Toetsen maken met Forms": ("leerblokken", "pluspakket"),
        "Van start met Google Classroom": ("leerblokken", "pluspakket"),
    }


def test_a_star_counts_from_its_date_until_somebody_confirms(files: CatalogueFiles) -> None:
    catalogue = read_catalogue(files.folder)
    assert starred_courses(catalogue, today=date(2022, 3, 19)) == ()
    assert len(starred_courses(catalogue, today=STAR)) == 1
    files.replace(
        "courses.toml",
        'tools = ["Forms", "Flipgrid"]',
        "availability_confirmed_on = 2026-09-01",
    )
    assert starred_courses(read_catalogue(files.folder), today=TODAY) == ()


def test_a_clean_catalogue_says_that_nothing_was_found(files: CatalogueFiles) -> None:
    catalogue = replace(read_catalogue(files.folder), interventions=(), courses=())
    text = report_text(report(catalogue, today=TODAY), catalogue)
    assert text.count("Niets gevonden.") == 7
    assert "0 interventies, waarvan 0 met een kaart." in text


def test_report_text_is_readable(files: CatalogueFiles) -> None:
    catalogue = read_catalogue(files.folder)
    lines = report_text(report(catalogue, today=TODAY), catalogue).split("\n")
    assert lines[0] == f"Catalogus, versie {catalogue.version[:12]}, bekeken op 01-11-2026"
    assert lines[2] == (
        "2 interventies, waarvan 1 met een kaart. 4 cursussen bij naam bekend; van de academie "
        "3 van ruim 200."
    )
    at = lines.index("Bronnen verschillen (1)")
    assert lines[at + 2 : at + 5] == [
        "- Bijles: Leerwinst",
        "    5 maanden, Gemiddeld — De handreiking (2021-06-03)",
        "    4 maanden, Gemiddeld — De toolkit (z.d.)",
    ]
    assert "- Bijles: +5 maanden, afgedrukt 'Gemiddeld', afgeleid 'Groot'" in lines
    assert "- Toetsen met Forms: vanaf 20-03-2022, bij Bijles; zonder sterretje bij Bijles" in lines
    assert "- Toetsen met Forms: Academie en Pluspakket" in lines


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Claim("p", "a", 5.0, 5.0, label="Groot"), "5 weken, Groot"),
        (Claim("p", "a", 3.0, 5.0, approximate=True), "ongeveer 3 tot 5 weken"),
        (Claim("p", "a", None, 10.5), "hooguit 10,5 weken"),
        (Claim("p", "a", 2500.0, None), "minstens 2.500 weken"),
        (Claim("p", "a", label="Hoog", text="door loon"), "Hoog, door loon"),
        (Claim("p", "a", 0.0, 0.0), "0 weken"),
    ],
)
def test_a_claim_in_words(claim: Claim, words: str) -> None:
    assert claim_words(claim, "weken") == words


def test_dutch_numbers() -> None:
    assert [dutch_number(value) for value in (0.35, 2500.0, 1234567.5, -1.0)] == [
        "0,35", "2.500", "1.234.567,5", "-1",
    ]  # fmt: skip
