"""What a card says of a job, also when what it made is gone."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.actions.privacy.account import erase_account
from routekaart.models import Departure, Document, Job, Routekaart
from routekaart.models.jobs import JobKind, JobState
from routekaart.queries.documents.bundles import with_progress
from routekaart.web.views.documents.progress import job_card
from tests.makers import make_person, make_routekaart

pytestmark = pytest.mark.django_db


def _done(routekaart: Routekaart, kind: JobKind) -> Job:
    school = routekaart.team.school
    with scopes_disabled():
        document = Document.objects.create(
            school=school,
            kind="team",
            format="pdf",
            length="full",
            input_hash=kind,
            content_hash=kind,
            size=1,
        )
    asked = {"kind": "team", "formats": ["pdf"], "length": "full", "year": 2026}
    return Job.objects.create(
        school=school,
        kind=kind,
        state=JobState.DONE,
        payload={"asked": asked, "schools": [str(school.pk)], "skipped": []},
        document=document,
    )


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (
            JobKind.DOCUMENT,
            "Het document is klaar.",
            "Het document is er niet meer. Vraag het opnieuw aan.",
        ),
        (
            JobKind.BUNDLE,
            "De ZIP met 0 documenten is klaar.",
            "De ZIP is er niet meer. Laat de documenten opnieuw maken.",
        ),
    ],
)
def test_what_went_with_an_erasure_is_not_said_to_be_there(
    settings: Any, tmp_path: Path, kind: JobKind, before: str, after: str
) -> None:
    settings.STORAGE_DIR, settings.ERASURES_FILE = tmp_path / "files", tmp_path / "erasures.txt"
    routekaart = make_routekaart()
    job, person = _done(routekaart, kind), make_person("Wim de Wit")

    def said() -> str:
        return job_card(with_progress(Job.objects.all()).get(pk=job.pk), may_retry=True).text

    assert said() == before
    with scopes_disabled():
        Departure.objects.create(
            person=person, school=routekaart.team.school, left_at=timezone.now()
        )
    erase_account(person.pk, at=timezone.now())
    assert said() == after


@pytest.mark.parametrize(
    ("state", "has_zip", "said"),
    [
        (JobState.DONE, True, "De ZIP met 1 document is klaar. 1 mislukt."),
        (
            JobState.DONE,
            False,
            "De ZIP is er niet meer. Laat de documenten opnieuw maken. 1 mislukt.",
        ),
        (
            JobState.CANCELLED,
            False,
            "Dit is geannuleerd. Klaar: 1 document; je vindt ze bij hun team. 1 mislukt.",
        ),
        (JobState.QUEUED, False, "Alle teams zijn geweest. We pakken de ZIP in. 1 mislukt."),
    ],
)
def test_documents_that_are_gone_are_not_counted(state: JobState, has_zip: bool, said: str) -> None:
    routekaart = make_routekaart()
    bundle, made = _done(routekaart, JobKind.BUNDLE), _done(routekaart, JobKind.DOCUMENT).document
    for ended, document in (
        (JobState.DONE, made),
        (JobState.DONE, None),
        (JobState.DONE, None),
        (JobState.FAILED, None),
    ):
        Job.objects.create(
            school=bundle.school,
            kind=JobKind.DOCUMENT,
            parent=bundle,
            state=ended,
            document=document,
        )
    Job.objects.filter(pk=bundle.pk).update(state=state)
    if not has_zip:
        Job.objects.filter(pk=bundle.pk).update(document=None)
    card = job_card(with_progress(Job.objects.all()).get(pk=bundle.pk), may_retry=True)
    # Of how far it is they do count: each of them has ended.
    assert (card.text, card.percent) == (said, 100)
