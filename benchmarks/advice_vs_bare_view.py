"""POST /advice against a bare Django view that returns the same bytes behind the same middleware.

Repeated: the same question again and again, the two in turns, so that a busy machine hits both.
Unseen: a new random question each time. Six interventions, four functions, as in a real team.
Prints one line of JSON; `ratio` is ours / peer in requests per second, `unseen_ms` a median.
"""

import io
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
ROUNDS = 30
REQUESTS_PER_ROUND = 200
UNSEEN = 300
SEED = 20260801


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        os.environ["ROUTEKAART_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "routekaart.settings"
        # Counted like everybody's requests, and never too many.
        os.environ["API_REQUESTS_PER_ADDRESS"] = "1000000000"
        print(json.dumps(measured()))


def measured() -> dict[str, object]:
    """Both sides on a fresh embedded database with the real catalogue."""
    import django  # noqa: PLC0415  (needs the environment that `main` sets)

    django.setup()
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.http import HttpRequest, HttpResponse  # noqa: PLC0415
    from django.urls import path  # noqa: PLC0415

    from courses.catalogue import public_catalogue  # noqa: PLC0415
    from courses.load import load_catalogue  # noqa: PLC0415
    from routekaart import urls  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    load_catalogue()
    catalogue = public_catalogue()
    interventions = [item.slug for item in catalogue.interventions]
    functions = [item.slug for item in catalogue.functions]
    chance = random.Random(SEED)  # noqa: S311  (no secret)

    def question() -> bytes:
        chosen = {
            "interventions": chance.sample(interventions, 6),
            "functions": chance.sample(functions, 4),
            "sector": "po",
        }
        return json.dumps(chosen).encode()

    server = WSGIHandler()

    def post(address: str, body: bytes) -> bytes:
        # Straight into the WSGI handler: a test client would cost more than either view.
        environ = {
            **_ENVIRON,
            "PATH_INFO": address,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        response = server(environ, _started)
        content = b"".join(response)
        response.close()
        if response.status_code != HTTPStatus.OK:
            raise SystemExit(f"{address} answered {response.status_code}")
        return content

    repeated = question()
    answer = post("/api/v1/advice", repeated)

    def bare(request: HttpRequest) -> HttpResponse:
        _ = request.body
        return HttpResponse(answer, content_type="application/json; charset=utf-8")

    bare.csrf_exempt = True  # type: ignore[attr-defined]  # as every operation of ninja
    urls.urlpatterns.append(path("api/v1/bare", bare))
    if post("/api/v1/bare", repeated) != answer:
        raise SystemExit("the two answers differ")

    ours, peer = _in_turns(
        lambda: post("/api/v1/advice", repeated), lambda: post("/api/v1/bare", repeated)
    )
    times = []
    for _ in range(UNSEEN):
        body = question()
        start = time.perf_counter()
        post("/api/v1/advice", body)
        times.append(time.perf_counter() - start)
    return {
        "name": "advice_vs_bare_view",
        "ours": round(ours, 1),
        "peer": round(peer, 1),
        "ratio": round(ours / peer, 3),
        "unit": "requests/s",
        "unseen_ms": round(statistics.median(times) * 1000, 2),
    }


_ENVIRON = {
    "REQUEST_METHOD": "POST",
    "SCRIPT_NAME": "",
    "QUERY_STRING": "",
    "CONTENT_TYPE": "application/json",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "127.0.0.1",
    "wsgi.url_scheme": "http",
    "wsgi.errors": sys.stderr,
}


def _started(*_: Any) -> Callable[[bytes], object]:
    return lambda _content: None


def _in_turns(ours: Callable[[], object], peer: Callable[[], object]) -> tuple[float, float]:
    """Requests per second of both, as medians over alternating rounds."""
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for side, call in enumerate((ours, peer)):
            start = time.perf_counter()
            for _ in range(REQUESTS_PER_ROUND):
                call()
            rates[side].append(REQUESTS_PER_ROUND / (time.perf_counter() - start))
    return statistics.median(rates[0]), statistics.median(rates[1])


if __name__ == "__main__":
    main()
