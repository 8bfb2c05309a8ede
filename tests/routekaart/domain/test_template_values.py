"""The fields of a school's own template: a value for each of the table, out of the content."""

from collections.abc import Iterator, Sequence

from routekaart.domain.content.document import Scholingsplan
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.domain.content.template_check import example_of, missing_fields
from routekaart.domain.content.template_field import TemplateField, Value, example_values
from routekaart.domain.content.template_table import CHAPTERS, FIELDS
from routekaart.domain.content.template_values import FIGURES, template_fields
from tests.routekaart.sample_team import catalogue, empty, renamed, sample

FULL = build_scholingsplan(sample())


def unlike(
    fields: Sequence[TemplateField], values: dict[str, Value], at: str = ""
) -> Iterator[str]:
    """Where values do not have the shape of the table."""
    if list(values) != [field.name for field in fields] and set(values) != {
        field.name for field in fields
    }:
        yield f"{at}: {set(values) ^ {field.name for field in fields}}"
    for field in fields:
        value = values[field.name]
        if isinstance(value, str) == field.is_list:
            yield f"{at}.{field.name}"
        elif not isinstance(value, str):
            for item in value:
                yield from unlike(field.item, dict(item), f"{at}.{field.name}")


def items(values: dict[str, Value], name: str) -> list[dict[str, Value]]:
    found = values[name]
    assert not isinstance(found, str)
    return [dict(item) for item in found]


def test_there_is_a_value_for_every_field_and_no_other() -> None:
    for given in (sample(), empty(), sample(people=1, goals=1, days=1), renamed(sample(), "")):
        assert list(unlike(FIELDS, template_fields(build_scholingsplan(given)))) == []
    assert list(unlike(FIELDS, example_values(FIELDS))) == []


def test_names_of_fields_are_plain_and_each_once() -> None:
    def check(fields: Sequence[TemplateField]) -> None:
        names = [field.name for field in fields]
        assert len(names) == len(set(names))
        for field in fields:
            assert field.name.isidentifier()
            assert field.name.islower()
            assert field.gives.endswith((".", "…"))
            assert bool(field.item_name) == field.is_list
            check(field.item)

    check(FIELDS)
    assert sum(len(chapter.fields) for chapter in CHAPTERS) == len(FIELDS)


def test_the_head() -> None:
    values = template_fields(FULL)
    head = ("titel", "schooljaar", "team", "school", "bestuur", "versie", "datum", "status")
    assert [values[name] for name in head] == [
        "Scholingsplan",
        "2026-2027",
        "Team middenbouw",
        "Basisschool De Wilgenhof",
        "Stichting Samen Onderweg",
        "versie 2",
        "24 juni 2026",
        "Concept",
    ]


def test_a_long_name_stands_there_whole() -> None:
    name = "Team " + "lang " * 40 + ", en 3 meer"
    values = template_fields(build_scholingsplan(renamed(sample(), name)))
    assert (values["team"], values["school"]) == (name, name)


def test_a_goal_with_its_figures_and_their_source() -> None:
    goal = items(template_fields(FULL), "doelen")[0]
    assert (goal["nummer"], goal["wanneer"]) == ("1", "Studiedag 1, woensdag 23 september 2026")
    feedback = items(goal, "interventies")[0]
    source = "Geldt voor: het gemiddelde. Bron: Duurzaam beter onderwijs, 2021"
    assert feedback["effect"] == f"+8 maanden (gemiddeld). {source}"
    assert feedback["bewijs"] == f"Gemiddeld. {source}"
    assert feedback["kosten"] == f"Zeer laag. {source}"


def test_no_figure_goes_without_its_source() -> None:
    for goal, content in zip(items(template_fields(FULL), "doelen"), FULL.goals.goals, strict=True):
        for each, chosen in zip(items(goal, "interventies"), content.interventions, strict=True):
            shown = "\n".join(str(each[name]) for name in FIGURES)
            assert shown.count("Bron: ") == len(chosen.claims)
            assert all(claim.source in shown for claim in chosen.claims)


def test_the_figures_have_the_titles_of_the_catalogue() -> None:
    known = catalogue().parameter_by_slug
    titles = [known[slug].title for slug in ("effect", "evidence", "cost")]
    assert list(FIGURES.values()) == titles


def test_a_study_day_has_its_title_and_its_date_apart() -> None:
    days = items(template_fields(FULL), "studiedagen")
    assert [(day["nummer"], day["datum"]) for day in days][:2] == [
        ("Studiedag 1", "Woensdag 23 september 2026"),
        ("Studiedag 2", "Donderdag 19 november 2026"),
    ]
    assert len(days) == len(FULL.study_days.days)
    for day, content in zip(days, FULL.study_days.days, strict=True):
        titled = f"{day['titel']}, {day['datum']}" if day["titel"] else day["datum"]
        assert titled == content.heading


def test_rows_of_tables_have_names() -> None:
    values = template_fields(FULL)
    assert len(items(values, "bronnen")) == len(FULL.sources.table.rows)
    assert [tuple(row.values()) for row in items(values, "data")] == list(FULL.dates.table.rows)
    assert values["geen_data"] == ""


def test_open_points_do_not_speak_of_chapters_of_another_document() -> None:
    points = items(template_fields(build_scholingsplan(sample(goals=3))), "open_punten")
    assert any("vragen" in str(point["punt"]) or "vraag" in str(point["punt"]) for point in points)
    assert [point for point in points if "hoofdstuk" in str(point["punt"])] == []


def test_what_is_missing_is_said() -> None:
    content: Scholingsplan = build_scholingsplan(empty())
    values = template_fields(content)
    assert values["geen_doelen"] == "Dit team heeft nog geen doelen gekozen."
    assert values["geen_studiedagen"] == "Er zijn nog geen studiedagen gepland."
    assert values["bestuur"] == "Niet ingevuld."
    assert values["instemming"] == "Nog niet gegeven."


def test_missing_fields_of_a_list_count_only_when_the_list_is_there() -> None:
    paths = [field.path for field in missing_fields(FIELDS, ["doelen", "doelen.doel"])]
    assert "doelen.merkbaar" in paths
    assert "doelen" not in paths
    assert "doelen.merkbaar" not in [field.path for field in missing_fields(FIELDS, [])]


def test_an_example_of_a_field() -> None:
    by_name = {field.name: field for field in FIELDS}
    assert example_of(by_name["team"]) == "{{ team }}"
    assert example_of(by_name["bronnen"]) == (
        "{% for bron in bronnen %} {{ bron.titel }} {% endfor %}"
    )
