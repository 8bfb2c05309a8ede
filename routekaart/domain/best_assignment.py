"""The cheapest way to give every row its own column (the Hungarian method)."""

from collections.abc import Sequence


def best_assignment(costs: Sequence[Sequence[int]]) -> list[int]:
    """Per row its column in a square table of costs, so that their sum is least. O(n³)."""
    size = len(costs)
    row_price = [0] * (size + 1)
    column_price = [0] * (size + 1)
    # Per column its row; 0 is a place outside the table.
    owner = [0] * (size + 1)
    for row in range(1, size + 1):
        came_from = _cheapest_path(costs, row, owner, row_price, column_price)
        column = came_from.end
        while column:
            before = came_from.before[column]
            owner[column] = owner[before]
            column = before
    found = [0] * size
    for column in range(1, size + 1):
        found[owner[column] - 1] = column - 1
    return found


class _Path:
    """Where a row ends up, and the columns along the way back."""

    __slots__ = ("before", "end")

    def __init__(self, end: int, before: list[int]) -> None:
        self.end = end
        self.before = before


def _cheapest_path(
    costs: Sequence[Sequence[int]],
    row: int,
    owner: list[int],
    row_price: list[int],
    column_price: list[int],
) -> _Path:
    """The way to a free column that costs least; prices are raised along it."""
    size = len(costs)
    owner[0] = row
    column = 0
    distance: list[int | None] = [None] * (size + 1)
    before = [0] * (size + 1)
    used = [False] * (size + 1)
    while owner[column]:
        used[column] = True
        current = owner[column]
        nearest, step = 0, 0
        for other in range(1, size + 1):
            if used[other]:
                continue
            cost = costs[current - 1][other - 1] - row_price[current] - column_price[other]
            known = distance[other]
            if known is None or cost < known:
                distance[other] = known = cost
                before[other] = column
            if not nearest or known < step:
                nearest, step = other, known
        for other in range(size + 1):
            reach = distance[other]
            if used[other]:
                row_price[owner[other]] += step
                column_price[other] -= step
            elif reach is not None:
                distance[other] = reach - step
        column = nearest
    return _Path(column, before)
