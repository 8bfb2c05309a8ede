"""One number finds the whole way of a request through the log, and nobody is found in it."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.actions.organisation.tokens import issue_token
from routekaart.logs.lines import JsonLines, Story
from routekaart.models import Job, Mail
from tests.handing_over import SITE, Handing
from tests.makers import ApiClient, make_colleague
from tests.worker import mail_server
from tests.worker_bench import Bench
from worker import mail, runner

pytestmark = pytest.mark.django_db
NUMBER = "4f6a2b1c9d8e7f60"
NUMBERED = {"X-Request-ID": NUMBER}


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that the product would have in its log in production, at its most talkative."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(Story())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("DEBUG")
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def handing(settings: Settings, tmp_path: Path) -> Handing:
    settings.STORAGE_DIR = tmp_path
    settings.PUBLIC_ADDRESS = SITE
    settings.EMAIL_BACKEND = mail_server.BACKEND
    mail_server.server.__init__()  # type: ignore[misc]  # as new
    return Handing()


def lines(log: StringIO, **wanted: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in log.getvalue().splitlines()]
    return [one for one in found if wanted.items() <= one.items()]


def test_from_request_to_job_to_worker(bench: Bench, log: StringIO) -> None:
    _, token = issue_token(bench.lead, "test", [])
    path = f"/routekaarten/{bench.routekaart.pk}/documents"
    answer = ApiClient(token).call("POST", path, {}, headers=NUMBERED)
    assert (answer.status_code, answer["X-Request-ID"]) == (202, NUMBER)
    asked = Job.objects.get(pk=answer.json()["id"])
    good = bench.job(request_id=NUMBER)
    runner.run(good.pk)
    # Its plan is empty.
    runner.run(asked.pk)
    (request,) = lines(log, request=NUMBER, logger="routekaart.requests")
    assert {name: request[name] for name in ("method", "route", "status", "message")} == {
        "method": "POST",
        "route": "/api/v1/routekaarten/<routekaart_id>/documents",
        "status": 202,
        "message": "answered",
    }
    (done,) = lines(log, request=NUMBER, job=str(good.pk), logger="worker.runner")
    assert (done["message"], done["kind"], done["attempt"]) == ("job done", "stand-in", 1)
    (failed,) = lines(log, request=NUMBER, job=str(asked.pk), level="error")
    assert failed["message"] == f"Attempt 1 of job {asked.pk} failed."
    assert failed["error"]["places"]


def test_from_request_to_mail(handing: Handing, log: StringIO) -> None:
    document, lead = handing.document(), handing.stage.lead
    _, token = issue_token(lead, "test", [])
    body = {"recipients": [str(handing.stage.director.pk)]}
    path = f"/documents/{document.pk}/links"
    assert ApiClient(token).call("POST", path, body, headers=NUMBERED).status_code == 201
    (row,) = Mail.objects.all()
    assert mail.send_due() == 1
    (line,) = lines(log, request=NUMBER, mail=str(row.pk))
    assert (line["message"], line["kind"]) == ("mail sent", "document")


def test_nobody_and_no_secret_is_found(
    handing: Handing, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong: signs that are in names, addresses, texts, keys and questions."""
    sign = "Kanariezaad"
    person = make_colleague(handing.stage.team, Role.TEAM_LEAD, name=f"Kees {sign}")
    person.email = f"{sign.lower()}@school.test"
    person.save()
    _, token = issue_token(person, sign, [])
    browser = Client(raise_request_exception=False)
    login = {"login": person.email, "password": f"{sign}-geheim"}
    browser.post(f"{reverse('account_login')}?next=/{sign}", login)
    browser.get(f"/nergens/{sign}?naam={sign}", headers={"X-Request-ID": sign})
    browser.get(f"/gedeeld/{sign}", headers={"Host": f"{sign}.test"})
    client = ApiClient(token, raise_request_exception=False)
    client.call("GET", f"/me?zoek={sign}")
    client.call("POST", f"/{sign}", {"naam": sign})

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(sign, person.email, token)

    monkeypatch.setattr("routekaart.web.views.documents.links.link_in_hand", broken)
    assert browser.get(f"/gedeeld/{sign}.{token}").status_code == 500

    with monkeypatch.context() as trouble:
        trouble.setattr(mail_server.server, "trouble", mail_server.refused(person.email))
        document = handing.document()
        client.call("POST", f"/documents/{document.pk}/links", {"recipients": [str(person.pk)]})
        other = ApiClient(issue_token(handing.stage.lead, "test", [])[1])
        other.call("POST", f"/documents/{document.pk}/links", {"recipients": [str(person.pk)]})
        assert mail.send_due() > 0
    text = log.getvalue().lower()
    assert len(lines(log)) > 8
    assert lines(log, level="error")
    assert lines(log, logger="worker.mail")
    assert sign.lower() not in text
    assert token.lower() not in text
    assert "school.test" not in text
