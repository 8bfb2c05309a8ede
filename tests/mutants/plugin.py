"""Puts the switches into what is imported: `pytest -p tests.mutants.plugin`."""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from tests.mutants.sites import LEFT_OUT, ROOMS, ROOT, switched


class _Loader(importlib.machinery.SourceFileLoader):
    """Reads the source each time: what is compiled beside it has no switches."""

    def get_code(self, fullname: str) -> CodeType:
        path = Path(self.get_filename(fullname))
        return compile(switched(path)[0], str(path), "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> Any:
        if fullname.split(".", maxsplit=1)[0] not in ROOMS:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
            return spec
        where = Path(spec.origin).relative_to(ROOT).as_posix()
        if not where.startswith(LEFT_OUT):
            spec.loader = _Loader(fullname, spec.origin)
        return spec


sys.meta_path.insert(0, _Finder())
