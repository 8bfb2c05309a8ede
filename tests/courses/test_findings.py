"""Findings have one order, whatever order they were found in."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from courses.findings import Finding, Severity, sorted_findings


@given(
    st.lists(
        st.builds(
            Finding,
            st.sampled_from(("a", "b")),
            st.sampled_from(Severity),
            st.sampled_from(("x", "y")),
            intervention=st.none() | st.sampled_from(("i", "j")),
            goal=st.none() | st.sampled_from(("g", "h")),
        )
    ),
    st.randoms(use_true_random=False),
)
def test_findings_have_one_order(findings: list[Finding], random: Random) -> None:
    once = sorted_findings(findings)
    shuffled = list(findings)
    random.shuffle(shuffled)
    assert sorted_findings(shuffled) == once
    order = list(Severity)
    assert [order.index(one.severity) for one in once] == sorted(
        order.index(one.severity) for one in once
    )
