"""What follows from the items of an advice, counted again after some came, went or changed.

Without a change the outcome is the advice itself, as the mapping made it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from courses.advice import Advice, AdviceItem, FunctionSaving, InterventionSummary, Saving
from courses.findings import sorted_findings
from courses.matching import balance_of, no_course_offer
from courses.smallest_set import prices, smallest_set

# Found anew from the items that are left.
_OF_ITEMS = ("no_course_offer", "only_courses")


def without(advice: Advice, courses: Collection[str]) -> Advice:
    """The advice as if these courses were not in it: others may then be in the smallest set."""
    return recounted(advice, [item for item in advice.items if item.course not in courses])


def recounted(advice: Advice, items: Sequence[AdviceItem]) -> Advice:
    """The advice with `items`: its smallest set, its saving, its counts and what is not covered.

    A course that is a choice covers as before: who makes it one does not want another instead.
    """
    functions = tuple(one.function for one in advice.saving.per_function)
    interventions = tuple(one.slug for one in advice.interventions)
    covers = {
        item.course: _covered(item, interventions, functions) for item in items if item.is_offered
    }
    price = prices({item.course: item.duration_minutes for item in items})
    chosen = smallest_set(covers, price, [item.course for item in items if item.required])
    marked = tuple(replace(item, in_smallest_set=item.course in chosen) for item in items)
    covered = 0
    for mask in covers.values():
        covered |= mask
    summaries = tuple(_summary(one, marked) for one in advice.interventions)
    found = [finding for finding in advice.findings if finding.code not in _OF_ITEMS]
    balance = balance_of(marked, advice.plg_activities)
    if balance is not None:
        found.append(balance)
    none = [no_course_offer(one.slug, one.title) for one in summaries if not one.courses]
    return replace(
        advice,
        items=marked,
        smallest_set=chosen,
        saving=_saving(marked, functions),
        interventions=summaries,
        uncovered=tuple(
            (intervention, function)
            for place, intervention in enumerate(interventions)
            for number, function in enumerate(functions)
            if not covered >> (place * len(functions) + number) & 1
        ),
        findings=sorted_findings([*none, *found]),
    )


def _covered(item: AdviceItem, interventions: Sequence[str], functions: Sequence[str]) -> int:
    """The pairs of intervention and function that a course covers, as bits."""
    mask = 0
    for reason in item.reasons:
        start = interventions.index(reason.intervention) * len(functions)
        for number, function in enumerate(functions):
            if function in reason.functions:
                mask |= 1 << start + number
    return mask


def _summary(summary: InterventionSummary, items: Sequence[AdviceItem]) -> InterventionSummary:
    of_one = [item for item in items if summary.slug in item.interventions]
    return replace(
        summary, courses=len(of_one), offered_courses=sum(item.is_offered for item in of_one)
    )


def _saving(items: Sequence[AdviceItem], functions: Sequence[str]) -> Saving:
    offered = [item for item in items if item.is_offered]
    chosen = [item for item in offered if item.in_smallest_set]
    return Saving(
        _minutes(offered),
        _minutes(chosen),
        tuple(
            FunctionSaving(
                function,
                _minutes(item for item in offered if function in item.functions),
                _minutes(item for item in chosen if function in item.functions),
            )
            for function in functions
        ),
    )


def _minutes(items: Iterable[AdviceItem]) -> int:
    return sum(item.duration_minutes for item in items)
