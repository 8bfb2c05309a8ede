"""Tables → one catalogue per process: equal to the files, few queries, never long out of date."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from courses import catalogue as module
from courses import models
from courses.catalogue import (
    TRUST_SECONDS,
    CatalogueCache,
    CatalogueNotLoadedError,
    current_catalogue,
    forget_catalogue,
    public_catalogue,
)
from courses.entities import Catalogue
from courses.files import read_catalogue
from courses.load import load_catalogue, mark_changed
from courses.tables import Tables, read_tables
from tests.catalogue_files import CatalogueFiles

pytestmark = pytest.mark.django_db

# One per table and per kind of link, and the stamp before and after.
QUERIES = 20


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    forget_catalogue()
    yield
    forget_catalogue()


def add_own_goal() -> None:
    own = models.Origin.OWN
    framework = models.Framework.objects.create(
        slug="doelen", title="Onze doelen", origin=own, valid_from="2026-08-01"
    )
    category = models.Category.objects.create(
        framework=framework, code="1", title="Doelen", origin=own
    )
    models.Intervention.objects.create(
        slug="ons-doel", title="Ons doel", category=category, origin=own
    )


def test_the_tables_give_back_what_the_files_say(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    assert current_catalogue() == read_catalogue(files.folder)


def test_the_shipped_catalogue_survives_the_tables() -> None:
    load_catalogue()
    assert current_catalogue() == read_catalogue()


def test_a_category_has_a_title_that_fits_on_a_line() -> None:
    for framework in read_catalogue().frameworks:
        for category in framework.categories:
            assert 0 < len(category.title) <= 80, category.title


def test_without_a_load_it_says_what_to_do() -> None:
    with pytest.raises(CatalogueNotLoadedError, match=r"manage\.py load_catalogue"):
        current_catalogue()


def test_the_number_of_queries_does_not_grow_with_the_rows(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    with CaptureQueriesContext(
        connection,
    ) as small:
        CatalogueCache().current()
    load_catalogue()
    with CaptureQueriesContext(connection) as large:
        CatalogueCache().current()
    assert (len(small), len(large)) == (QUERIES, QUERIES)


def test_the_stamp_is_read_at_most_once_per_five_seconds(
    files: CatalogueFiles, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load_catalogue(files.folder)
    clock = Clock()
    cache = CatalogueCache(clock)
    first = cache.current()
    clock.now += TRUST_SECONDS - 0.001
    with django_assert_num_queries(0):
        assert cache.current() is first
    clock.now += 0.001
    with django_assert_num_queries(1):
        assert cache.current() is first
    clock.now += TRUST_SECONDS - 0.001
    with django_assert_num_queries(0):
        assert cache.current() is first


def test_a_change_is_seen_after_five_seconds(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    clock = Clock()
    cache = CatalogueCache(clock)
    before = cache.current()
    files.replace("courses.toml", 'title = "Luister"', 'title = "Luister nu"')
    load_catalogue(files.folder)
    assert cache.current() is before
    clock.now += TRUST_SECONDS
    after = cache.current()
    assert after.course_by_slug["luister"].title == "Luister nu"
    assert after.version != before.version


def test_a_load_in_this_process_is_seen_at_once(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    before = current_catalogue()
    files.replace("courses.toml", 'title = "Luister"', 'title = "Luister nu"')
    load_catalogue(files.folder)
    assert current_catalogue().version != before.version


def test_while_one_thread_looks_the_others_go_on(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    clock = Clock()
    cache = CatalogueCache(clock)
    before = cache.current()
    clock.now += TRUST_SECONDS
    seen: list[Catalogue] = []
    with cache._lock:  # As a thread that is looking would hold it.
        thread = threading.Thread(target=lambda: seen.append(cache.current()))
        thread.start()
        thread.join(timeout=10)
    assert seen == [before]


def test_a_load_between_the_reads_is_not_mixed_in(
    files: CatalogueFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_catalogue(files.folder)
    reads: list[Tables] = []

    def read_while_a_load_comes_in() -> Tables:
        tables = read_tables()
        if not reads:
            files.replace("courses.toml", 'title = "Luister"', 'title = "Luister nu"')
            load_catalogue(files.folder)
        reads.append(tables)
        return tables

    monkeypatch.setattr(module, "read_tables", read_while_a_load_comes_in)
    assert CatalogueCache().current() == read_catalogue(files.folder)
    assert len(reads) == 2


def test_own_rows_come_after_shipped_ones_and_are_not_public(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    shipped = current_catalogue()
    assert public_catalogue() is shipped
    add_own_goal()
    forget_catalogue()
    slugs = [item.slug for item in current_catalogue().interventions]
    assert slugs == ["bijles", "ouders", "ons-doel"]
    assert current_catalogue().version != shipped.version
    assert public_catalogue() == shipped


def test_own_rows_are_seen_by_other_processes_when_marked(files: CatalogueFiles) -> None:
    load_catalogue(files.folder)
    clock = Clock()
    cache = CatalogueCache(clock)
    cache.current()
    add_own_goal()
    mark_changed()
    clock.now += TRUST_SECONDS
    assert "ons-doel" in cache.current().intervention_by_slug


def test_an_audience_of_retired_functions_does_not_become_everyone(
    files: CatalogueFiles,
) -> None:
    load_catalogue(files.folder)
    add_own_goal()
    mention = models.Mention.objects.create(
        intervention_id="ons-doel", origin=models.Origin.OWN, key="a", course_id="luister",
        printed_title="Luister", provider="podcast", package_id="vrij",
    )  # fmt: skip
    gone = models.Function.objects.create(
        slug="conrector", title="Conrector", plural="Conrectoren", retired_at="2026-01-01T00:00Z"
    )
    link = models.MentionAudience.objects.create(mention=mention, function=gone, position=1)
    assert CatalogueCache().current().intervention_by_slug["ons-doel"].mentions == ()
    link.function_id = "leerkracht"
    link.save()
    (line,) = CatalogueCache().current().intervention_by_slug["ons-doel"].mentions
    assert line.audience == ("leerkracht",)
