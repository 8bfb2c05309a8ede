"""The shape of data files: strict, with a message that says what to do and where."""

from pathlib import Path

import pytest

from courses.entities import Claim, CourseKind, DurationBasis, Mention, Step
from courses.files import SHIPPED, read_catalogue
from courses.problems import CatalogueError
from tests.catalogue_files import CatalogueFiles


def problems_of(files: CatalogueFiles) -> list[str]:
    with pytest.raises(CatalogueError) as raised:
        read_catalogue(files.folder)
    return [str(problem) for problem in raised.value.problems]


# --- A right catalogue -------------------------------------------------------------------------


def test_shipped_catalogue_has_the_interventions_of_the_menukaart() -> None:
    catalogue = read_catalogue()
    per_category = {
        category: sum(item.category == category for item in catalogue.interventions)
        for category in "ABCDEF"
    }
    assert per_category == {"A": 3, "B": 9, "C": 3, "D": 2, "E": 2, "F": 7}
    cards = [item for item in catalogue.interventions if item.has_card]
    assert len(cards) == 21
    assert sum(item.category == "F" for item in cards) == 2
    assert all(
        item.requires_other_category == (item.category == "F") for item in catalogue.interventions
    )


def test_shipped_cards_hold_the_printed_figures() -> None:
    figures = {
        item.slug: (item.effect_months, item.effect_label, item.evidence_label, item.cost_label)
        for item in read_catalogue().interventions
        if item.has_card
    }
    assert figures == {
        "voor-en-vroegschoolse-interventies": (5, "Gemiddeld", "Sterk", "Zeer hoog"),
        "uitbreiding-onderwijs": (2, "Klein", "Gemiddeld", "Gemiddeld"),
        "zomerschool": (2, "Klein", "Sterk", "Gemiddeld"),
        "een-op-een-begeleiding": (5, "Gemiddeld", "Sterk", "Hoog"),
        "individuele-instructie": (3, "Gemiddeld", "Gemiddeld", "Zeer laag"),
        "instructie-in-kleine-groepen": (4, "Gemiddeld", "Beperkt", "Gemiddeld"),
        "leren-van-met-medeleerlingen": (5, "Gemiddeld", "Sterk", "Zeer laag"),
        "feedback": (8, "Gemiddeld", "Gemiddeld", "Zeer laag"),
        "beheersingsgericht-leren": (5, "Gemiddeld", "Gemiddeld", "Zeer laag"),
        "directe-instructie": (7, "Gemiddeld", "Sterk", "Zeer laag"),
        "technieken-voor-begrijpend-lezen": (6, "Groot", "Sterk", "Zeer laag"),
        "gesprokentaal-interventies": (5, "Groot", "Sterk", "Zeer laag"),
        "welbevinden-en-sociaal-emotionele-ontwikkeling": (None, None, None, None),
        "sportieve-activiteiten": (2, "Klein", "Beperkt", "Gemiddeld"),
        "cultuureducatie": (2, "Klein", "Gemiddeld", "Laag"),
        "metacognitie-en-zelfregulerend-leren": (7, "Groot", "Sterk", "Zeer laag"),
        "samenwerkend-leren": (5, "Gemiddeld", "Sterk", "Zeer laag"),
        "klassenverkleining": (3, "Gemiddeld", "Gemiddeld", "Hoog"),
        "onderwijsassistenten": (1, "Klein", "Beperkt", "Hoog"),
        "ouderbetrokkenheid": (3, "Gemiddeld", "Gemiddeld", "Gemiddeld"),
        "digitale-technologie": (4, "Gemiddeld", "Sterk", "Gemiddeld"),
    }


def test_shipped_interventions_without_an_offer_say_so() -> None:
    catalogue = read_catalogue()
    assert {item.slug for item in catalogue.interventions if item.no_specific_offer} == {
        "sportieve-activiteiten",
        "cultuureducatie",
        "klassenverkleining",
    }
    assert not any(item.mentions for item in catalogue.interventions if item.no_specific_offer)


def test_mentions_take_their_package_star_and_title_from_the_files(files: CatalogueFiles) -> None:
    catalogue = read_catalogue(files.folder)
    first, starred, plus = catalogue.intervention_by_slug["bijles"].mentions
    assert first == Mention(
        course="feedback-geven",
        printed_title="Feedback-geven",
        provider="e-learningacademie",
        package="academie",
        platform=None,
        audience=("leerkracht", "onderwijsassistent"),
        available_from=None,
        step=Step.START,
    )
    assert starred.available_from is not None
    assert starred.available_from.isoformat() == "2022-03-20"
    assert starred.printed_title == "Toetsen met Forms"
    assert (plus.package, plus.platform, plus.available_from) == (
        "pluspakket", "microsoft-365", None,
    )  # fmt: skip


def test_a_course_lists_what_is_printed_and_its_duration_says_its_ground(
    files: CatalogueFiles,
) -> None:
    courses = read_catalogue(files.folder).course_by_slug
    assert courses["feedback-geven"].printed_titles == ("Feedback-geven", "Feedback: geven")
    assert courses["feedback-geven"].duration_minutes == 240
    assert courses["feedback-geven"].duration_basis is DurationBasis.ASSUMED
    # No list mentions this one: then its own title is what the text prints.
    assert courses["feedback-geven-2"].printed_titles == ("Feedback geven 2",)
    assert courses["feedback-geven-2"].duration_minutes == 50
    assert courses["feedback-geven-2"].duration_basis is DurationBasis.STATED
    assert courses["luister"].kind is CourseKind.PODCAST


def test_a_claim_with_one_number_has_equal_bounds(files: CatalogueFiles) -> None:
    intervention = read_catalogue(files.folder).intervention_by_slug["bijles"]
    assert intervention.claims[2] == Claim(
        "effect", "toolkit", minimum=6.0, maximum=6.0, scope=(("sector", "po"),)
    )
    assert intervention.claims[3] == Claim(
        "duration-weeks", "handreiking", minimum=6.0, maximum=12.0, approximate=True
    )
    assert intervention.effect_months == 5


def test_the_version_is_the_hash_of_the_content(files: CatalogueFiles) -> None:
    before = read_catalogue(files.folder)
    assert read_catalogue(files.folder) == before
    files.append("courses.toml", "# alleen een opmerking\n")
    assert read_catalogue(files.folder).version == before.version
    files.replace("courses.toml", 'title = "Luister"', 'title = "Luister nu"')
    assert read_catalogue(files.folder).version != before.version


def test_windows_line_ends_and_byte_order_mark_are_fine(files: CatalogueFiles) -> None:
    before = read_catalogue(files.folder)
    for name in ("courses.toml", "interventions/bijles.toml"):
        text = files.read(name).replace("\n", "\r\n")
        (files.folder / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_catalogue(files.folder) == before


# --- Mistakes in one file ----------------------------------------------------------------------


def test_an_unknown_key_is_named_with_its_line_and_a_proposal(files: CatalogueFiles) -> None:
    files.replace("interventions/bijles.toml", 'title = "Bijles"', 'titel = "Bijles"')
    assert problems_of(files) == [
        "interventions/bijles.toml, title: 'title' ontbreekt; vul deze sleutel in.",
        (
            "interventions/bijles.toml, regel 5, titel: onbekende sleutel 'titel'; "
            "verbeter de spelling of haal de regel weg. Bedoel je 'title'?"
        ),
    ]


def test_a_missing_title_deep_in_a_list_points_at_its_heading(files: CatalogueFiles) -> None:
    files.replace("courses.toml", 'title = "Toetsen met Forms"\n', "")
    line = files.read("courses.toml").split("\n").index('slug = "toetsen-met-forms"')
    assert problems_of(files) == [
        f"courses.toml, regel {line}, courses[3].title: 'title' ontbreekt; vul deze sleutel in."
    ]


def test_a_key_inside_an_inline_table_has_its_own_line(files: CatalogueFiles) -> None:
    files.replace("interventions/bijles.toml", 'step = "start"', 'step = "begin"')
    text = files.read("interventions/bijles.toml").split("\n")
    line = next(number for number, row in enumerate(text, start=1) if '"begin"' in row)
    assert problems_of(files) == [
        (
            f"interventions/bijles.toml, regel {line}, offer[1].courses[1].step: "
            "'begin' kan hier niet; kies uit 'start', 'deepen' of 'choose'."
        )
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("courses.toml", "course = 240", 'course = "240"',
         "'course' moet een heel getal zijn, zonder aanhalingstekens."),
        ("courses.toml", "course = 240", "course = 240.5",
         "'course' moet een heel getal zijn, zonder aanhalingstekens."),
        ("courses.toml", "star_available_from = 2022-03-20", 'star_available_from = "voorjaar"',
         "'star_available_from' moet een datum zijn, zoals 2022-03-20, zonder aanhalingstekens."),
        ("courses.toml", 'kind = "podcast"', 'kind = "film"',
         "'film' kan hier niet; kies uit 'course', 'notendop', 'leerblok' of 'podcast'."),
        ("courses.toml", 'title = "Luister"', 'title = "  "',
         "'title' is leeg; vul een tekst in of haal de regel weg."),
        ("courses.toml", 'title = "Luister"', f'title = "{"x" * 301}"',
         "'title' is te lang: hooguit 300 tekens."),
        ("courses.toml", 'title = "Luister"', "title = 5",
         "'title' moet tekst zijn, tussen aanhalingstekens."),
        ("courses.toml", 'slug = "luister"', 'slug = "Luister"',
         "'Luister' mag hier niet; gebruik alleen kleine letters, cijfers en losse streepjes."),
        ("courses.toml", 'title = "Luister"', 'title = "Luister\\u0000"',
         "deze tekst bevat een onzichtbaar stuurteken; haal het weg."),
        ("packages.toml", "in_default = true", "in_default = 1",
         "'in_default' moet true of false zijn, zonder aanhalingstekens."),
        ("functions.toml", 'includes = ["kleuterleerkracht"]', 'includes = "kleuterleerkracht"',
         "'includes' moet een lijst zijn, tussen [ en ]."),
        ("interventions/bijles.toml", "value = 5", "value = nan",
         "'value' moet een gewoon getal zijn."),
        ("interventions/bijles.toml", "value = 5", "value = 1e300",
         "'value' is te groot: hooguit 1000000000."),
        ("interventions/bijles.toml", "value = 5", 'value = "5"',
         "'value' moet een getal zijn, zonder aanhalingstekens."),
        ("interventions/bijles.toml", "maximum = 12", "maximum = 2",
         "'minimum' is groter dan 'maximum'."),
        ("interventions/bijles.toml", "maximum = 12", "value = 12",
         "gebruik 'value' of 'minimum'/'maximum', niet allebei."),
        ("interventions/bijles.toml", "position = 1", "position = 0",
         "'position' is te klein: minstens 1."),
        ("interventions/bijles.toml", 'courses = [{ course = "toetsen-met-forms" }]',
         "courses = []", "'courses' is een lege lijst; zet er minstens één ding in."),
    ],
)  # fmt: skip
def test_a_wrong_value_says_what_to_do(
    files: CatalogueFiles, name: str, old: str, new: str, message: str
) -> None:
    files.replace(name, old, new)
    found = problems_of(files)
    assert len(found) == 1
    assert found[0].startswith(f"{name}, regel ")
    assert found[0].endswith(f": {message}")


def test_broken_toml_names_the_line(files: CatalogueFiles) -> None:
    files.replace("courses.toml", 'title = "Luister"', 'title = "Luister')
    line = 1 + files.read("courses.toml").split("\n").index('title = "Luister')
    (problem,) = problems_of(files)
    assert problem.startswith(f"courses.toml, regel {line}: dit is geen geldige TOML; kijk naar")


def test_broken_toml_at_the_end_names_the_last_line(files: CatalogueFiles) -> None:
    files.write("plg.toml", 'source = "handreiking"\nconditions = [\n')
    (problem,) = problems_of(files)
    assert problem.startswith("plg.toml, regel 2: dit is geen geldige TOML; kijk naar")


def test_a_doubled_key_says_so(files: CatalogueFiles) -> None:
    files.replace("courses.toml", 'title = "Luister"', 'title = "Luister"\ntitle = "Nog eens"')
    (problem,) = problems_of(files)
    assert "deze sleutel of kop staat er al; haal er één weg" in problem


def test_a_file_in_another_encoding_says_so(files: CatalogueFiles) -> None:
    (files.folder / "plg.toml").write_bytes('source = "x"\ntitle = "café"'.encode("latin-1"))
    assert problems_of(files) == [
        "plg.toml, regel 2: dit bestand is niet als UTF-8 bewaard; kies UTF-8 bij opslaan."
    ]


def test_a_missing_file_an_unknown_file_and_a_missing_folder_are_named(
    files: CatalogueFiles, tmp_path: Path
) -> None:
    files.remove("plg.toml")
    files.write("cursussen.toml", "")
    unknown, missing = problems_of(files)
    assert unknown.startswith("cursussen.toml: dit bestand hoort hier niet.")
    assert missing == "plg.toml: dit bestand ontbreekt; zet het terug."
    with pytest.raises(CatalogueError, match="deze map bestaat niet"):
        read_catalogue(tmp_path / "nergens")


def test_all_mistakes_of_all_files_come_at_once(files: CatalogueFiles) -> None:
    files.replace("plg.toml", "minutes = 60", "minutes = 1")
    files.replace("packages.toml", 'title = "Academie"', 'naam = "Academie"')
    files.replace("interventions/ouders.toml", 'title = "Ouders"', 'title = "Ouders')
    # courses.toml is right itself; references to files that are wrong are not complained about.
    assert [problem.split(",")[0] for problem in problems_of(files)] == [
        "interventions/ouders.toml", "packages.toml", "packages.toml", "plg.toml",
    ]  # fmt: skip


# --- Mistakes between files --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "missing", "proposal"),
    [
        ("interventions/bijles.toml", '{ course = "feedback-geven", ',
         '{ course = "feedback-gevn", ', "offer[1].courses[1].course",
         ("cursus", "feedback-gevn"), "feedback-geven"),
        ("interventions/bijles.toml", 'audience = ["leerkracht", ', 'audience = ["directeur", ',
         "offer[1].audience[1]", ("functie", "directeur"), ""),
        ("interventions/bijles.toml", 'alternatives = ["ouders"]', 'alternatives = ["oude"]',
         "consider_first[1].alternatives[1]", ("interventie", "oude"), "ouders"),
        ("interventions/bijles.toml", 'parameter = "effect"', 'parameter = "winst"',
         "claims[1].parameter", ("parameter", "winst"), ""),
        ("interventions/bijles.toml", 'source = "toolkit"\nmaximum', 'source = "tool"\nmaximum',
         "programmes[1].claims[1].source", ("bron", "tool"), "toolkit"),
        ("interventions/bijles.toml", 'framework = "menukaart"', 'framework = "eigen"',
         "framework", ("raamwerk", "eigen"), ""),
        ("plg.toml", 'source = "handreiking"', 'source = "hand"', "source", ("bron", "hand"), ""),
        ("instruments.toml", 'source = "handreiking"', 'source = "gids"', "instruments[1].source",
         ("bron", "gids"), ""),
    ],
)  # fmt: skip
def test_a_dangling_reference_is_named(
    files: CatalogueFiles,
    name: str,
    old: str,
    new: str,
    key: str,
    missing: tuple[str, str],
    proposal: str,
) -> None:
    files.replace(name, old, new)
    noun, slug = missing
    found = [problem for problem in problems_of(files) if f"{noun} '{slug}'" in problem]
    assert len(found) == 1
    assert found[0].startswith(f"{name}, regel ")
    assert found[0].endswith(
        f", {key}: {noun} '{slug}' bestaat niet; verbeter de slug of voeg een {noun} met die slug "
        "toe." + (f" Bedoel je '{proposal}'?" if proposal else "")
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "message"),
    [
        ("interventions/bijles.toml", 'cross_references = ["ouders"]',
         'cross_references = ["bijles"]', "cross_references",
         "een interventie kan niet naar zichzelf verwijzen."),
        ("interventions/bijles.toml", 'category = "A"', 'category = "B"', "category",
         "categorie 'B' bestaat niet in raamwerk 'menukaart'; kies uit A, F."),
        ("interventions/bijles.toml", 'slug = "bijles"', 'slug = "bijles-geven"', "slug",
         ("de bestandsnaam past niet bij de slug; noem het bestand 'bijles-geven.toml' "
         "of verbeter de slug.")),
        ("interventions/ouders.toml", 'category = "F"', 'category = "A"', "position",
         ("positie 1 in categorie A is al van interventions/bijles.toml; "
         "geef een van de twee een andere.")),
        ("interventions/bijles.toml", 'label = "Gemiddeld"', 'label = "Zeer groot"',
         "claims[1].label", "label 'Zeer groot' kan hier niet; kies uit Klein, Gemiddeld, Groot."),
        ("interventions/bijles.toml", "value = 5", "value = 5.5", "claims[1].value",
         "het effect op de kaart is een heel aantal maanden; vul 'value' in."),
        ("interventions/bijles.toml", 'source = "toolkit"\nvalue = 4',
         'source = "handreiking"\nvalue = 4', "claims[2]",
         ("de kaart heeft al een bewering over 'effect'; geef de tweede een 'scope' of haal haar "
         "weg.")),
        ("courses.toml", 'slug = "feedback-geven-2"', 'slug = "feedback-geven"',
         "courses[2].slug",
         "slug 'feedback-geven' komt twee keer voor; geef er één een andere slug."),
        ("functions.toml", 'includes = ["kleuterleerkracht"]', 'includes = ["leerkracht"]',
         "functions[1].includes", "een functie kan niet zichzelf bevatten."),
        ("frameworks.toml", "valid_until = 2025-07-31", "valid_until = 2020-07-31",
         "frameworks[1].valid_until", "'valid_until' ligt vóór 'valid_from'."),
        ("interventions/ouders.toml", 'title = "Energie" }]',
         'title = "Energie" }, { slug = "energie", title = "Rust" }]',
         "wellbeing.domains[2].slug", "domein 'energie' staat er twee keer; haal er één weg."),
        ("frameworks.toml", 'code = "F"', 'code = "A"', "frameworks[1].categories[2].code",
         "categorie 'A' staat twee keer in dit raamwerk; haal er één weg."),
        ("packages.toml", 'slug = "vrij"', 'slug = "gratis"', "packages",
         "pakket 'vrij' ontbreekt, maar een aanbieder levert het; zet het terug."),
        ("general_offer.toml", 'category = "F"', 'category = "Z"', "category",
         "categorie 'Z' staat in geen enkel raamwerk."),
    ],
)  # fmt: skip
def test_a_mistake_between_files_is_found(
    files: CatalogueFiles, name: str, old: str, new: str, key: str, message: str
) -> None:
    files.replace(name, old, new)
    found = [problem for problem in problems_of(files) if message in problem]
    assert len(found) == 1
    assert found[0].startswith(f"{name}, regel ")
    assert found[0].endswith(f", {key}: {message}")


def test_a_course_twice_in_one_list_is_a_mistake(files: CatalogueFiles) -> None:
    files.replace(
        "general_offer.toml", '{ course = "luister" }',
        '{ course = "luister" }, { course = "luister" }',
    )  # fmt: skip
    assert problems_of(files) == [
        (
            "general_offer.toml, regel 6, offer[1].courses[2].course: "
            "cursus 'luister' staat twee keer in deze lijst; haal er één weg."
        )
    ]


def test_a_programme_in_two_interventions_is_a_mistake(files: CatalogueFiles) -> None:
    text = files.read("interventions/bijles.toml")
    programme = text[text.index("[[programmes]]") :]
    files.append("interventions/ouders.toml", f"\n{programme}")
    (problem,) = problems_of(files)
    assert problem.endswith(
        "programma 'snel' staat ook in interventions/bijles.toml; "
        "geef een van de twee een andere slug."
    )


def test_the_shipped_folder_holds_one_file_per_intervention() -> None:
    names = {path.stem for path in (SHIPPED / "interventions").glob("*.toml")}
    assert names == {item.slug for item in read_catalogue().interventions}
