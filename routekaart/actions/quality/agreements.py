"""Agreements: making, changing and looking back at them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from routekaart.access import Access, NotFound, Permission
from routekaart.actions.audit import record
from routekaart.actions.in_the_year import NOT_CLOSED, in_the_year
from routekaart.domain.agreements import (
    OPEN,
    AgreementDates,
    Check,
    after_check,
    check_after_day,
    check_dates,
    check_reach,
    first_check,
    when_open,
)
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.lifecycle import STUDY_DAY
from routekaart.models import (
    Agreement,
    AgreementCheck,
    Goal,
    PlgMeeting,
    Routekaart,
    StudyDay,
    TeamMembership,
    WorkGroup,
)
from routekaart.queries.planning.problems import calendar_of
from routekaart.queries.study_day.day_dates import follow_up_of

_OWNERS = frozenset({"owner", "work_group", "whole_team"})


def add_agreement(*, by: Access, routekaart_id: UUID, values: Mapping[str, Any]) -> Agreement:
    """Adds what a team agrees on. Without `check_on` it comes back when it is due, or later,
    on a day that the school is open.

    At a study day until that day is closed (`Conflict` `study_day_closed`); after that at a PLG
    meeting or on its own. Raises `BadInput` for an agreement without exactly one owner and for a
    study day, meeting, goal or group that is not of this routekaart.
    """
    with in_the_year(
        by=by, routekaart_id=routekaart_id, permission=Permission.EDIT_AGREEMENTS
    ) as routekaart:
        agreement = Agreement(routekaart=routekaart, made_by=by.person)
        _fill(agreement, dict.fromkeys(_OWNERS) | dict(values), routekaart)
        if values.get("check_on") is None:
            day = agreement.study_day
            back_on = first_check(agreement.due_on, follow_up_of(day) if day else None)
            year = SchoolYear.containing(back_on).start
            calendar = calendar_of(school=routekaart.team.school, year=year)
            agreement.check_on = when_open(back_on, calendar)
        _save(agreement)
        _log(by, routekaart, "add_agreement", agreement)
    return agreement


def change_agreement(*, by: Access, agreement_id: UUID, values: Mapping[str, Any]) -> Agreement:
    """Changes what `values` names; naming an owner replaces whoever owned it before.

    Only while it is open: what was kept or let go is history (`Conflict` `wrong_state`).
    """
    seen = by.fetch(Agreement, agreement_id, Permission.EDIT_AGREEMENTS)
    with in_the_year(
        by=by,
        routekaart_id=seen.routekaart_id,
        permission=Permission.EDIT_AGREEMENTS,
        states=NOT_CLOSED,
    ) as routekaart:
        agreement = _present(routekaart, agreement_id)
        if agreement.state != OPEN:
            raise Conflict(
                "Deze afspraak is al nagekomen of losgelaten. Heropen haar eerst.",
                code="wrong_state",
            )
        _fill(agreement, values, routekaart)
        _save(agreement)
        _log(by, routekaart, "change_agreement", agreement)
    return agreement


def check_agreement(*, by: Access, agreement_id: UUID, check: Check, today: date) -> Agreement:
    """Looks back at an agreement. Every look is kept; the very same one on a day counts once.

    Raises as `domain.agreements.after_check` and `check_reach` do. The study day may be closed.
    """
    seen = by.fetch(Agreement, agreement_id, Permission.EDIT_AGREEMENTS)
    with in_the_year(
        by=by,
        routekaart_id=seen.routekaart_id,
        permission=Permission.EDIT_AGREEMENTS,
        states=NOT_CLOSED,
    ) as routekaart:
        agreement = _present(routekaart, agreement_id)
        if _is_repeat(agreement, check, by, today):
            return agreement
        after = after_check(_dates(agreement), check, today)
        if check.back_on is not None:
            check_reach("back_on", check.back_on, SchoolYear(routekaart.school_year))
        AgreementCheck.objects.create(
            agreement=agreement,
            checked_on=today,
            step=check.step,
            note=check.note,
            back_on=check.back_on,
            checked_by=by.person,
        )
        agreement.state, agreement.check_on = after.state, after.check_on
        agreement.reason = check.note if check.step == "drop" else ""
        agreement.save(update_fields=["state", "check_on", "reason"])
        _log(by, routekaart, f"agreement_{check.step}", agreement)
    return agreement


def give_to_team(*, by: Access, routekaart: Routekaart, orphans: Q) -> None:
    """Open agreements of a routekaart whose owner is about to go become those of the whole team.

    Nobody would keep them otherwise. `orphans` says which. The routekaart is locked.
    """
    rows = Agreement.objects.filter(orphans, routekaart=routekaart, state=OPEN)
    for agreement in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        agreement.owner, agreement.work_group, agreement.whole_team = None, None, True
        agreement.save(update_fields=["owner", "work_group", "whole_team"])
        _log(by, routekaart, "agreement_to_team", agreement)


def _dates(agreement: Agreement) -> AgreementDates:
    return AgreementDates(agreement.pk, agreement.state, agreement.due_on, agreement.check_on)


def _is_repeat(agreement: Agreement, check: Check, by: Access, today: date) -> bool:
    """Whether the last look back was this very one: the same person, day, words and step."""
    last = AgreementCheck.objects.filter(agreement=agreement).order_by("-checked_at", "-id").first()
    return last is not None and (
        last.step,
        last.note,
        last.back_on,
        last.checked_on,
        last.checked_by_id,
    ) == (check.step, check.note, check.back_on, today, by.person.pk)


def _present(routekaart: Routekaart, agreement_id: UUID) -> Agreement:
    """The agreement as it stands now; meanwhile it may have moved to next year's routekaart."""
    agreement = (
        Agreement.objects.select_for_update(of=("self",), no_key=True)
        .filter(routekaart=routekaart, pk=agreement_id)
        .first()
    )
    if agreement is None:
        raise NotFound("Agreement")
    agreement.routekaart = routekaart
    return agreement


def _fill(agreement: Agreement, values: Mapping[str, Any], routekaart: Routekaart) -> None:
    for name in ("what", "due_on", "check_on"):
        value = values.get(name)
        if value is None or value == getattr(agreement, name):
            continue
        if name != "what":
            check_reach(name, value, SchoolYear(routekaart.school_year))
        setattr(agreement, name, value)
    if _OWNERS & values.keys():
        _set_owner(agreement, values, routekaart)
    if "goal" in values:
        agreement.goal = _of_routekaart(Goal, "goal", values["goal"], routekaart=routekaart)
    if "plg_meeting" in values:
        agreement.plg_meeting = _of_routekaart(
            PlgMeeting, "plg_meeting", values["plg_meeting"], cycle__routekaart=routekaart
        )
    if "study_day" in values and values["study_day"] != agreement.study_day_id:
        # A day that is closed keeps the agreements it was closed with.
        _open_day(agreement.study_day_id, routekaart)
        agreement.study_day = _open_day(values["study_day"], routekaart)
    if agreement.study_day is not None and {"due_on", "study_day"} & values.keys():
        check_after_day(agreement.due_on, agreement.study_day.date)


def _set_owner(agreement: Agreement, values: Mapping[str, Any], routekaart: Routekaart) -> None:
    if not any(values.get(name) for name in _OWNERS):
        # What is only emptied leaves whoever else owns it.
        present = {
            "owner": agreement.owner_id,
            "work_group": agreement.work_group_id,
            "whole_team": agreement.whole_team,
        }
        values = present | {name: values[name] for name in _OWNERS & values.keys()}
    named = [name for name in sorted(_OWNERS) if values.get(name)]
    if not named:
        raise BadInput(
            "owner",
            "Kies wie deze afspraak nakomt: iemand van het team, een werkgroep of het hele team.",
            code="agreement_without_owner",
        )
    if len(named) > 1:
        raise BadInput(
            named[1],
            "Kies één eigenaar: iemand van het team, een werkgroep of het hele team.",
            code="agreement_with_several_owners",
        )
    owner = values.get("owner")
    if owner and not TeamMembership.objects.filter(team=routekaart.team, person=owner).exists():
        raise BadInput(
            "owner",
            "Deze persoon hoort niet bij dit team. Kies iemand van het team.",
            code="owner_not_in_team",
        )
    agreement.owner_id = owner
    agreement.work_group = _of_routekaart(
        WorkGroup, "work_group", values.get("work_group"), routekaart=routekaart
    )
    agreement.whole_team = bool(values.get("whole_team"))


def _of_routekaart(model: Any, field: str, pk: UUID | None, **where: Any) -> Any:
    """The object with this id, when it belongs to the routekaart; None for None."""
    if pk is None:
        return None
    found = model.objects.filter(pk=pk, **where).first()
    if found is None:
        raise BadInput(
            field,
            "Dit hoort niet bij deze routekaart. Kies iets van dezelfde routekaart.",
            code="not_of_this_routekaart",
        )
    return found


def _open_day(study_day_id: UUID | None, routekaart: Routekaart) -> StudyDay | None:
    """The study day, locked, so that it does not close while an agreement is made for it."""
    day: StudyDay | None = _of_routekaart(
        StudyDay, "study_day", study_day_id, routekaart=routekaart
    )
    if day is None:
        return None
    state = StudyDay.objects.select_for_update(of=("self",), no_key=True).get(pk=day.pk).state
    if state == STUDY_DAY.steps["close"].target:
        raise Conflict(
            "Deze studiedag is afgesloten: haar afspraken staan vast. Maak een nieuwe afspraak bij "
            "een PLG-bijeenkomst of los.",
            code="study_day_closed",
        )
    day.routekaart = routekaart
    return day


def _save(agreement: Agreement) -> None:
    check_dates(due_on=agreement.due_on, check_on=agreement.check_on)
    agreement.save()


def _log(by: Access, routekaart: Routekaart, action: str, agreement: Agreement) -> None:
    record(
        by=by,
        school=routekaart.team.school_id,
        action=action,
        subject=agreement,
        routekaart=routekaart.pk,
    )
