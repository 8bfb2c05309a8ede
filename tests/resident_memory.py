"""How much memory this process really holds, for tests that promise a limit."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STATUS = Path("/proc/self/status")
_FORGET_PEAK = "5"


class Growth:
    """Filled in when the block ends: in megabytes, the highest that memory came above its start."""

    megabytes = 0


@contextmanager
def growth() -> Iterator[Growth]:
    """Measures what happens inside."""
    found = Growth()
    Path("/proc/self/clear_refs").write_text(_FORGET_PEAK, encoding="ascii")
    before = _kilobytes("VmRSS")
    yield found
    found.megabytes = max(0, _kilobytes("VmHWM") - before) // 1000


def _kilobytes(name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+) kB", _STATUS.read_text(encoding="ascii"))
    assert found is not None
    return int(found[1])
