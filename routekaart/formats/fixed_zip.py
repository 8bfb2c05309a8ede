"""A ZIP container without a clock in it: same parts, same bytes. The one place that packs any."""

import io
from collections.abc import Iterable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The first moment that a ZIP file can name.
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_UNIX = 3
# What the library takes by itself, said so that a later one packs the same.
_LEVEL = 6


def fixed_entry(name: str) -> ZipInfo:
    """The head of a part, which tells nothing of when and where it was packed."""
    entry = ZipInfo(name, _NO_MOMENT)
    # Else the system that packs it is told, and its rights.
    entry.create_system, entry.external_attr = _UNIX, _READABLE
    return entry


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A container with these parts, name and bytes, in this order."""
    target = io.BytesIO()
    with ZipFile(target, "w") as container:
        for name, data in parts:
            container.writestr(fixed_entry(name), data, ZIP_DEFLATED, _LEVEL)
    return target.getvalue()


def with_fixed_times(container: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The same parts in the same order, packed anew with one fixed time.

    `replaced`: parts by name that get other bytes.
    """
    new = replaced or {}
    with ZipFile(io.BytesIO(container)) as old:
        return packed(
            (name, new[name] if name in new else old.read(name)) for name in old.namelist()
        )
