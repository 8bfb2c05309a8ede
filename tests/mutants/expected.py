"""Checks that no test can miss, each with the reason: something else stands behind it."""

from collections.abc import Mapping

EXPECTED: Mapping[str, str] = {}
