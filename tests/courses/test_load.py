"""Files → tables: idempotent, in one transaction, retires, never deletes, leaves own rows alone."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses import models
from courses.catalogue import current_catalogue
from courses.files import read_catalogue
from courses.load import LoadResult, load_catalogue
from courses.problems import CatalogueError
from tests.catalogue_files import FILES, CatalogueFiles

pytestmark = pytest.mark.django_db


def tables() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the catalogue."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("courses").get_models()
    }


def counts(result: LoadResult) -> tuple[int, int, int]:
    return (result.created, result.updated, result.retired)


def test_a_second_load_changes_nothing(files: CatalogueFiles) -> None:
    first = load_catalogue(files.folder)
    before = tables()
    second = load_catalogue(files.folder)
    assert tables() == before
    assert counts(second) == (0, 0, 0)
    assert second.unchanged == first.created
    assert second.version == first.version


def test_the_shipped_catalogue_loads_twice() -> None:
    first = load_catalogue()
    assert first.created > 0
    assert models.Intervention.objects.filter(retired_at=None).count() == 26
    second = load_catalogue()
    assert (second.changed, second.unchanged) == (False, first.created)


def test_the_first_load_counts_every_row(files: CatalogueFiles) -> None:
    result = load_catalogue(files.folder)
    links = {"FunctionInclusion", "CrossReference", "Alternative", "MentionAudience"}
    rows = sum(
        len(content) for name, content in tables().items() if name not in links | {"CatalogueState"}
    )
    assert counts(result) == (rows, 0, 0)
    assert result.unchanged == 0


def test_an_edit_updates_one_row(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    files.replace("interventions/bijles.toml", 'summary = "Extra les."', 'summary = "Meer les."')
    assert counts(load_catalogue(files.folder)) == (0, 1, 0)
    assert models.Intervention.objects.get(pk="bijles").summary == "Meer les."


def test_a_corrected_figure_stays_the_same_claim(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    before = models.Claim.objects.get(source="toolkit", parameter="effect", scope={})
    files.replace("interventions/bijles.toml", "value = 4", "value = 3")
    assert counts(load_catalogue(files.folder)) == (0, 1, 0)
    after = models.Claim.objects.get(pk=before.pk)
    assert (before.minimum, after.minimum, after.maximum) == (4.0, 3.0, 3.0)


def test_a_changed_link_counts_as_an_update_of_its_owner(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    files.replace("functions.toml", 'includes = ["kleuterleerkracht"]', "includes = []")
    files.replace("interventions/bijles.toml", 'cross_references = ["ouders"]', "")
    files.replace("interventions/bijles.toml", 'alternatives = ["ouders"]', "")
    assert counts(load_catalogue(files.folder)) == (0, 3, 0)
    assert current_catalogue() == read_catalogue(files.folder)


def test_what_vanishes_is_retired_and_comes_back(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    original = read_catalogue(files.folder)
    rows = {name: len(content) for name, content in tables().items()}
    ouders = files.read("interventions/ouders.toml")
    bijles = files.read("interventions/bijles.toml")
    files.remove("interventions/ouders.toml")
    files.replace("interventions/bijles.toml", 'cross_references = ["ouders"]', "")
    files.replace("interventions/bijles.toml", 'alternatives = ["ouders"]', "")
    assert counts(load_catalogue(files.folder)) == (0, 2, 1)
    assert models.Intervention.objects.get(pk="ouders").retired_at is not None
    assert current_catalogue() == read_catalogue(files.folder)

    files.write("interventions/ouders.toml", ouders)
    files.write("interventions/bijles.toml", bijles)
    assert counts(load_catalogue(files.folder)) == (0, 3, 0)
    assert models.Intervention.objects.get(pk="ouders").retired_at is None
    assert current_catalogue() == original
    assert {name: len(content) for name, content in tables().items()} == rows


def test_a_row_retired_before_is_not_retired_again(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    files.replace("interventions/bijles.toml", 'checklist = ["Is er een lokaal?"]', "")
    files.replace(
        "courses.toml", '[[courses]]\nslug = "feedback-geven-2"', '[[courses]]\nslug = "anders"'
    )
    assert counts(load_catalogue(files.folder)) == (1, 1, 1)
    retired = models.Course.objects.get(pk="feedback-geven-2").retired_at
    assert counts(load_catalogue(files.folder)) == (0, 0, 0)
    assert models.Course.objects.get(pk="feedback-geven-2").retired_at == retired


def test_the_state_changes_only_when_something_changed(files: CatalogueFiles) -> None:
    version = load_catalogue(files.folder).version
    before = models.CatalogueState.objects.get()
    assert before.version == version == read_catalogue(files.folder).version
    load_catalogue(files.folder)
    assert models.CatalogueState.objects.get().stamp == before.stamp
    files.replace("plg.toml", "minutes = 60", "minutes = 90")
    changed = load_catalogue(files.folder)
    assert counts(changed) == (0, 1, 0)
    after = models.CatalogueState.objects.get()
    assert after.stamp != before.stamp
    assert after.version == changed.version != version


def test_mistakes_leave_the_tables_as_they_were(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    before = tables()
    files.replace("courses.toml", 'title = "Luister"', 'title = "Luister nu"')
    files.replace("plg.toml", "minutes = 60", "minuten = 60")
    with pytest.raises(CatalogueError):
        load_catalogue(files.folder)
    assert tables() == before


def own_framework() -> models.Intervention:
    """A school's own goals: a framework, a category, an intervention, and a course line in it."""
    own = models.Origin.OWN
    framework = models.Framework.objects.create(
        slug="doelen-van-school", title="Onze doelen", origin=own, valid_from=date(2026, 8, 1)
    )
    category = models.Category.objects.create(
        framework=framework, code="1", title="Doelen", origin=own
    )
    intervention = models.Intervention.objects.create(
        slug="ons-doel", title="Ons doel", category=category, origin=own
    )
    models.Mention.objects.create(
        intervention=intervention,
        origin=own,
        key="a",
        course_id="luister",
        printed_title="Luister",
        provider="podcast",
        package_id="vrij",
    )
    return intervention


def test_own_rows_are_never_touched(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    own_framework()
    before = tables()
    load_catalogue(files.folder)
    assert tables() == before


def test_a_course_that_a_school_uses_is_retired_not_deleted(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    own_framework()
    files.replace("general_offer.toml", '"luister"', '"feedback-geven"')
    text = files.read("courses.toml")
    files.write("courses.toml", text[: text.index('[[courses]]\nslug = "luister"')])
    load_catalogue(files.folder)
    assert models.Course.objects.get(pk="luister").retired_at is not None
    # The school's goal stays; the line of a course that is gone is not shown.
    goal = current_catalogue().intervention_by_slug["ons-doel"]
    assert goal.mentions == ()
    assert models.Mention.objects.filter(intervention="ons-doel").count() == 1


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("gewoon", "interventie 'gewoon' bestaat al als eigen rij van een school"),
        ("ons-doel", "interventie 'ons-doel' bestaat al als eigen rij van een school"),
    ],
)
def test_a_slug_of_a_school_is_not_taken_over(
    files: CatalogueFiles, slug: str, message: str
) -> None:
    load_catalogue(files.folder)
    own = own_framework()
    if slug == "gewoon":
        own = models.Intervention.objects.create(
            slug="gewoon", title="Gewoon", category=own.category, origin=models.Origin.OWN
        )
    before = tables()
    text = files.read("interventions/ouders.toml").replace('slug = "ouders"', f'slug = "{slug}"')
    files.write(f"interventions/{slug}.toml", text.replace("position = 1", "position = 2"))
    with pytest.raises(CatalogueError) as raised:
        load_catalogue(files.folder)
    assert [message in str(problem) for problem in raised.value.problems] == [True]
    assert tables() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"minimum": 5.0, "maximum": 4.0},
        {"minimum": None, "maximum": None},
        {"intervention_id": None},
        {"origin": "ergens"},
        {"key": "dubbel"},
    ],
)
def test_the_database_itself_refuses_a_wrong_claim(
    files: CatalogueFiles, wrong: dict[str, Any]
) -> None:
    load_catalogue(files.folder)
    good = {
        "intervention_id": "bijles",
        "key": "nieuw",
        "parameter_id": "effect",
        "source_id": "toolkit",
        "minimum": 1.0,
        "maximum": 2.0,
    }
    models.Claim.objects.create(**{**good, "key": "dubbel"})
    models.Claim.objects.create(**good)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Claim.objects.create(**{**good, "key": "derde", **wrong})


def test_two_rows_of_state_cannot_exist(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    state = models.CatalogueState.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.CatalogueState.objects.create(pk=2, stamp=state.stamp, loaded_at=timezone.now())


_LETTERS = st.sampled_from(list("\"'[]{}=#,.-\n\\\t ax0é\x00"))
_CORRUPTIONS = st.tuples(
    st.sampled_from(sorted(FILES)),
    st.sampled_from(["drop line", "double line", "letter", "insert", "cut"]),
    st.floats(min_value=0, max_value=1, exclude_max=True),
    _LETTERS,
)


def corrupted(text: str, how: str, place: float, letter: str) -> str:
    """The text with one line or letter changed at a place between 0 and 1."""
    lines = text.split("\n")
    line = int(place * len(lines))
    at = int(place * len(text))
    match how:
        case "drop line":
            return "\n".join(lines[:line] + lines[line + 1 :])
        case "double line":
            return "\n".join(lines[: line + 1] + lines[line:])
        case "letter":
            return text[:at] + letter + text[at + 1 :]
        case "insert":
            return text[:at] + letter + text[at:]
        case _:
            return text[:at]


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(corruptions=st.lists(_CORRUPTIONS, min_size=1, max_size=3))
def test_corrupt_files_never_change_the_tables(
    files: CatalogueFiles, corruptions: list[tuple[str, str, float, str]]
) -> None:
    for name, text in FILES.items():
        files.write(name, text)
    load_catalogue(files.folder)
    before = tables()
    for name, how, place, letter in corruptions:
        files.write(name, corrupted(files.read(name), how, place, letter))
    problems = None
    try:
        load_catalogue(files.folder)
    except CatalogueError as error:
        problems = error.problems
    if problems is None:
        # The change made no mistake (a comment, another text): then it is in the tables.
        assert current_catalogue() == read_catalogue(files.folder)
    else:
        assert len(problems) > 0
        assert all(problem.file and problem.message for problem in problems)
        assert tables() == before
