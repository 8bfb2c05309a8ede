"""All hostile lists of people, the same ones for the same seed."""

from random import Random

# They register their kinds.
from tests.hostile import archives, sheets, texts  # noqa: F401
from tests.hostile.kinds import KINDS, Hostile

SEED = 2026


def corpus(seed: int = SEED) -> list[Hostile]:
    """Every variant of every kind. Their bytes are made when they are asked for."""
    return [
        Hostile(name, variant, outcomes, made)
        for name, (maker, outcomes) in KINDS.items()
        for variant, made in maker(Random(f"{seed} {name}"))  # noqa: S311 - chance with a seed
    ]


def sample(seed: int = SEED) -> list[Hostile]:
    """Of each kind the first and the last."""
    of_kind: dict[str, list[Hostile]] = {}
    for one in corpus(seed):
        of_kind.setdefault(one.kind, []).append(one)
    return [found[place] for found in of_kind.values() for place in sorted({0, len(found) - 1})]
