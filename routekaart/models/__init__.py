"""The tables of the route, one file per subject."""

from routekaart.models.assignments import (
    AdviceVersion,
    Assignment,
    AssignmentGoal,
    HoursAgreement,
)
from routekaart.models.audit import AuditEntry
from routekaart.models.jobs import Document, IdempotencyKey, Job
from routekaart.models.organisation import (
    Board,
    CalendarOverride,
    CourseOverride,
    QuoteRequest,
    School,
    Team,
)
from routekaart.models.people import (
    ApiToken,
    Employment,
    Leave,
    Person,
    RoleGrant,
    TeamMembership,
    TokenSchool,
)
from routekaart.models.plans import Plan
from routekaart.models.routekaarten import (
    Answer,
    ChosenIntervention,
    FacilityLink,
    Goal,
    GoalCourse,
    GoalIntervention,
    GoalOrder,
    Routekaart,
    StudyDay,
)

__all__ = [
    "AdviceVersion",
    "Answer",
    "ApiToken",
    "Assignment",
    "AssignmentGoal",
    "AuditEntry",
    "Board",
    "CalendarOverride",
    "ChosenIntervention",
    "CourseOverride",
    "Document",
    "Employment",
    "FacilityLink",
    "Goal",
    "GoalCourse",
    "GoalIntervention",
    "GoalOrder",
    "HoursAgreement",
    "IdempotencyKey",
    "Job",
    "Leave",
    "Person",
    "Plan",
    "QuoteRequest",
    "RoleGrant",
    "Routekaart",
    "School",
    "StudyDay",
    "Team",
    "TeamMembership",
    "TokenSchool",
]
