"""The tables of the route, one file per subject."""

from routekaart.models.advice import (
    AdviceDecision,
    AdviceDesk,
    AdviceVersion,
)
from routekaart.models.agreements import (
    Agreement,
    AgreementCheck,
    GoalDecision,
    Indicator,
    Measurement,
)
from routekaart.models.assignment_batches import (
    AssignmentBatch,
    AssignmentRule,
)
from routekaart.models.assignments import (
    Assignment,
    AssignmentGoal,
    BatchItem,
    HoursAgreement,
)
from routekaart.models.audit import (
    AuditEntry,
)
from routekaart.models.budgets import (
    BudgetLine,
)
from routekaart.models.calendar_feeds import (
    CalendarFeed,
    StudyDayFile,
    ToldEvent,
)
from routekaart.models.completions import (
    Completion,
    Reflection,
)
from routekaart.models.document_links import (
    DocumentLink,
)
from routekaart.models.group_completions import (
    GroupCompletion,
    GroupConfirmation,
)
from routekaart.models.jobs import (
    Document,
    IdempotencyKey,
    Job,
)
from routekaart.models.mail import (
    Mail,
    MailBatch,
)
from routekaart.models.notes import (
    NoteVersion,
    PreparationNote,
    Topic,
    TopicVote,
)
from routekaart.models.organisation import (
    Board,
    CalendarOverride,
    CourseOverride,
    QuoteRequest,
    School,
    SchoolCourse,
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
from routekaart.models.plans import (
    FrozenPlan,
    Plan,
)
from routekaart.models.plg import (
    LessonVisit,
    LessonVisitNote,
    MicroStep,
    PlgAnswer,
    PlgCycle,
    PlgCycleMember,
    PlgMeeting,
    Scan,
    ScanAnswer,
    ScanParticipation,
)
from routekaart.models.presence import (
    Presence,
)
from routekaart.models.privacy import (
    Departure,
    Erasure,
)
from routekaart.models.programmes import (
    BlockPerson,
    ProgrammeBlock,
)
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
from routekaart.models.running import (
    ScheduledTask,
    WorkerSign,
)
from routekaart.models.sign_in import (
    CacheEntry,
    Invitation,
    RequestCount,
)
from routekaart.models.word_templates import (
    WordTemplate,
)
from routekaart.models.work_groups import (
    WorkGroup,
    WorkGroupMember,
)

__all__ = [
    "AdviceDecision",
    "AdviceDesk",
    "AdviceVersion",
    "Agreement",
    "AgreementCheck",
    "Answer",
    "ApiToken",
    "Assignment",
    "AssignmentBatch",
    "AssignmentGoal",
    "AssignmentRule",
    "AuditEntry",
    "BatchItem",
    "BlockPerson",
    "Board",
    "BudgetLine",
    "CacheEntry",
    "CalendarFeed",
    "CalendarOverride",
    "ChosenIntervention",
    "Completion",
    "CourseOverride",
    "Departure",
    "Document",
    "DocumentLink",
    "Employment",
    "Erasure",
    "FacilityLink",
    "FrozenPlan",
    "Goal",
    "GoalCourse",
    "GoalDecision",
    "GoalIntervention",
    "GoalOrder",
    "GroupCompletion",
    "GroupConfirmation",
    "HoursAgreement",
    "IdempotencyKey",
    "Indicator",
    "Invitation",
    "Job",
    "Leave",
    "LessonVisit",
    "LessonVisitNote",
    "Mail",
    "MailBatch",
    "Measurement",
    "MicroStep",
    "NoteVersion",
    "Person",
    "Plan",
    "PlgAnswer",
    "PlgCycle",
    "PlgCycleMember",
    "PlgMeeting",
    "PreparationNote",
    "Presence",
    "ProgrammeBlock",
    "QuoteRequest",
    "Reflection",
    "RequestCount",
    "RoleGrant",
    "Routekaart",
    "Scan",
    "ScanAnswer",
    "ScanParticipation",
    "ScheduledTask",
    "School",
    "SchoolCourse",
    "StudyDay",
    "StudyDayFile",
    "Team",
    "TeamMembership",
    "TokenSchool",
    "ToldEvent",
    "Topic",
    "TopicVote",
    "WordTemplate",
    "WorkGroup",
    "WorkGroupMember",
    "WorkerSign",
]
