"""A running team in which one person left something in every table, and a sign in every column.

`KANARIE` stands, with its table and column, in everything that is of the person; the name stands
in every text of the team. What is looked for afterwards is therefore one word.
"""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import CharField, Field, JSONField, TextField
from django_scopes import scopes_disabled

from courses.models import Course, Package
from routekaart.actions.privacy.sessions import CHOSEN_FILE, KEPT_FORM
from routekaart.domain.personal_data import TABLES, Column, Rows, Table
from routekaart.models import (
    AdviceDecision,
    AdviceDesk,
    AdviceVersion,
    Agreement,
    AgreementCheck,
    ApiToken,
    Assignment,
    BlockPerson,
    BudgetLine,
    CalendarFeed,
    Completion,
    Departure,
    Document,
    DocumentLink,
    Employment,
    GoalDecision,
    HoursAgreement,
    IdempotencyKey,
    Invitation,
    Job,
    Leave,
    LessonVisitNote,
    Mail,
    MailBatch,
    Measurement,
    NoteVersion,
    Person,
    Plan,
    PlgAnswer,
    PlgMeeting,
    PreparationNote,
    Presence,
    ProgrammeBlock,
    QuoteRequest,
    Reflection,
    Scan,
    ScanParticipation,
    SchoolCourse,
    TokenSchool,
    ToldEvent,
    Topic,
    TopicVote,
    WordTemplate,
)
from routekaart.queries.privacy.rows import model_of, rows_with, school_path
from routekaart.storage import Storage, StoredFile
from tests.makers import make_school
from tests.matrix_cycle import cycle_ids
from tests.stages import Stage

SIGN = "KANARIE"
NAME = "Kanarie-Jo van Zanger"
EMAIL = "kanarie.jo@voorbeeld.test"
# What stays: it is about nobody.
OF_NOBODY = "van-niemand"
AT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
_DAY = date(2026, 10, 5)


def person_everywhere() -> tuple[Stage, Person]:
    """The team, and the person of whom there is a row in every table with people."""
    stage = Stage()
    person = stage.member
    Person.objects.filter(pk=person.pk).update(name=NAME, email=EMAIL, last_login=AT)
    person.refresh_from_db()
    stage.running()
    with scopes_disabled():
        ids = cycle_ids(stage, Assignment.objects.filter(routekaart=stage.routekaart)[0])
        _learn(stage, person, ids)
        _work(stage, person)
        _plan(stage, person)
        _technique(stage, person)
        for table in TABLES.values():
            for column in table.of(Column.DOER):
                _make_doer(table, column, person)
    return stage, person


def _learn(stage: Stage, person: Person, ids: dict[str, Any]) -> None:
    own = Assignment.objects.filter(routekaart=stage.routekaart, person=person)[0]
    HoursAgreement.objects.create(assignment=own, agreed_on=_DAY, recorded_at=AT)
    done = Completion.objects.get(pk=ids["completion_id"])
    Reflection.objects.create(completion=done, text="x", written_at=AT)
    note = PreparationNote.objects.get(pk=ids["note_id"])
    NoteVersion.objects.create(note=note, revision=1, kind="wish", text="x", replaced_at=AT)
    topic = Topic.objects.get(pk=ids["topic_id"])
    TopicVote.objects.create(topic=topic, person=person)
    visit = ids["lesson_visit_id"]
    LessonVisitNote.objects.create(visit_id=visit, author=person, text="x", written_at=AT)
    LessonVisitNote.objects.create(visit_id=visit, author=stage.lead, text="x", written_at=AT)
    ScanParticipation.objects.create(scan=Scan.objects.all()[0], person=person)
    PlgAnswer.objects.get_or_create(
        meeting=PlgMeeting.objects.all()[0], question="anders", defaults={"text": "x"}
    )
    Agreement.objects.filter(pk=ids["agreement_id"]).update(owner=person)
    AgreementCheck.objects.create(
        agreement_id=ids["agreement_id"], checked_on=_DAY, step="kept", checked_at=AT
    )
    GoalDecision.objects.create(
        goal=stage.goal, decided_on=_DAY, verdict="go_on", reason="x", decided_at=AT
    )
    if not Measurement.objects.exists():
        Measurement.objects.create(indicator_id=ids["indicator_id"], measured_on=_DAY, value=1)


def _work(stage: Stage, person: Person) -> None:
    employment = Employment.objects.get(person=person)
    Leave.objects.create(employment=employment, first_day=_DAY, last_day=_DAY)
    Departure.objects.create(person=person, school=stage.school, left_at=AT)
    for who in (person, stage.lead):
        BudgetLine.objects.create(
            school=stage.school,
            person=who,
            school_year=2026,
            kind="spent",
            cents=1,
            what="x",
            spent_on=_DAY,
        )
    QuoteRequest.objects.create(
        school=stage.school, package=Package.objects.all()[0], requested_by=person, requested_at=AT
    )
    assert SchoolCourse.objects.exists()
    Presence.objects.create(routekaart=stage.routekaart, person=person, step="goals", seen_at=AT)


def _plan(stage: Stage, person: Person) -> None:
    block = ProgrammeBlock.objects.create(
        study_day=stage.study_day, starts_at=time(9), minutes=30, kind="break", title="x"
    )
    BlockPerson.objects.create(block=block, person=person)
    AdviceDesk.objects.get_or_create(
        routekaart=stage.routekaart, defaults={"revision": 1, "changes": {}, "changed_at": AT}
    )
    version = AdviceVersion.objects.all()[0]
    AdviceDecision.objects.get_or_create(
        advice=version,
        course=Assignment.objects.all()[0].course,
        defaults={"accepted": True, "decided_at": AT},
    )
    made: dict[str, Any] = {
        "school": stage.school,
        "routekaart": stage.routekaart,
        "format": "pdf",
        "length": "full",
        "media_type": "application/pdf",
    }
    about_all = _file(f"Aantallen van het team, {SIGN.lower()[:3]}.")
    files: tuple[tuple[str, StoredFile, dict[str, Any]], ...] = (
        ("team", about_all, {"plan": stage.plan}),
        ("person", _file(f"{SIGN} alleen van mij"), {"person": person, "private": True}),
        ("group", _file(f"{SIGN} met de groep"), {"holds_persons": True}),
        ("study-day", _file(f"{SIGN} op de dag"), {"study_day": stage.study_day}),
    )
    for number, (kind, content, more) in enumerate(files):
        document = Document.objects.create(
            kind=kind,
            input_hash=f"{number:064d}",
            content_hash=content.content_hash,
            size=content.size,
            file_name="plan.pdf",
            **(made | more),
        )
    _of_the_board(stage, made)
    mail = _mail(stage, person)
    DocumentLink.objects.create(
        document=document,
        recipient=person,
        made_at=AT,
        expires_at=AT + timedelta(days=14),
        mail=mail,
    )
    Job.objects.create(school=stage.school, kind="document", payload={}, private=True)
    WordTemplate.objects.create(
        school=stage.school, name="Eigen", version=1, content_hash="0" * 64, size=1, active=False
    )


def _of_the_board(stage: Stage, made: dict[str, Any]) -> None:
    """What is about all schools of the board, kept at another one than where the person was."""
    other = make_school(stage.school.board, "De Andere School")
    for kind, persons in (("bundle", True), ("board", False)):
        content = _file(f"{SIGN} op een van de scholen, {kind}")
        Document.objects.create(
            **made | {"school": other, "routekaart": None, "format": "zip"},
            board=stage.school.board,
            kind=kind,
            holds_persons=persons,
            input_hash=kind,
            content_hash=content.content_hash,
            size=content.size,
            file_name="bestuur.zip",
        )


def _mail(stage: Stage, person: Person) -> Mail:
    batch = MailBatch.objects.all()[0]
    fields = {"school": stage.school, "batch": batch, "kind": batch.kind, "due_at": AT}
    Mail.objects.create(person=stage.lead, key="over", subject="x", body="x", about={}, **fields)
    return Mail.objects.create(person=person, key="aan", subject="x", body="x", about={}, **fields)


def _technique(stage: Stage, person: Person) -> None:
    token = ApiToken.objects.create(person=person, name="x", digest="d" * 64)
    TokenSchool.objects.create(apitoken=token, school=stage.school)
    feed = CalendarFeed.objects.create(person=person, digest="e" * 64, made_at=AT)
    ToldEvent.objects.create(
        feed=feed, uid="x", kind="day", day=_DAY, minutes=1, digest="x", sequence=0, changed_at=AT
    )
    IdempotencyKey.objects.create(person=person, key="x", fingerprint="f" * 64, response={})
    _answers(stage.lead, person)
    address = EmailAddress.objects.create(user=person, email=EMAIL)
    EmailConfirmation.objects.create(email_address=address, key="k", sent=AT)
    employment = Employment.objects.filter(person=person)[0]
    Invitation.objects.create(employment=employment, sent_at=AT, expires_at=AT)
    elsewhere = SocialAccount.objects.create(user=person, provider="google", uid="x")
    SocialToken.objects.create(account=elsewhere, token="t")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "s"})
    UserSession.objects.create(user=person, ip="127.0.0.1", session_key="s", user_agent="x")
    LogEntry.objects.create(user=person, object_repr="x", action_flag=1, change_message="x")
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session[KEPT_FORM] = {"for": str(person.pk), "path": "/", "fields": f"x={SIGN}"}
    session.save()
    other = SessionStore()
    other["_auth_user_id"] = str(stage.lead.pk)
    other[CHOSEN_FILE] = {
        "school": str(stage.school.pk),
        "hash": _file(f"naam\n{SIGN}").content_hash,
    }
    other.save()
    _waiting(person)


def _answers(colleague: Person, person: Person) -> None:
    """What a colleague's programs asked and heard about the person, as the API keeps it."""
    answers = {
        "named": json.dumps({"items": [{"name": NAME.upper()}]}),
        "addressed": json.dumps({"email": EMAIL}),
        # By the name of before, at the same id.
        "id": json.dumps({"id": str(person.pk), "name": "Kanarie van Vroeger"}),
        "no-json": f"Zei {NAME}.",
        f"add-{EMAIL}": "{}",
        OF_NOBODY: json.dumps({"name": "Onderbouw"}),
    }
    for key, body in answers.items():
        IdempotencyKey.objects.create(
            person=colleague,
            key=key,
            fingerprint="f",
            status=201,
            response={"body": body, "headers": {"Content-Type": "application/json"}},
        )


def _waiting(person: Person) -> None:
    """Forms that wait in sessions until somebody signs in again."""
    typed = {"naam": NAME, "anders": "x"}, {"tekst": SIGN}
    for whose, fields in zip((uuid4(), person.pk), typed, strict=True):
        session = SessionStore()
        session[KEPT_FORM] = {"for": str(whose), "path": "/", "fields": urlencode(fields)}
        session.save()
    other = SessionStore()
    other[KEPT_FORM] = {"for": str(uuid4()), "path": "/", "fields": urlencode({"naam": OF_NOBODY})}
    other.save()


def _file(text: str) -> StoredFile:
    return Storage(Path(settings.STORAGE_DIR)).put(text.encode())


def _make_doer(table: Table, column: str, person: Person) -> None:
    rows = model_of(table)._default_manager
    first = rows.filter(**{f"{column}__isnull": True}).first() or rows.first()
    assert first is not None, f"no row of {table.model}"
    rows.filter(pk=first.pk).update(**{column: person.pk})


# --- Signs ---------------------------------------------------------------------------------------
def sign_of(table: Table, column: str) -> str:
    """The sign of one column."""
    return f"{SIGN}-{table.model.rpartition('.')[2]}-{column}"


def signed_columns(person: Person, *, texts: bool) -> list[tuple[Table, str]]:
    """Puts the sign of each column there that is of the person; gives which. Those that hold text.

    `texts`: also in what the person wrote for the team, which is exported but stays.
    """
    signed = []
    with scopes_disabled():
        for table in TABLES.values():
            if table.model == "routekaart.Person":
                continue
            columns = list(table.of(Column.OWN))
            if table.rows is Rows.GO:
                columns += table.of(Column.GENERATED)
            if texts and table.doers:
                columns += table.of(Column.TEXT)
            keys = rows_with(table.authors, table, person.pk).values_list("pk", flat=True)
            for column in columns:
                field: Field[Any, Any] = model_of(table)._meta.get_field(column)  # type: ignore[assignment]
                if not isinstance(field, CharField | TextField | JSONField):
                    continue
                sign = sign_of(table, column)
                value = [sign] if isinstance(field, JSONField) else sign
                rows = model_of(table)._default_manager.filter(pk__in=list(keys))
                assert rows.update(**{column: value}) > 0, sign
                signed.append((table, column))
    return signed


def _columns_for_a_name(table: Table) -> list[str]:
    """Where people, or the product, may have written somebody's name: also in own words."""
    if table.model in {"routekaart.IdempotencyKey", "routekaart.Person"}:
        return []
    if table.model.partition(".")[0] in {"account", "socialaccount", "usersessions"}:
        return []
    kinds = (Column.TEXT, Column.GENERATED, Column.OWN)
    columns = [column for kind in kinds for column in table.of(kind)]
    return [
        column
        for column in columns
        if column not in {"content", "not_answered_because"}
        if isinstance(model_of(table)._meta.get_field(column), CharField | TextField | JSONField)
    ]


def name_in_every_text(stage: Stage) -> int:
    """Puts the name in every text of the team; gives in how many columns."""
    count = 0
    with scopes_disabled():
        for table in TABLES.values():
            for column in _columns_for_a_name(table):
                field = model_of(table)._meta.get_field(column)
                value: Any = f"Zei {NAME}."
                if isinstance(field, JSONField):
                    value = {"wie": [value, EMAIL]}
                rows = model_of(table)._default_manager.all()
                if path := school_path(table):
                    rows = rows.filter(**{path: stage.school.pk})
                count += bool(
                    model_of(table)
                    ._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True)))
                    .update(**{column: value})
                )
        for course in Course.objects.filter(pk__in=SchoolCourse.objects.values("course")):
            course.title, course.note = f"Zei {NAME}.", f"Zei {NAME}."
            course.save()
            count += 2
        plan = Plan.objects.all()[0]
        plan.content["wie"] = NAME
        Plan._base_manager.filter(pk=plan.pk).update(content=plan.content)
    return count
