"""The switches that `sites.py` puts into the code. One is over at a time, or two: a second line."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import wraps
from typing import Any

active: frozenset[str] = frozenset()
# What was come by since it was last emptied.
touched: set[str] = set()
# The same: a net, and what was come by while it was open.
within: set[tuple[str, str]] = set()
_open: list[str] = []


def on(key: str) -> bool:
    """Whether the check at `key` stands."""
    return not off(key)


def off(key: str) -> bool:
    """Whether the check at `key` is taken away."""
    touched.add(key)
    within.update((one, key) for one in _open)
    return key in active


@contextmanager
def net(key: str, made: Callable[[], AbstractContextManager[Any]]) -> Iterator[Any]:
    """The net that `made` gives, or nothing."""
    with nullcontext() if off(key) else made() as given:
        _open.append(key)
        try:
            yield given
        finally:
            _open.remove(key)


def everything(*_asked: Any) -> Any:
    """Instead of what somebody may see."""
    from django.db.models import Q  # noqa: PLC0415 - before Django has its settings

    return Q()


def fetch(key: str, by: Any, model: Any, pk: Any, permission: Any, **options: Any) -> Any:
    """`Access.fetch` with two switches: without the permission, and without any filter."""
    from django.db.models import F  # noqa: PLC0415 - before Django has its settings
    from django_scopes import scopes_disabled  # noqa: PLC0415 - the same

    from routekaart.access import PATHS, NotFound  # noqa: PLC0415 - the same

    path = PATHS[model]
    if permission != path.view and off(f"{key}:permission"):
        permission = path.view
    if on(f"{key}:filter"):
        return by.fetch(model, pk, permission, **options)
    along, also = options.get("along", ()), options.get("also", {})
    with scopes_disabled():
        rows = model._default_manager.filter(pk=pk).annotate(
            access_school=F(path.school), access_team=F(path.team or path.school), **also
        )
        found = rows.select_related(*along or (None,)).first()
    if found is None:
        raise NotFound(model.__name__)
    return found


def fetch_those(key: str, by: Any, model: Any, pks: Any, permission: Any, **options: Any) -> Any:
    """`Access.fetch_those` with the same two."""
    from routekaart.access import Forbidden, NotFound  # noqa: PLC0415 - the same

    found = {}
    for pk in pks:
        with suppress(Forbidden, NotFound):
            found[pk] = fetch(key, by, model, pk, permission, **options)
    return found


def signed(key: str, decorator: Any) -> Any:
    """`@signed_in` that can be left out when the view is asked."""

    def decorate(view: Any) -> Any:
        strict = decorator(view)

        @wraps(strict)
        def answer(*args: Any, **kwargs: Any) -> Any:
            return view(*args, **kwargs) if off(key) else strict(*args, **kwargs)

        return answer

    return decorate
