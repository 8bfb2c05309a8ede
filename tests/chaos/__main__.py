"""`python -m tests.chaos [sqlite|postgres] [--times N] [--jobs N] [--seed N] [--only FAULT …]`.

Without a name both stacks, one after the other.
"""

import argparse
import os
import random
import subprocess
import sys
import time

import django

from tests.chaos.stage import ROOT, Stage, stage

_STACKS = ("sqlite", "postgres")
_CLIENTS = 6
_TEAMS = 120
_MOST_SECONDS_BETWEEN = 3.0


def main() -> int:
    wanted = _arguments()
    if wanted.stack:
        return _one(wanted.stack, wanted)
    # Each in a process of its own: settings are read once per process.
    same = ["--times", str(wanted.times), "--jobs", str(wanted.jobs), "--seed", str(wanted.seed)]
    same += ["--only", *wanted.only] if wanted.only else []
    codes = [
        subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tests.chaos", name, *same],
            cwd=ROOT,
            check=False,
        ).returncode
        for name in _STACKS
    ]
    return max(codes)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.chaos", description=__doc__)
    parser.add_argument("stack", nargs="?", choices=_STACKS)
    parser.add_argument("--times", type=int, default=10, help="each kind of fault so many times")
    parser.add_argument("--jobs", type=int, default=5000, help="at least so many jobs per stack")
    parser.add_argument("--only", nargs="+", default=[], help="these faults and no others")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


def _one(name: str, wanted: argparse.Namespace) -> int:
    print(f"{name}: seed {wanted.seed}", flush=True)
    with stage(name) as here:
        os.environ.update(here.environment)
        django.setup()
        return _run(here, wanted)


def _run(here: Stage, wanted: argparse.Namespace) -> int:
    # All that needs models: Django is set up now.
    from tests.chaos.clients import Clients, History  # noqa: PLC0415  (needs Django set up)
    from tests.chaos.faults import FAULTS, Struck  # noqa: PLC0415  (needs Django set up)
    from tests.chaos.settling import Settling, wait_for_mail, wait_until_quiet  # noqa: PLC0415  (needs Django set up)
    from tests.chaos.verdict import judge, passes  # noqa: PLC0415  (needs Django set up)
    from tests.chaos.world import build_world, known_jobs, open_jobs, prepare_tables  # noqa: PLC0415  (needs Django set up)

    prepare_tables()
    world = build_world(here, teams=_TEAMS)
    before = known_jobs()
    here.start("web")
    here.start("worker")
    history = History(ROOT / "var" / f"chaos-{here.name}.jsonl")
    clients = Clients(
        world, history, seed=wanted.seed, count=_CLIENTS, jobs=wanted.jobs, backlog=open_jobs
    )
    here.ask_for_poison = clients.ask_for_poison
    chance = random.Random(wanted.seed)
    only = set(wanted.only) or {one.__name__ for one in FAULTS[here.name]}
    kinds = [one for one in FAULTS[here.name] if one.__name__ in only]
    faults = [fault for fault in kinds for _ in range(wanted.times)]
    chance.shuffle(faults)
    struck: list[Struck] = []
    clients.start()
    try:
        for place, fault in enumerate(faults, start=1):
            clients.allowed = wanted.jobs * place // len(faults)
            time.sleep(chance.uniform(0, _MOST_SECONDS_BETWEEN))
            print(f"  {len(clients.accepted):>6} accepted  {fault.__name__}", flush=True)
            history.fault = fault.__name__
            began = time.monotonic()
            fault(here, chance)
            struck.append(Struck(fault.__name__, began, time.monotonic()))
            history.fault = ""
        settling = Settling(since=struck[-1].ended)
        while not (clients.are_done or clients.are_stuck or clients.errors):
            settling.look()
            time.sleep(0.2)
        done = time.monotonic()
    finally:
        clients.stop()
    wait_until_quiet(settling)
    quiet = time.monotonic() - done
    wait_for_mail()
    history.close()
    verdict = judge(
        here,
        clients,
        history,
        before=before,
        faults=struck,
        settled=settling.seconds,
        quiet=quiet,
    )
    print(verdict.told())
    print(verdict.line(), flush=True)
    return 0 if passes(verdict) else 1


if __name__ == "__main__":
    sys.exit(main())
