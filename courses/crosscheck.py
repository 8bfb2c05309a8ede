"""Checks what only shows when data files are laid side by side: references, doubles, positions.

Where a file has mistakes of its own, references to it are not checked: they would all look
broken.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, get_args

from courses import schema
from courses.data_folder import DataFile, DataFolder
from courses.problems import Problem, did_you_mean
from courses.toml_lines import KeyPath

CARD_LABELS: dict[str, tuple[str, ...]] = {
    "effect": get_args(schema.EffectLabel),
    "evidence": get_args(schema.EvidenceLabel),
    "cost": get_args(schema.CostLabel),
}


@dataclass(frozen=True, slots=True)
class _Known:
    """The slugs that may be referred to, per kind; None where their file has mistakes."""

    sources: frozenset[str] | None
    parameters: frozenset[str] | None
    functions: frozenset[str] | None
    courses: frozenset[str] | None
    interventions: frozenset[str] | None
    frameworks: dict[str, schema.FrameworkShape] | None


def cross_problems(folder: DataFolder) -> list[Problem]:
    """Every mistake between files, in the order of the files."""
    known = _known(folder)
    problems: list[Problem] = []
    problems.extend(_shared_files(folder, known))
    for file, shape in folder.interventions():
        problems.extend(_intervention(file, shape, known))
    problems.extend(_positions_and_programmes(folder))
    return problems


def _known(folder: DataFolder) -> _Known:
    courses = folder.shape("courses.toml", schema.CoursesFile)
    frameworks = folder.shape("frameworks.toml", schema.FrameworksFile)
    functions = folder.shape("functions.toml", schema.FunctionsFile)
    parameters = folder.shape("parameters.toml", schema.ParametersFile)
    sources = folder.shape("sources.toml", schema.SourcesFile)
    return _Known(
        sources=_slugs(sources.sources) if sources else None,
        parameters=_slugs(parameters.parameters) if parameters else None,
        functions=_slugs(functions.functions) if functions else None,
        courses=_slugs(courses.courses) if courses else None,
        # The file name is the slug, so a file with mistakes can still be referred to.
        interventions=frozenset(
            name.removeprefix("interventions/").removesuffix(".toml")
            for name in folder.files
            if name.startswith("interventions/")
        ),
        frameworks={item.slug: item for item in frameworks.frameworks} if frameworks else None,
    )


class _Slugged(Protocol):
    @property
    def slug(self) -> str: ...


def _slugs(items: Iterable[_Slugged]) -> frozenset[str]:
    return frozenset(item.slug for item in items)


# --- Files that all interventions share --------------------------------------------------------


def _shared_files(folder: DataFolder, known: _Known) -> Iterator[Problem]:
    for name in ("sources", "parameters", "functions", "packages", "courses", "instruments"):
        file = folder.files.get(f"{name}.toml")
        if file is not None and file.shape is not None:
            yield from _doubles(file, name, getattr(file.shape, name))
    yield from _frameworks(folder, known)
    yield from _packages(folder)
    yield from _functions(folder, known)
    yield from _plg_and_instruments(folder, known)
    general = folder.shape("general_offer.toml", schema.GeneralOfferFile)
    if general is not None:
        file = folder.files["general_offer.toml"]
        yield from _offers(file, general.offer, known)
        codes = {
            category.code
            for framework in (known.frameworks or {}).values()
            for category in framework.categories
        }
        if known.frameworks is not None and general.category not in codes:
            yield file.problem(
                f"categorie '{general.category}' staat in geen enkel raamwerk.", "category"
            )


def _frameworks(folder: DataFolder, known: _Known) -> Iterator[Problem]:
    shape = folder.shape("frameworks.toml", schema.FrameworksFile)
    if shape is None:
        return
    file = folder.files["frameworks.toml"]
    yield from _doubles(file, "frameworks", shape.frameworks)
    for index, item in enumerate(shape.frameworks):
        here = ("frameworks", index)
        yield from _reference(file, item.source, known.sources, "bron", *here, "source")
        if item.valid_until is not None and item.valid_until < item.valid_from:
            yield file.problem("'valid_until' ligt vóór 'valid_from'.", *here, "valid_until")
        codes = [category.code for category in item.categories]
        for place in _repeated(codes):
            yield file.problem(
                f"categorie '{codes[place]}' staat twee keer in dit raamwerk; haal er één weg.",
                *here, "categories", place, "code",
            )  # fmt: skip


def _packages(folder: DataFolder) -> Iterator[Problem]:
    shape = folder.shape("packages.toml", schema.PackagesFile)
    if shape is None:
        return
    present = {item.slug for item in shape.packages}
    for slug in sorted(set(schema.PACKAGE_OF_PROVIDER.values()) - present):
        yield folder.files["packages.toml"].problem(
            f"pakket '{slug}' ontbreekt, maar een aanbieder levert het; zet het terug.", "packages"
        )


def _functions(folder: DataFolder, known: _Known) -> Iterator[Problem]:
    shape = folder.shape("functions.toml", schema.FunctionsFile)
    if shape is None:
        return
    file = folder.files["functions.toml"]
    for index, item in enumerate(shape.functions):
        here = ("functions", index)
        if item.source:
            yield from _reference(file, item.source, known.sources, "bron", *here, "source")
        yield from _references(file, item.includes, known.functions, "functie", *here, "includes")
        if item.slug in item.includes:
            yield file.problem("een functie kan niet zichzelf bevatten.", *here, "includes")


def _plg_and_instruments(folder: DataFolder, known: _Known) -> Iterator[Problem]:
    plg = folder.shape("plg.toml", schema.PlgFile)
    if plg is not None:
        file = folder.files["plg.toml"]
        yield from _reference(file, plg.source, known.sources, "bron", "source")
        for name in ("traits", "questions", "forms", "flipped_steps"):
            yield from _doubles(file, name, getattr(plg, name))
    instruments = folder.shape("instruments.toml", schema.InstrumentsFile)
    if instruments is not None:
        file = folder.files["instruments.toml"]
        for index, item in enumerate(instruments.instruments):
            place = ("instruments", index, "source")
            yield from _reference(file, item.source, known.sources, "bron", *place)


# --- One intervention --------------------------------------------------------------------------


def _intervention(
    file: DataFile, shape: schema.InterventionFile, known: _Known
) -> Iterator[Problem]:
    if file.name != f"interventions/{shape.slug}.toml":
        yield file.problem(
            f"de bestandsnaam past niet bij de slug; noem het bestand '{shape.slug}.toml' "
            "of verbeter de slug.",
            "slug",
        )
    yield from _place_in_framework(file, shape, known)
    yield from _claims(file, shape.claims, known, ())
    yield from _card_claims(file, shape, known)
    yield from _doubles(file, "attention_points", shape.attention_points)
    yield from _doubles(file, "consider_first", shape.consider_first)
    yield from _wellbeing_domains(file, shape)
    for index, point in enumerate(shape.attention_points):
        place = ("attention_points", index, "source")
        yield from _reference(file, point.source, known.sources, "bron", *place)
    for index, first in enumerate(shape.consider_first):
        here = ("consider_first", index)
        yield from _reference(file, first.source, known.sources, "bron", *here, "source")
        yield from _references(
            file, first.alternatives, known.interventions, "interventie", *here, "alternatives"
        )
    yield from _references(
        file, shape.cross_references, known.interventions, "interventie", "cross_references"
    )
    if shape.slug in shape.cross_references:
        yield file.problem("een interventie kan niet naar zichzelf verwijzen.", "cross_references")
    yield from _offers(file, shape.offer, known)
    for index, programme in enumerate(shape.programmes):
        yield from _claims(file, programme.claims, known, ("programmes", index))


def _place_in_framework(
    file: DataFile, shape: schema.InterventionFile, known: _Known
) -> Iterator[Problem]:
    if known.frameworks is None:
        return
    framework = known.frameworks.get(shape.framework)
    if framework is None:
        slugs = frozenset(known.frameworks)
        yield from _reference(file, shape.framework, slugs, "raamwerk", "framework")
        return
    codes = [category.code for category in framework.categories]
    if shape.category not in codes:
        yield file.problem(
            f"categorie '{shape.category}' bestaat niet in raamwerk '{shape.framework}'; "
            f"kies uit {', '.join(codes)}.",
            "category",
        )


def _card_claims(
    file: DataFile, shape: schema.InterventionFile, known: _Known
) -> Iterator[Problem]:
    """The three figures of the card: one of each, with a label of the card's own scale."""
    framework = (known.frameworks or {}).get(shape.framework)
    if framework is None:
        return
    seen: set[str] = set()
    for index, claim in enumerate(shape.claims):
        labels = CARD_LABELS.get(claim.parameter)
        if labels is None or claim.scope or claim.source != framework.source:
            continue
        if claim.parameter in seen:
            yield file.problem(
                f"de kaart heeft al een bewering over '{claim.parameter}'; "
                "geef de tweede een 'scope' of haal haar weg.",
                "claims", index,
            )  # fmt: skip
        seen.add(claim.parameter)
        if claim.label and claim.label not in labels:
            yield file.problem(
                f"label '{claim.label}' kan hier niet; kies uit {', '.join(labels)}.",
                "claims", index, "label",
            )  # fmt: skip
        if claim.parameter == "effect" and not isinstance(claim.value, int):
            yield file.problem(
                "het effect op de kaart is een heel aantal maanden; vul 'value' in.",
                "claims", index, "value",
            )  # fmt: skip


def _claims(
    file: DataFile, claims: list[schema.ClaimShape], known: _Known, owner: KeyPath
) -> Iterator[Problem]:
    for index, claim in enumerate(claims):
        here = (*owner, "claims", index)
        yield from _reference(
            file, claim.parameter, known.parameters, "parameter", *here, "parameter"
        )
        yield from _reference(file, claim.source, known.sources, "bron", *here, "source")
    for place in _repeated(claims):
        yield file.problem("deze bewering staat er twee keer; haal er één weg.",
                           *owner, "claims", place)  # fmt: skip


def _offers(file: DataFile, offers: list[schema.OfferShape], known: _Known) -> Iterator[Problem]:
    for index, offer in enumerate(offers):
        here = ("offer", index)
        yield from _references(file, offer.audience, known.functions, "functie", *here, "audience")
        for line, item in enumerate(offer.courses):
            place = (*here, "courses", line, "course")
            yield from _reference(file, item.course, known.courses, "cursus", *place)
        slugs = [item.course for item in offer.courses]
        for line in _repeated(slugs):
            yield file.problem(
                f"cursus '{slugs[line]}' staat twee keer in deze lijst; haal er één weg.",
                *here, "courses", line, "course",
            )  # fmt: skip


# --- Across interventions ----------------------------------------------------------------------


def _positions_and_programmes(folder: DataFolder) -> Iterator[Problem]:
    positions: dict[tuple[str, str, int], str] = {}
    programmes: dict[str, str] = {}
    for file, shape in folder.interventions():
        place = (shape.framework, shape.category, shape.position)
        if place in positions:
            yield file.problem(
                f"positie {shape.position} in categorie {shape.category} is al van "
                f"{positions[place]}; geef een van de twee een andere.",
                "position",
            )
        positions.setdefault(place, file.name)
        for index, programme in enumerate(shape.programmes):
            if programme.slug in programmes:
                yield file.problem(
                    f"programma '{programme.slug}' staat ook in {programmes[programme.slug]}; "
                    "geef een van de twee een andere slug.",
                    "programmes", index, "slug",
                )  # fmt: skip
            programmes.setdefault(programme.slug, file.name)


# --- The small checks that all of the above is made of -----------------------------------------


def _wellbeing_domains(file: DataFile, shape: schema.InterventionFile) -> Iterator[Problem]:
    domains = shape.wellbeing.domains if shape.wellbeing is not None else []
    for place in _repeated([domain.slug for domain in domains]):
        yield file.problem(
            f"domein '{domains[place].slug}' staat er twee keer; haal er één weg.",
            "wellbeing", "domains", place, "slug",
        )  # fmt: skip


def _doubles(file: DataFile, name: str, items: Iterable[_Slugged]) -> Iterator[Problem]:
    slugs = [item.slug for item in items]
    for place in _repeated(slugs):
        yield file.problem(
            f"slug '{slugs[place]}' komt twee keer voor; geef er één een andere slug.",
            name, place, "slug",
        )  # fmt: skip


def _repeated(items: Iterable[object]) -> Iterator[int]:
    """The places of items that equal an earlier one."""
    seen: list[object] = []
    for place, item in enumerate(items):
        if item in seen:
            yield place
        seen.append(item)


def _references(
    file: DataFile, slugs: list[str], known: frozenset[str] | None, noun: str, *path: str | int
) -> Iterator[Problem]:
    for index, slug in enumerate(slugs):
        yield from _reference(file, slug, known, noun, *path, index)
    for place in _repeated(slugs):
        yield file.problem(f"'{slugs[place]}' staat er twee keer; haal er één weg.", *path, place)


def _reference(
    file: DataFile, slug: str, known: frozenset[str] | None, noun: str, *path: str | int
) -> Iterator[Problem]:
    if known is not None and slug not in known:
        yield file.problem(
            f"{noun} '{slug}' bestaat niet; verbeter de slug of voeg een {noun} met die slug toe."
            f"{did_you_mean(slug, known)}",
            *path,
        )
