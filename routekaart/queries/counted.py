"""Numbers beside rows without grouping these.

A database that groups works out what else stands beside a row for each line that is counted.
"""

from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery


def number_of(rows: "QuerySet[Any]", what: str = "pk") -> Subquery:
    """How many different ones there are; `rows` say with `OuterRef` beside what they are counted.

    Evaluate where `rows` may be read.
    """
    # An aggregate of Django would group these. Their order asks for columns that a number has not.
    number = Func(
        F(what),
        function="COUNT",
        template="%(function)s(DISTINCT %(expressions)s)",
        output_field=IntegerField(),
    )
    return Subquery(rows.order_by().values(number=number))
