"""A catalogue of a few lines, for tests of matching and rules that want to see everything."""

from collections.abc import Iterable
from datetime import date

from courses.entities import (
    AttentionPoint,
    Catalogue,
    Category,
    Claim,
    ConsiderFirst,
    Course,
    CourseKind,
    DurationBasis,
    EffectiveForm,
    Framework,
    Function,
    GeneralOffer,
    Intervention,
    Mention,
    Package,
    Parameter,
    Plg,
    PlgQuestion,
    PlgTrait,
    PointKind,
    Source,
    Step,
    WellbeingFrame,
)

SPRING_2022 = date(2022, 3, 20)
TODAY = date(2024, 9, 2)

TRAITS = (
    "gedeelde-missie-visie-waarden-en-doelen",
    "samenwerkingscultuur-gericht-op-leren",
    "samen-onderzoeken",
    "actiegericht-leren-door-te-doen",
    "voortdurend-verbeteren",
    "resultaatgericht-werken",
)
FORMS = ("coaching", "gerichte-scholing", "lerende-en-reflecterende-teams", "peer-learning")


def mention(
    course: str,
    *audience: str,
    package: str = "academie",
    platform: str | None = None,
    starred: bool = False,
    step: Step | None = None,
    phases: tuple[str, ...] = (),
) -> Mention:
    return Mention(
        course=course,
        printed_title=course,
        provider=f"aanbieder-{package}",
        package=package,
        platform=platform,
        audience=audience,
        available_from=SPRING_2022 if starred else None,
        step=step,
        phases=phases,
    )


def intervention(
    slug: str,
    *mentions: Mention,
    category: str = "B",
    training_required: bool = False,
    evidence: str = "Sterk",
    consider_first: tuple[ConsiderFirst, ...] = (),
    attention_points: tuple[AttentionPoint, ...] = (),
    claims: tuple[Claim, ...] = (),
    wellbeing: WellbeingFrame | None = None,
    framework: str = "menukaart",
) -> Intervention:
    return Intervention(
        slug=slug,
        framework=framework,
        category=category,
        title=slug.capitalize(),
        summary="",
        has_card=True,
        requires_other_category=category == "F",
        training_required=training_required,
        no_specific_offer=not mentions,
        claims=(Claim("evidence", "bron", label=evidence), *claims),
        attention_points=attention_points,
        consider_first=consider_first,
        mentions=mentions,
        wellbeing=wellbeing,
        card_source="bron",
    )


def question(slug: str, *, required: bool = False) -> AttentionPoint:
    return AttentionPoint(slug, PointKind.QUESTION, f"Vraag {slug}?", "bron", required)


def catalogue(
    *interventions: Intervention,
    general: Iterable[Mention] = (),
    minutes: dict[str, int] | None = None,
    confirmed: dict[str, date] | None = None,
    extra_courses: Iterable[str] = (),
) -> Catalogue:
    general = tuple(general)
    mentions = [m for one in interventions for m in one.mentions]
    slugs = dict.fromkeys([m.course for m in (*mentions, *general)] + list(extra_courses))
    return Catalogue(
        version="proef",
        frameworks=(
            Framework(
                "menukaart",
                "Menukaart",
                "bron",
                date(2021, 4, 1),
                date(2025, 7, 31),
                tuple(Category(code, code) for code in "ABCDEF"),
            ),
        ),
        sources=(
            Source("bron", "De handreiking", "Uitgever", "2021", "", "handreiking"),
            Source("tweede", "De praktijkkaart", "Uitgever", "2021", "", "praktijkkaart"),
        ),
        parameters=(Parameter("sessions-per-week", "Sessies per week", "per week"),),
        functions=(
            Function("leerkracht", "Leerkracht", "Leerkrachten", includes=("kleuterleerkracht",)),
            Function("kleuterleerkracht", "Kleuterleerkracht", "Kleuterleerkrachten"),
            Function(
                "onderwijsassistent",
                "Onderwijsassistent",
                "Onderwijsassistenten",
                not_allowed_tasks=("Zelfstandig lesgeven",),
            ),
            Function("schoolleider", "Schoolleider", "Schoolleiders"),
        ),
        packages=(
            Package("academie", "Eigen academie", False, True, False),
            Package("leerblokken", "Leerblokken", False, True, True),
            Package("pluspakket", "Pluspakket", False, False, False),
            Package("vrij", "Vrij", True, False, True),
        ),
        courses=tuple(
            Course(
                slug,
                slug.capitalize(),
                CourseKind.COURSE,
                (slug,),
                (minutes or {}).get(slug, 60),
                DurationBasis.ASSUMED,
                availability_confirmed_on=(confirmed or {}).get(slug),
            )
            for slug in slugs
        ),
        interventions=interventions,
        general_offer=GeneralOffer("F", general, (), ()),
        plg=Plg(
            source="bron",
            traits=tuple(PlgTrait(slug, slug, (f"{slug} 1", f"{slug} 2")) for slug in TRAITS),
            questions=tuple(PlgQuestion(f"v{n}", f"Vraag {n}?", ()) for n in range(1, 5)),
            conditions=(),
            forms=tuple(
                EffectiveForm(slug, slug, f"{slug} met", f"{slug} zonder", 60) for slug in FORMS
            ),
            flipped_steps=(),
        ),
    )
