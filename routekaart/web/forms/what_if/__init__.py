"""What-if: one small form per kind of change.

What is asked stands in the address and nowhere else: each change as one text, which `as_text`
makes and `read_change` reads.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import QueryDict

from routekaart.queries.planning.outline import Outline
from routekaart.web.forms.what_if.change import ChangeForm
from routekaart.web.forms.what_if.courses import (
    CompleteCourseForm,
    CourseVoluntaryForm,
    WithdrawPreparationForm,
)
from routekaart.web.forms.what_if.days import (
    AddStudyDayForm,
    CloseDaysForm,
    MoveStudyDayForm,
    RemoveStudyDayForm,
)
from routekaart.web.forms.what_if.goals import AddGoalForm, GoalPriorityForm, RemoveGoalForm
from routekaart.web.forms.what_if.people import (
    AddMemberForm,
    MemberLeaveForm,
    MoreMinutesForm,
    RemoveMemberForm,
)
from routekaart.web.forms.what_if.settings import ChangeSettingsForm

GROUPS: tuple[tuple[str, tuple[type[ChangeForm], ...]], ...] = (
    ("Mensen en tijd", (AddMemberForm, RemoveMemberForm, MemberLeaveForm, MoreMinutesForm)),
    ("Studiedagen", (AddStudyDayForm, MoveStudyDayForm, RemoveStudyDayForm, CloseDaysForm)),
    ("Doelen", (AddGoalForm, RemoveGoalForm, GoalPriorityForm)),
    ("Cursussen", (CourseVoluntaryForm, WithdrawPreparationForm, CompleteCourseForm)),
    ("Anders plannen", (ChangeSettingsForm,)),
)
FORMS: Mapping[str, type[ChangeForm]] = {form.kind: form for _, forms in GROUPS for form in forms}


def as_text(form: ChangeForm) -> str:
    """A change for the address; read after `is_valid()`."""
    data: QueryDict = form.data  # type: ignore[assignment]  # always that of a request
    values = [(name, value) for name in form.fields for value in data.getlist(name) if value]
    return urlencode([("soort", form.kind), *values])


def read_change(text: str, outline: Outline) -> ChangeForm | None:
    """The form of a change as it stands in the address, valid; None when it is none."""
    data = QueryDict(text)
    kind = FORMS.get(data.get("soort", ""))
    if kind is None:
        return None
    form = kind(data, outline=outline)
    return form if form.is_valid() else None
