"""The tables of the catalogue."""

from courses.models.interventions import (
    Alternative,
    AttentionPoint,
    Claim,
    ConsiderFirst,
    CrossReference,
    Intervention,
    PointKind,
    Programme,
)
from courses.models.offer import (
    Course,
    CourseKind,
    DurationBasis,
    Mention,
    MentionAudience,
    Step,
)
from courses.models.rows import CatalogueRow, Origin, SlugRow
from courses.models.state import CatalogueSection, CatalogueState
from courses.models.vocabulary import (
    Category,
    Framework,
    Function,
    FunctionInclusion,
    Package,
    Parameter,
    Source,
)

__all__ = [
    "Alternative",
    "AttentionPoint",
    "CatalogueRow",
    "CatalogueSection",
    "CatalogueState",
    "Category",
    "Claim",
    "ConsiderFirst",
    "Course",
    "CourseKind",
    "CrossReference",
    "DurationBasis",
    "Framework",
    "Function",
    "FunctionInclusion",
    "Intervention",
    "Mention",
    "MentionAudience",
    "Origin",
    "Package",
    "Parameter",
    "PointKind",
    "Programme",
    "SlugRow",
    "Source",
    "Step",
]
