"""Clients that ask for documents and add people, and remember every answer they got."""

import http.client
import json
import random
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

_TIMEOUT = 30.0
_TRIES = 200
_PAUSE = 0.25
# Enough that a worker never runs dry, and little enough that what is hurt is work of now.
_MOST_WAITING = 150
# A product that makes nothing any more would keep its clients waiting for ever.
_MOST_SILENCE = 300.0
_SHARE_OF_PEOPLE = 0.03
_SHARE_OF_REPEATS = 0.05
# A document for each team: one of these is as many jobs as there are teams.
_SHARE_OF_BUNDLES = 0.005
# What is asked of them.
OF_ALL_TEAMS: Final[Mapping[str, Any]] = {"formats": ["pdf"], "length": "full", "persons": False}


@dataclass(frozen=True, slots=True)
class Answer:
    """One request with what came back: status 0 is no answer.

    `fault`: what went on meanwhile; `began`: what did when it was sent. `asked`: its body.
    """

    at: float
    key: str
    path: str
    status: int
    seconds: float
    fault: str
    began: str
    id: str = ""
    asked: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class World:
    """What clients may ask for."""

    address: str
    lead: str
    admin: str
    school: str
    routekaarten: Sequence[str]
    # Its plan cannot be read: every document of it fails.
    poisoned: str


class History:
    """Every answer, in memory and as lines in a file that outlives a crash of this program."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        file.parent.mkdir(exist_ok=True)
        self._file = file.open("w", encoding="utf-8")
        self.answers: list[Answer] = []
        self.fault = ""

    def add(self, answer: Answer) -> None:
        with self._lock:
            self.answers.append(answer)
            row = {name: getattr(answer, name) for name in Answer.__slots__}
            self._file.write(json.dumps(row) + "\n")
            self._file.flush()

    def close(self) -> None:
        self._file.close()


class Clients:
    """Threads that keep asking until `stop`, or until so many jobs were accepted."""

    def __init__(
        self,
        world: World,
        history: History,
        *,
        seed: int,
        count: int,
        jobs: int,
        backlog: Callable[[], int],
    ) -> None:
        self.world, self.history = world, history
        self.jobs = jobs
        # How many jobs may be asked for by now: raised bit by bit, so that each fault meets some.
        self.allowed = 0
        self.accepted: set[str] = set()
        self.errors: list[BaseException] = []
        # When the last job was accepted, on the clock of `time.monotonic`.
        self.heard_at = time.monotonic()
        self._backlog = backlog
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(random.Random(f"{seed}-{number}"),))
            for number in range(count)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    @property
    def are_done(self) -> bool:
        return len(self.accepted) >= self.jobs

    @property
    def are_stuck(self) -> bool:
        return time.monotonic() - self.heard_at > _MOST_SILENCE

    def accept(self, job: str) -> None:
        """Counts a job that a client was told of."""
        with self._lock:
            self.accepted.add(job)
            self.heard_at = time.monotonic()

    def ask_for_poison(self) -> None:
        """One job that can only fail; it does not count as one of `jobs`."""
        path = f"/routekaarten/{self.world.poisoned}/documents"
        body = {"format": "pdf", "length": "full", "persons": False}
        self._until_answered(path, body, str(uuid.uuid4()), self.world.lead)

    def _run(self, chance: random.Random) -> None:
        try:
            self._ask(chance)
        except BaseException as error:
            # Told at the end; a thread that just stopped would look like a quiet client.
            self.errors.append(error)
            raise

    def _ask(self, chance: random.Random) -> None:
        while not self._stop.is_set():
            if len(self.accepted) >= self.allowed or self._backlog() > _MOST_WAITING:
                self._stop.wait(_PAUSE)
            elif chance.random() < _SHARE_OF_PEOPLE:
                self._add_person(chance)
            elif chance.random() < _SHARE_OF_BUNDLES:
                self._ask_bundle(chance)
            else:
                self._ask_document(chance)

    def _ask_document(self, chance: random.Random) -> None:
        path = f"/routekaarten/{chance.choice(self.world.routekaarten)}/documents"
        body = {
            "format": chance.choice(("pdf", "pdf", "json")),
            "length": chance.choice(("compact", "standard", "full")),
            "persons": chance.random() < 0.5,
        }
        key = str(uuid.UUID(int=chance.getrandbits(128)))
        made = self._until_answered(path, body, key, self.world.lead)
        if made:
            self.accept(made)
        # Somebody who presses twice, or whose connection fell away after the answer.
        if made and chance.random() < _SHARE_OF_REPEATS:
            again = self._until_answered(path, body, key, self.world.lead)
            if again not in (made, ""):
                raise AssertionError(f"The same key gave two jobs: {made} and {again}.")

    def _ask_bundle(self, chance: random.Random) -> None:
        """Documents of all teams. While one is under way everybody gets that one."""
        key = str(uuid.UUID(int=chance.getrandbits(128)))
        path = f"/schools/{self.world.school}/bundles"
        made = self._until_answered(path, OF_ALL_TEAMS, key, self.world.lead)
        if made:
            self.accept(made)

    def _add_person(self, chance: random.Random) -> None:
        key = str(uuid.UUID(int=chance.getrandbits(128)))
        body = {
            "email": address_of(key),
            "name": f"Nieuwe collega {key[:8]}",
            "roles": ["member"],
            "functions": ["leerkracht"],
            "fte": 1.0,
            "working_days": [1, 2, 3, 4, 5],
        }
        path = f"/schools/{self.world.school}/employments"
        self._until_answered(path, body, key, self.world.admin)

    def _until_answered(self, path: str, body: Mapping[str, Any], key: str, token: str) -> str:
        """The id of what was made. Tries again with the same key while there is no clear answer."""
        for _ in range(_TRIES):
            status, answer = self._post(path, body, key, token)
            if status in (201, 202):
                return str(answer["id"])
            if status != 0 and status < 500 and answer.get("code") != "in_progress":
                raise AssertionError(f"{path} answered {status}: {answer}")
            if self._stop.wait(_PAUSE):
                return ""
        raise AssertionError(f"{path} gave no answer in {_TRIES} tries.")

    def _post(self, path: str, body: Mapping[str, Any], key: str, token: str) -> tuple[int, Any]:
        request = urllib.request.Request(
            f"{self.world.address}/api/v1{path}",
            data=json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            },
        )
        at, fault = time.monotonic(), self.history.fault
        status, answer = 0, {}
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as reply:
                status, answer = reply.status, json.load(reply)
        except urllib.error.HTTPError as refusal:
            status, answer = refusal.code, _read(refusal)
        except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError):
            # No answer, or half of one: the client cannot know whether it was stored.
            status, answer = 0, {}
        self.history.add(
            Answer(
                at=at,
                key=key,
                path=path,
                status=status,
                seconds=time.monotonic() - at,
                fault=fault or self.history.fault,
                began=fault,
                id=str(answer.get("id", "")),
                asked=body,
            )
        )
        return status, answer


def address_of(key: str) -> str:
    """The address of who was added with this key."""
    return f"{key}@voorbeeld.invalid"


def _read(refusal: urllib.error.HTTPError) -> Any:
    try:
        return json.load(refusal)
    except (http.client.HTTPException, OSError, ValueError):
        return {}
