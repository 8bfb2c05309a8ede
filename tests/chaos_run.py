"""A made-up run of chaos in which all went well, for the tests of its judge to spoil."""

import io
import uuid
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.models import Document, Job, Mail, Plan, Routekaart
from routekaart.models.jobs import JobState
from routekaart.storage import Storage
from tests.chaos.clients import OF_ALL_TEAMS, Answer, Clients, History, World, address_of
from tests.chaos.faults import Struck
from tests.chaos.mailbox import Arrival
from tests.chaos.verdict import Verdict, judge, passes
from tests.makers import employ, make_person, make_routekaart, make_school, make_team
from worker.handlers.bundle import NOTE

COMPACT = {"format": "pdf", "length": "compact", "persons": True}
FULL = {"format": "json", "length": "full", "persons": True}


class Run:
    """A run that went well: two teams and one whose plan cannot be read, a document of each, a
    bundle of all, and somebody who was added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.school = make_school()
        self.first, self.second, self.broken = (self._planned(name) for name in "abc")
        self.world = World(
            address="",
            lead="",
            admin="",
            school=str(self.school.pk),
            routekaarten=[str(self.first.pk), str(self.second.pk)],
            poisoned=str(self.broken.pk),
        )
        # How many the clients were to ask for.
        self.jobs = 3
        self.answers: list[Answer] = []
        self.received: list[Arrival] = []
        self.faults = [Struck("worker_killed", 0.0, 1.0)]
        self.before = frozenset({str(self.job(self.first).pk)})
        # On two pages there is no room for persons.
        self.compact = self.job(self.first, self.document(b"a", length="compact"))
        self.ask(self.compact, self.first, COMPACT)
        made = self.document(b"b", format="json", holds_persons=True)
        self.full = self.job(self.first, made)
        self.ask(self.full, self.first, FULL)
        failed: dict[str, Any] = {"state": JobState.FAILED, "failure_code": "unexpected"}
        self.poison = self.job(self.broken, **failed)
        self.ask(self.poison, self.broken, FULL)
        self.bundle = self.job(None, kind="bundle")
        self.answer(202, f"/schools/{self.school.pk}/bundles", OF_ALL_TEAMS, str(self.bundle.pk))
        files = {"1.pdf": b"c", "2.pdf": b"d"}
        self.parts = [
            self.job(place, self.document(data, routekaart=place), parent=self.bundle)
            for place, data in zip((self.first, self.second), files.values(), strict=True)
        ]
        self.broken_part = self.job(self.broken, parent=self.bundle, **failed)
        self.pack(files)
        self.key = str(uuid.uuid4())
        person = make_person()
        person.email = address_of(self.key)
        person.save()
        self.place = employ(person, self.school)
        self.answer(201, f"/schools/{self.school.pk}/employments", {}, str(self.place.pk), self.key)
        self.mail = self.welcome("1")

    def _planned(self, name: str) -> Routekaart:
        routekaart = make_routekaart(make_team(self.school, name))
        with scopes_disabled():
            Plan.objects.create(
                routekaart=routekaart, version=1, content={}, input_hash="0", catalogue_version="0"
            )
        return routekaart

    def job(self, routekaart: Routekaart | None, made: Document | None = None, **of: Any) -> Job:
        """One that is done, of the kind that makes a document."""
        fields: dict[str, Any] = {"kind": "document", "state": JobState.DONE}
        return Job.objects.create(
            school=self.school,
            routekaart=routekaart,
            document=made,
            finished_at=timezone.now(),
            **fields | of,
        )

    def document(self, data: bytes, **of: Any) -> Document:
        """A row with its file; of the first team and in full unless told otherwise."""
        stored = Storage(self.folder).put(data)
        fields: dict[str, Any] = {
            "routekaart": self.first,
            "kind": "team",
            "format": "pdf",
            "length": "full",
            "input_hash": stored.content_hash,
        }
        with scopes_disabled():
            return Document.objects.create(
                school=self.school,
                content_hash=stored.content_hash,
                size=stored.size,
                **fields | of,
            )

    def pack(self, files: Mapping[str, bytes]) -> None:
        """Makes the document of the bundle: a ZIP with these."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as file:
            for name, data in {NOTE: b"", **files}.items():
                file.writestr(name, data)
        of = {"kind": "bundle", "format": "zip", "routekaart": None}
        self.change(self.bundle, document=self.document(target.getvalue(), **of))

    def welcome(self, number: str, **of: Any) -> Mail:
        mail = Mail.objects.create(
            school=self.school,
            person=self.place.person,
            kind="welcome",
            key=f"welcome:{number}",
            state="sent",
            **of,
        )
        self.received.append(Arrival(f"<{mail.pk}@routekaart>", 1.0))
        return mail

    def ask(self, job: Job, routekaart: Routekaart, body: Mapping[str, Any]) -> None:
        self.answer(202, f"/routekaarten/{routekaart.pk}/documents", body, str(job.pk))

    def answer(
        self,
        status: int,
        path: str,
        body: Mapping[str, Any],
        told: str = "",
        key: str = "",
        at: float = 1.0,
    ) -> None:
        self.answers.append(
            Answer(at, key or str(uuid.uuid4()), path, status, 0.1, "", "", told, body)
        )

    def change(self, row: Job | Document, **values: Any) -> None:
        with scopes_disabled():
            type(row)._default_manager.filter(pk=row.pk).update(**values)

    def verdict(self) -> Verdict:
        history = History(self.folder.parent / "history.jsonl")
        for one in self.answers:
            history.add(one)
        history.close()
        clients = Clients(self.world, history, seed=1, count=0, jobs=self.jobs, backlog=lambda: 0)
        clients.accepted = {
            one.id for one in self.answers if one.status == 202 and one.id != str(self.poison.pk)
        }
        # No servers here: only what is left of them.
        stage: Any = SimpleNamespace(
            name="proef", storage=self.folder, mailbox=SimpleNamespace(received=self.received)
        )
        return judge(
            stage,
            clients,
            history,
            before=self.before,
            faults=self.faults,
            settled=1.0,
            quiet=1.0,
        )

    def wrong(self) -> tuple[str, ...]:
        """What the judge calls wrong; only that."""
        verdict = self.verdict()
        assert (verdict.lost, verdict.doubled, verdict.corrupt) == (0, 0, 0)
        assert passes(verdict) == (not verdict.wrong)
        return verdict.wrong
