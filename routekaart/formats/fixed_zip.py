"""A ZIP container without a clock in it: same parts, same bytes."""

import io
import zipfile
from collections.abc import Mapping

# The first moment that a ZIP file can name.
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def with_fixed_times(container: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The same parts in the same order, packed anew with one fixed time.

    `replaced`: parts by name that get other bytes.
    """
    new = replaced or {}
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(container)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _NO_MOMENT)
            # Else the system that packs it is told, and its rights.
            entry.create_system, entry.external_attr = 3, _READABLE
            packed.writestr(entry, new.get(name) or old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
