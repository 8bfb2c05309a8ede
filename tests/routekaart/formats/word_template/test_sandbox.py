"""The sandbox by itself: what the check would have let through still comes to nothing."""

from typing import Any

import pytest
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError

from routekaart.domain.errors import BadInput
from routekaart.formats.word_template.sandbox import Sandbox

VALUES: dict[str, Any] = {"team": "Kraaien", "doelen": ({"doel": "a"}, {"doel": "b"})}


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ team.__class__.__mro__ }}",
        "{{ team['__class__'] }}",
        "{{ team|attr('__class__') }}",
        "{{ doelen[0] }}",
        "{{ doelen.index }}",
        "{{ team.upper() }}",
        "{{ 'a' * 9 }}",
        "{{ 9 ** 9 }}",
        "{{ -9 }}",
        "{{ range(9) }}",
        "{{ lipsum() }}",
        "{{ self.x }}",
        "{{ team|center(99) }}",
        "{{ team is defined }}",
        "{{ zzz }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}{{ y.z }}",
        "{% extends 'x' %}",
        "{% macro x() %}{% endmacro %}{{ x() }}",
        "{% for x in doelen recursive %}{{ loop(doelen) }}{% endfor %}",
        "{% for x in doelen %}{{ loop.cycle(1) }}{% endfor %}",
        "{% for x in doelen %}{{ loop.__class__ }}{% endfor %}",
    ],
)
def test_nothing_is_reached(source: str) -> None:
    with pytest.raises((TemplateError, SecurityError, TypeError)):
        Sandbox().filled(source, VALUES)


def test_values_are_escaped() -> None:
    assert Sandbox().filled("{{ team }}", {"team": "<&\"'>"}) == "&lt;&amp;&#34;&#39;&gt;"


def test_work_is_counted_over_all_parts() -> None:
    sandbox = Sandbox()
    source = "{% for a in doelen %}{% for b in doelen %}{% endfor %}{% endfor %}"
    values = {"doelen": [{"doel": ""}] * 600}
    for _part in range(4):
        assert sandbox.filled(source, values) == ""
    with pytest.raises(BadInput) as refused:
        sandbox.filled(source, values)
    assert refused.value.code == "too_much"
