from hypothesis import given
from hypothesis import strategies as st

from routekaart.api.answer_cache import AnswerCache


def test_what_was_not_asked_for_longest_goes_first() -> None:
    cache = AnswerCache(capacity=3)
    for key in "abc":
        cache.put(key, b"1")
    assert cache.get("a") == b"1"
    cache.put("d", b"1")
    assert [cache.get(key) for key in "abcd"] == [b"1", None, b"1", b"1"]


def test_an_answer_that_does_not_fit_is_not_kept() -> None:
    cache = AnswerCache(capacity=3)
    cache.put("a", b"12")
    cache.put("b", b"1234")
    assert (cache.get("a"), cache.get("b"), cache.size) == (b"12", None, 2)


@given(
    steps=st.lists(st.tuples(st.integers(0, 5), st.binary(max_size=6)), max_size=60),
    capacity=st.integers(0, 20),
)
def test_it_never_holds_more_than_its_capacity(
    steps: list[tuple[int, bytes]], capacity: int
) -> None:
    cache = AnswerCache(capacity)
    last: dict[int, bytes] = {}
    for key, answer in steps:
        cache.put(key, answer)
        last[key] = answer
        kept = {key: cache.get(key) for key in last}
        assert all(answer in (None, last[key]) for key, answer in kept.items())
        assert cache.size == sum(len(answer) for answer in kept.values() if answer is not None)
        assert cache.size <= capacity
