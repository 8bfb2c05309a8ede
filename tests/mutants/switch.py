"""The switches that `sites.py` puts into the code. At most one is over at a time."""

from contextlib import AbstractContextManager, nullcontext, suppress
from functools import wraps
from typing import Any

active: str = ""
# What was come by since it was last emptied.
touched: set[str] = set()


def on(key: str) -> bool:
    """Whether the check at `key` stands."""
    touched.add(key)
    return active != key


def off(key: str) -> bool:
    """Whether the check at `key` is taken away."""
    touched.add(key)
    return active == key


def nothing() -> AbstractContextManager[None]:
    """Instead of the net."""
    return nullcontext()


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
    if permission != path.view:
        touched.add(f"{key}:permission")
    touched.add(f"{key}:filter")
    if active == f"{key}:permission":
        permission = path.view
    if active != f"{key}:filter":
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
