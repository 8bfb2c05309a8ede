"""A word of its own in every text of every place, and looking for those of strangers.

`plant` puts `Kwi<place><Model>x9` into all texts of a place, also into those of people. Whoever is
asked about may see a word when the access table lets that person see the kind of row that it is
in, at the school and team that it is of; `Watch` reads whatever goes out and keeps the other ones.
"""

import io
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from django.apps import apps
from django.db.models import CharField, Field, Model, TextField
from django_scopes import scopes_disabled
from pypdf import PdfReader

from routekaart.access import PATHS, Access, Permission
from routekaart.models import (
    Employment,
    LessonVisit,
    LessonVisitNote,
    NoteVersion,
    Person,
    Reflection,
)
from tests.makers import access_for
from tests.matrix_world import Place, World

WORD = re.compile(r"Kwi(own|nextdoor|sibling|stranger)([A-Za-z]+?)x9")
# What a typesetter may put into the middle of a word.
_BROKEN = re.compile(r"[\s\-\u00ad\u200b\u2010]+")
# Text columns in which nobody writes: keys, names of files and of what is known to the program.
TECHNICAL = {
    "brin",
    "packages",
    "academy_url",
    "url",
    "catalogue_version",
    "input_hash",
    "content_hash",
    "media_type",
    "file_name",
    "key",
    "failure_code",
    "function",
    "step",
    "platforms",
    "point",
    "question",
    "recognition",
    "programme",
    "uid",
    "digest",
    "kind",
    "action",
    "object_kind",
    "object_id",
}
# What somebody is called and mailed at, which is seen as names of people are: planted with them.
NAMES = {"given_name", "given_email"}
# Tables of which each row hangs below a row of another table: where the sight of it is decided.
_BELOW: Mapping[str, tuple[str, str]] = {
    "CourseOverride": ("school", "School"),
    "FacilityLink": ("routekaart", "Routekaart"),
    "Answer": ("routekaart", "Routekaart"),
    "ChosenIntervention": ("routekaart", "Routekaart"),
    "GoalCourse": ("goal", "Goal"),
    "AdviceDecision": ("advice", "AdviceVersion"),
    "PlgAnswer": ("meeting", "PlgMeeting"),
    "LessonVisitNote": ("visit", "LessonVisit"),
    "AgreementCheck": ("agreement", "Agreement"),
    "GoalDecision": ("goal", "Goal"),
    "Reflection": ("completion", "Completion"),
    "NoteVersion": ("note", "PreparationNote"),
}
# Of the one who wrote it, who is none of those who are asked.
OF_ONE_PERSON = {"Reflection", "NoteVersion", "LessonVisitNote"}
# Outside the net or without a school of their own.
NOT_PLANTED: Mapping[str, str] = {
    "Person": "planted by hand: people have no school of their own",
    "Board": "the name of a board is on each of its schools",
    "ApiToken": "of one person, who reads it in the own account only",
    "IdempotencyKey": "holds a whole answer, which is read when it goes out",
    "CacheEntry": "the cache",
    "CalendarFeed": "no text",
    "ToldEvent": "no text",
    "StudyDayFile": "no text",
    "AuditEntry": "no text",
    "Departure": "what who never came was called: `test_given_names.py` asks who reads that",
}


def word(where: str, model: str) -> str:
    return f"Kwi{where.replace('_', '')}{model}x9"


def text_columns(model: type[Model]) -> "list[Field[Any, Any]]":
    """The columns in which somebody may have written something."""
    return [
        one
        for one in model._meta.concrete_fields
        if isinstance(one, CharField | TextField)
        and not one.choices
        and not one.primary_key
        and not one.unique
        and one.name not in TECHNICAL
    ]


def planted_models() -> Iterator[tuple[type[Model], str, str | None]]:
    """Model, and the ways from it to its school and to its team."""
    for model in apps.get_app_config("routekaart").get_models():
        if model.__name__ in NOT_PLANTED or not text_columns(model):
            continue
        way, above = _BELOW.get(model.__name__, ("", ""))
        path = PATHS[apps.get_model("routekaart", above) if above else model]
        before = f"{way}__" if way else ""
        yield model, before + path.school, before + path.team if path.team else None


def plant(world: World) -> None:
    """Puts the words into every text of the four places. The school's own are of `own`."""
    with scopes_disabled():
        for place in world.places.values():
            _keep_to_oneself(place)
        for where, place in world.places.items():
            for model, school, team in planted_models():
                if team is None and where == "next_door":
                    continue
                rows = {team: place.stage.team.pk} if team else {school: place.stage.school.pk}
                _write(model._default_manager.filter(**rows), model, word(where, model.__name__))
            _name_people(where, place)


def _keep_to_oneself(place: Place) -> None:
    """What the member of the place wrote for nobody else."""
    member = place.stage.member
    visit = LessonVisit.objects.get(pk=place.ids["lesson_visit_id"])
    LessonVisitNote.objects.create(visit=visit, author=member, text="Mooi.")
    NoteVersion.objects.create(
        note_id=place.ids["note_id"], revision=1, kind="question", text="Eerst.", replaced_by=member
    )
    Reflection.objects.create(completion_id=place.ids["completion_id"], text="Rustig blijven.")


def _write(rows: Any, model: type[Model], text: str) -> None:
    for row in rows:
        for column in text_columns(model):
            if column.name in NAMES:
                continue
            held = str(getattr(row, column.name) or "")
            longest = getattr(column, "max_length", None) or 10_000
            setattr(row, column.name, f"{held[: longest - len(text) - 1]} {text}".strip())
        row.save()


def _name_people(where: str, place: Place) -> None:
    stage = place.stage
    known = [stage.lead.pk, stage.member.pk, stage.trainer.pk, stage.director.pk, place.newcomer]
    for person in Person.objects.filter(pk__in=[*known, place.ids["left_id"]]):
        person.name = f"{person.name} {word(where, 'Person')}"
        person.email = f"{word(where, 'Email')}.{person.email}"
        person.save()
    called = Employment.objects.filter(person=UUID(place.newcomer), school=stage.school)
    given = {"given_name": f"Nieuw {word(where, 'Person')}"}
    given["given_email"] = f"nieuw.{word(where, 'Email')}@school.test"
    assert called.update(**given) == 1


@dataclass
class Watch:
    """Reads what goes out to whom. `hits`: what somebody got to see and may not."""

    world: World
    access: dict[str, Access] = field(init=False)
    hits: set[str] = field(default_factory=set)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.access = {role: access_for(person) for role, person in self.world.people.items()}

    def read_file(self, who: str, content: bytes, what: str) -> None:
        """The same for a file: PDF, and whatever is packed as ZIP, to any depth."""
        self.read(who, without_breaks(text_in(content)), what)

    def read(self, who: str, text: str, what: str) -> None:
        """Keeps the words in `text` that `who` may not see."""
        for where, model in set(WORD.findall(text)):
            self.seen.add((where, model))
            if not self.may_see(who, where, model):
                self.hits.add(f"{what} shows {who} {where} {model}")

    def no_names(self, who: str, content: bytes, what: str) -> None:
        """Keeps the names of colleagues, where there may be none."""
        for where, model in set(WORD.findall(without_breaks(text_in(content)))):
            if model == "Person":
                self.hits.add(f"{what} names somebody of {where} to {who}")

    def may_see(self, who: str, where: str, model: str) -> bool:
        """Whether the access table lets this role see that kind of row there."""
        by = self.access.get(who)
        if by is None or model in OF_ONE_PERSON:
            return False
        place = self.world.places["next_door" if where == "nextdoor" else where]
        school, team = place.stage.school.pk, place.stage.team.pk
        permission, of_team = _sight(model)
        return by.allows(permission, school=school, team=team if of_team else None)


def without_breaks(text: str) -> str:
    """The text as one, so that a word which a typesetter broke is whole."""
    return _BROKEN.sub("", text)


def text_in(content: bytes) -> str:
    """All text of a file."""
    if content.startswith(b"%PDF-"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as packed:
            return "".join(text_in(packed.read(name)) for name in packed.namelist())
    text = content.decode(errors="ignore")
    # A calendar goes on at the next line after a space.
    return text.replace("\r\n ", "") if text.startswith("BEGIN:VCALENDAR") else text


def _sight(model: str) -> tuple[Permission, bool]:
    if model == "Person":
        # Who works at a school knows the colleagues' names.
        return Permission.VIEW_SCHOOL, False
    if model == "Email":
        return Permission.MANAGE_PEOPLE, False
    if model == "Completion":
        # Who records what somebody did; that person is none of those who are asked.
        return Permission.RECORD_PROGRESS, False
    above = _BELOW.get(model, ("", model))[1]
    path = PATHS[apps.get_model("routekaart", above)]
    return path.view, path.team is not None


class Logged(logging.Handler):
    """Reads every line of the log: none of the words belongs there. `lines`: how many it read."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.hits: set[str] = set()
        self.lines = 0

    def emit(self, record: logging.LogRecord) -> None:
        text = logging.Formatter().format(record)
        self.lines += 1
        self.hits |= {f"{record.name}: {one}" for one in WORD.findall(text)}
