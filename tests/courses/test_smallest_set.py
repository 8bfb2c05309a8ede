"""The smallest set is exact: it equals brute force on every random instance."""

from collections.abc import Mapping
from itertools import chain, combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.smallest_set import prices, smallest_set

# How long one example takes on a busy machine is not what these tests are about.
UNHURRIED = settings(deadline=None)
SLUGS = tuple("abcdefghij")


def brute_force(
    covers: Mapping[str, int], minutes: Mapping[str, int], required: frozenset[str]
) -> tuple[str, ...]:
    """Straight from the definition: look at every subset, take the best."""
    everything = 0
    for mask in covers.values():
        everything |= mask
    fixed = required & covers.keys()

    def covered(subset: tuple[str, ...]) -> int:
        total = 0
        for slug in subset:
            total |= covers[slug]
        return total

    subsets = chain.from_iterable(
        combinations(sorted(covers), size) for size in range(len(covers) + 1)
    )
    fitting = (
        subset for subset in subsets if fixed <= set(subset) and covered(subset) == everything
    )
    return min(fitting, key=lambda s: (sum(minutes[slug] for slug in s), len(s), s))


@st.composite
def instances(
    draw: st.DrawFn,
) -> tuple[dict[str, int], dict[str, int], frozenset[str]]:
    names = draw(st.lists(st.sampled_from(SLUGS), unique=True, max_size=9))
    demands = draw(st.integers(1, 8))
    covers = {slug: draw(st.integers(0, 2**demands - 1)) for slug in names}
    # Few different durations, so that ties on minutes and on count come up all the time.
    minutes = {slug: draw(st.sampled_from((0, 45, 60, 60, 120, 240))) for slug in SLUGS}
    required = draw(st.frozensets(st.sampled_from(SLUGS), max_size=2))
    return covers, minutes, required


@UNHURRIED
@given(instances())
def test_equals_brute_force(
    instance: tuple[dict[str, int], dict[str, int], frozenset[str]],
) -> None:
    covers, minutes, required = instance
    assert smallest_set(covers, prices(minutes), required) == brute_force(covers, minutes, required)


@UNHURRIED
@given(instances(), st.randoms(use_true_random=False))
def test_order_of_the_input_does_not_matter(
    instance: tuple[dict[str, int], dict[str, int], frozenset[str]], random: Random
) -> None:
    covers, minutes, required = instance
    shuffled = list(covers.items())
    random.shuffle(shuffled)
    price = prices(minutes)
    assert smallest_set(dict(shuffled), price, required) == smallest_set(covers, price, required)


@given(
    st.dictionaries(st.sampled_from(SLUGS), st.integers(0, 500), min_size=1),
    st.data(),
)
def test_prices_compare_as_minutes_then_count_then_slugs(
    minutes: dict[str, int], data: st.DataObject
) -> None:
    some = st.frozensets(st.sampled_from(sorted(minutes)))
    left, right = sorted(data.draw(some)), sorted(data.draw(some))
    price = prices(minutes)

    def total(slugs: list[str]) -> int:
        return sum(price[slug] for slug in slugs)

    def definition(slugs: list[str]) -> tuple[int, int, list[str]]:
        return (sum(minutes[slug] for slug in slugs), len(slugs), slugs)

    assert (total(left) < total(right)) == (definition(left) < definition(right))
    assert (total(left) == total(right)) == (left == right)


def test_two_cheap_courses_beat_one_dear_course() -> None:
    covers = {"alles": 0b11, "deel-een": 0b01, "deel-twee": 0b10}
    cheap = {"alles": 240, "deel-een": 60, "deel-twee": 60}
    dear = {"alles": 120, "deel-een": 60, "deel-twee": 60}
    assert smallest_set(covers, prices(cheap)) == ("deel-een", "deel-twee")
    # As many minutes: then the fewest courses.
    assert smallest_set(covers, prices(dear)) == ("alles",)


def test_equal_minutes_and_count_fall_to_the_first_slugs() -> None:
    covers = {"b": 0b011, "c": 0b100, "a": 0b001, "d": 0b110}
    same = dict.fromkeys(covers, 60)
    assert smallest_set(covers, prices(same)) == ("a", "d")


def test_required_courses_are_in_and_count_as_covering() -> None:
    covers = {"start": 0b01, "beide": 0b11, "rest": 0b10}
    minutes = {"start": 240, "beide": 60, "rest": 30}
    assert smallest_set(covers, prices(minutes)) == ("beide",)
    assert smallest_set(covers, prices(minutes), ("start", "onbekend")) == ("rest", "start")


def test_nothing_to_cover_gives_an_empty_set() -> None:
    assert smallest_set({}, {}) == ()
    assert smallest_set({"a": 0}, prices({"a": 60})) == ()


def test_a_ring_needs_the_search() -> None:
    """Every demand has two courses and none is redundant, so no reduction solves it."""
    size = 15
    covers = {f"c{n:02}": 1 << n | 1 << (n + 1) % size for n in range(size)}
    chosen = smallest_set(covers, prices(dict.fromkeys(covers, 60)))
    assert chosen == ("c00", "c01", "c03", "c05", "c07", "c09", "c11", "c13")
