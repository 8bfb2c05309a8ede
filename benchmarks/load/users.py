"""Users as threads: each clicks, reads for some seconds, and clicks again."""

import http.client
import json
import random
import threading
import time
import urllib.parse
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import lxml.html

if TYPE_CHECKING:
    from benchmarks.load.world import User, World

Address = tuple[str, int]
_THINKS = (2.0, 8.0)
_TIMEOUT = 30.0
# Seconds, as in deploy/proxy/Caddyfile.
_TRIES_AGAIN_AFTER = 0.1
# What a team lead clicks, and how often beside each other.
_LEAD = {"home": 25, "plan": 15, "year": 10, "documents": 15, "save": 25, "ask": 10}
_MEMBER = {"home": 35, "week": 45, "plan": 20}


class Answers:
    """How long each request took, by kind, and what went wrong."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seconds: dict[str, list[float]] = defaultdict(list)
        self.failures: list[str] = []
        self.retried = 0

    @property
    def count(self) -> int:
        return sum(len(values) for values in self._seconds.values())

    def add(self, kind: str, seconds: float) -> None:
        with self._lock:
            self._seconds[kind].append(seconds)

    def fail(self, kind: str, why: str) -> None:
        with self._lock:
            self.failures.append(f"{kind}: {why}")

    def retry(self) -> None:
        with self._lock:
            self.retried += 1

    def forget(self) -> None:
        """Starts counting times anew; what failed stays."""
        with self._lock:
            self._seconds.clear()

    def percentile(self, share: float) -> float:
        """In milliseconds, over all kinds together."""
        return _percentile([one for values in self._seconds.values() for one in values], share)

    def slowest(self) -> dict[str, float]:
        """Per kind the 95th percentile in milliseconds, the slowest kind first."""
        found = {kind: _percentile(values, 0.95) for kind, values in self._seconds.items()}
        return dict(sorted(found.items(), key=lambda item: -item[1]))


class Line:
    """Somebody's way to the web servers, as the proxy goes it: a connection for each request.

    What was refused goes to the other server, and what got lost on the way is asked again when
    that is safe: a POST is not. Once, where our proxy would go on for some seconds: a second loss
    is a failure.
    """

    def __init__(self, addresses: Sequence[Address], chance: random.Random) -> None:
        self._addresses = list(addresses)
        chance.shuffle(self._addresses)

    def ask(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], answers: Answers
    ) -> tuple[int, bytes, Mapping[str, str]]:
        """One request."""
        try:
            return self._once(method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            if method != "GET" and not isinstance(error, ConnectionRefusedError):
                raise
        answers.retry()
        self._addresses.reverse()
        time.sleep(_TRIES_AGAIN_AFTER)
        return self._once(method, path, body, headers)

    def _once(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, bytes, Mapping[str, str]]:
        connection = http.client.HTTPConnection(*self._addresses[0], timeout=_TIMEOUT)
        try:
            connection.request(method, path, body or None, dict(headers))
            response = connection.getresponse()
            return response.status, response.read(), dict(response.getheaders())
        finally:
            connection.close()


class Users:
    """All threads that ask something."""

    def __init__(
        self, world: "World", addresses: Sequence[Address], answers: Answers, *, seed: int
    ) -> None:
        self._world, self._addresses, self._answers = world, addresses, answers
        self._seed = seed
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, *, pdfs_per_second: float) -> None:
        for number, user in enumerate(self._world.users):
            chance = random.Random(f"{self._seed}-{number}")
            line = Line(self._addresses, chance)
            self._run(_Somebody(user, line, self._answers, chance).live, self._stop)
        asking = _Asking(self._world, Line(self._addresses, random.Random(self._seed)))
        self._run(asking.live, self._answers, 1 / pdfs_per_second, self._stop)

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, target: object, *given: object) -> None:
        thread = threading.Thread(target=target, args=given)  # type: ignore[arg-type]
        thread.start()
        self._threads.append(thread)


class _Asking:
    """Asks for one document after the other, each time of another team, length or reader."""

    def __init__(self, world: "World", line: Line) -> None:
        self._line = line
        self._asks = [
            (routekaart, token, length, persons)
            for length in ("full", "standard", "compact")
            for persons in (True, False)
            for routekaart, token in world.writers
        ]

    def live(self, answers: Answers, seconds: float, stop: threading.Event) -> None:
        for routekaart, token, length, persons in self._asks * 100:
            if stop.wait(seconds):
                return
            body = {"format": "pdf", "length": length, "persons": persons}
            headers = {
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
                "Idempotency-Key": str(uuid.uuid4()),
            }
            start = time.perf_counter()
            path = f"/api/v1/routekaarten/{routekaart}/documents"
            try:
                status, content, _ = self._line.ask(
                    "POST", path, json.dumps(body).encode(), headers, answers
                )
            except (OSError, http.client.HTTPException) as error:
                answers.fail("api", repr(error))
                continue
            answers.add("api", time.perf_counter() - start)
            if status not in (201, 202):
                answers.fail("api", f"{status} {content[:200]!r}")


class _Somebody:
    """One user with a browser that keeps its cookies."""

    def __init__(self, user: "User", line: Line, answers: Answers, chance: random.Random) -> None:
        self._user, self._line, self._answers, self._chance = user, line, answers, chance
        self._cookies = {"sessionid": user.session}
        self._clicks = _LEAD if user.draft else _MEMBER

    def live(self, stop: threading.Event) -> None:
        # Not all at the same moment at the start.
        pause = self._chance.uniform(0, _THINKS[1])
        while not stop.wait(pause):
            (kind,) = self._chance.choices(list(self._clicks), list(self._clicks.values()))
            try:
                self._click(kind)
            except (OSError, http.client.HTTPException) as error:
                self._answers.fail(kind, repr(error))
            pause = self._chance.uniform(*_THINKS)

    def _click(self, kind: str) -> None:
        routekaart = f"/routekaart/{self._user.routekaart}"
        if kind == "save":
            self._fill_in(kind, f"/routekaart/{self._user.draft}/aanleiding")
        elif kind == "ask":
            self._fill_in(kind, f"{routekaart}/documenten")
        else:
            paths = {
                "home": "/thuis",
                "week": "/mijn-week",
                "plan": f"{routekaart}/plan",
                "year": f"{routekaart}/jaar",
                "documents": f"{routekaart}/documenten",
            }
            self._ask(kind, "GET", paths[kind])

    def _fill_in(self, kind: str, path: str) -> None:
        """Opens the page and sends its first form, with other words in its text fields."""
        page = self._ask(f"{kind}, the page", "GET", path)
        if not page:
            return
        form = next(
            form
            for form in lxml.html.fromstring(page).forms
            if form.method == "POST" and (form.action or path).startswith((path, "?"))
        )
        for box in form.iter("textarea"):
            box.text = f"Wij willen dit jaar samen verder. {self._chance.random()}"
        body = urllib.parse.urlencode(form.form_values()).encode()
        self._ask(kind, "POST", path, body)

    def _ask(self, kind: str, method: str, path: str, body: bytes = b"") -> bytes:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        status, content, given = self._line.ask(method, path, body, headers, self._answers)
        self._answers.add(kind, time.perf_counter() - start)
        for name, value in given.items():
            if name.lower() == "set-cookie":
                cookie, _, kept = value.split(";")[0].partition("=")
                self._cookies[cookie] = kept
        if status not in (200, 302):
            self._answers.fail(kind, f"{status} at {path}: {content[:200]!r}")
            return b""
        if b"errorlist" in content or b'aria-invalid="true"' in content:
            self._answers.fail(kind, f"a form was refused at {path}")
        if status == 302 and "/inloggen" in given.get("Location", ""):
            self._answers.fail(kind, f"{path} asks to sign in")
        return content


def _percentile(values: list[float], share: float) -> float:
    if not values:
        return 0.0
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 1)
