"""The smallest set of courses that covers everything: an exact weighted set cover (feature 19).

Pure integers. A course covers a bitmask of demands and has a price; the outcome is the cheapest
set that covers every demand that any course covers. `prices` makes prices whose sums compare like
(minutes, number of courses, slugs in order), so one number decides and no two sets cost the same.
Because there are no ties, no reduction or bound below can cut away an equally good answer.

Inside the search a demand is a bitmask of the courses that meet it, courses being numbered from
cheap to dear: the lowest bit of a demand is its cheapest course.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence


def prices(minutes_of: Mapping[str, int]) -> dict[str, int]:
    """A price per slug; sums of them compare as (minutes, count, sorted slugs), less is better.

    Minutes are whole and not negative. Of two sets with equal minutes and count, that one comes
    first in the alphabet which holds the first slug they do not share. Read as a binary number
    with the first slug as its highest bit it is the higher one, so that bit is taken off.
    """
    slugs = sorted(minutes_of)
    one_course = 1 << len(slugs)
    one_minute = one_course << len(slugs).bit_length()
    return {
        slug: minutes_of[slug] * one_minute + one_course - (one_course >> rank)
        for rank, slug in enumerate(slugs, start=1)
    }


def smallest_set(
    covers: Mapping[str, int], price: Mapping[str, int], required: Iterable[str] = ()
) -> tuple[str, ...]:
    """The cheapest slugs that together cover every bit that any slug covers, sorted.

    `covers` holds a bitmask per slug, `price` comes from `prices`. `required` slugs that
    `covers` knows are in the set, also when they cover nothing that is still open.
    """
    fixed = {slug for slug in required if slug in covers}
    settled = 0
    for slug in fixed:
        settled |= covers[slug]
    slugs = sorted((slug for slug in covers if covers[slug] & ~settled), key=price.__getitem__)
    owners: dict[int, int] = {}
    for number, slug in enumerate(slugs):
        for bit in _bits(covers[slug] & ~settled):
            owners[bit] = owners.get(bit, 0) | 1 << number
    best = _cheapest(list(owners.values()), [price[slug] for slug in slugs], None)
    # Without a limit there is always an answer: every demand has an owner.
    chosen = 0 if best is None else best[1]
    return tuple(sorted(fixed.union(slugs[number] for number in _bits(chosen))))


_Answer = tuple[int, int]  # price, bitmask of courses


def _cheapest(demands: list[int], price: Sequence[int], limit: int | None) -> _Answer | None:
    """The cheapest courses that meet all demands, or None when nothing stays under `limit`."""
    demands, forced = _reduced(demands)
    paid = sum(price[number] for number in _bits(forced))
    if limit is not None and paid + _lower_bound(demands, price) >= limit:
        return None
    taken = forced
    parts = _parts(demands)
    for part in parts:
        left = None if limit is None else limit - paid
        answer = _branch(part, price, left) if len(parts) == 1 else _cheapest(part, price, left)
        if answer is None:
            return None
        paid += answer[0]
        taken |= answer[1]
    return (paid, taken)


def _branch(demands: list[int], price: Sequence[int], limit: int | None) -> _Answer | None:
    """Tries every course for the demand with the fewest courses, the most useful one first."""
    hardest = min(demands, key=lambda demand: (demand.bit_count(), demand))
    uses = {number: sum(demand >> number & 1 for demand in demands) for number in _bits(hardest)}
    best: _Answer | None = None
    refused = 0
    for number in sorted(uses, key=lambda number: (-uses[number], number)):
        rest = [demand & ~refused for demand in demands if not demand >> number & 1]
        # Whatever holds a course refused here was already searched when that course was tried.
        refused |= 1 << number
        if not all(rest):
            continue
        left = None if limit is None else limit - price[number]
        answer = _cheapest(rest, price, left)
        if answer is not None:
            limit = answer[0] + price[number]
            best = (limit, answer[1] | 1 << number)
    return best


def _reduced(demands: list[int]) -> tuple[list[int], int]:
    """What is left to decide, and the courses that are sure by then."""
    forced = 0
    while True:
        demands = _decisive(demands)
        single = 0
        for demand in demands:
            if not demand & (demand - 1):
                single |= demand
        if single:
            forced |= single
            demands = [demand for demand in demands if not demand & single]
        useful = _useful(demands)
        if not single and all(not demand & ~useful for demand in demands):
            return demands, forced
        demands = [demand & useful for demand in demands]


def _decisive(demands: list[int]) -> list[int]:
    """Demands without those that are met anyway, because a stricter one is met."""
    kept: list[int] = []
    for demand in sorted(set(demands), key=lambda demand: (demand.bit_count(), demand)):
        if not any(stricter & ~demand == 0 for stricter in kept):
            kept.append(demand)
    return kept


def _useful(demands: list[int]) -> int:
    """The courses that no cheaper course makes superfluous."""
    met_by: dict[int, int] = {}
    for place, demand in enumerate(demands):
        for number in _bits(demand):
            met_by[number] = met_by.get(number, 0) | 1 << place
    kept: list[int] = []
    useful = 0
    for number in sorted(met_by):
        met = met_by[number]
        if not any(met & ~other == 0 for other in kept):
            kept.append(met)
            useful |= 1 << number
    return useful


def _lower_bound(demands: list[int], price: Sequence[int]) -> int:
    """No answer costs less: demands that share no course are each paid for apart."""
    bound = 0
    seen = 0
    for demand in demands:  # `_decisive` left them sorted, fewest courses first
        if not demand & seen:
            seen |= demand
            bound += price[(demand & -demand).bit_length() - 1]
    return bound


def _parts(demands: list[int]) -> list[list[int]]:
    """The demands in groups that share no course, so that each can be decided by itself."""
    parts: list[tuple[int, list[int]]] = []
    for demand in demands:
        reach, group = demand, [demand]
        apart: list[tuple[int, list[int]]] = []
        for other_reach, other_group in parts:
            if other_reach & reach:
                reach |= other_reach
                group = other_group + group
            else:
                apart.append((other_reach, other_group))
        parts = [*apart, (reach, group)]
    return [group for _, group in parts]


def _bits(mask: int) -> Iterator[int]:
    """The positions of the set bits, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
