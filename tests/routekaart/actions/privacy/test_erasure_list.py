"""The list of erased ids: a line each, whatever half lines stand between."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from routekaart.actions.privacy.erasure_list import erasure_lines, read_erasures

ONE, TWO = UUID(int=1), UUID(int=2)
AT = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)


def test_lines_read_back_in_a_fixed_order() -> None:
    summer = AT.astimezone(timezone(timedelta(hours=2)))
    text = erasure_lines({TWO: None, ONE: summer})
    assert text == f"{ONE} 2026-10-05T07:00:00+00:00\n{TWO}\n"
    assert read_erasures(text.encode()) == {ONE: AT, TWO: None}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"{ONE} gisteren", {ONE: None}),
        (f"{ONE} 2026-10-05T07:00:00", {ONE: AT}),
        (f"  {ONE}  ", {ONE: None}),
        (f"{ONE}"[:20], {}),
        ("Wim de Wit", {}),
        ("\x00\xff", {}),
    ],
)
def test_whatever_stands_in_it(line: str, found: dict[UUID, datetime | None]) -> None:
    content = f"\n{line}\n{TWO}\n{TWO} {AT.isoformat()}\n{TWO}\n".encode("latin-1")
    assert read_erasures(content) == found | {TWO: AT}
