"""Makes the virtual environment and installs exactly what a lock file names.

Runs under the Python that happens to be there, so it uses only the standard library and syntax
that an old Python can still read far enough to say that it is too old. A second run with an
unchanged lock does nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from typing import List, NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")


def stop(sentence: str) -> NoReturn:
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


def stamp_of(lock: str) -> str:
    with open(lock, "rb") as file:
        content = file.read()
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def run(step: str, command: List[str]) -> None:
    sys.stdout.write(step + " …\n")
    sys.stdout.flush()
    result = subprocess.call(command, cwd=ROOT)
    if result != 0:
        stop("Dit lukte niet: %s. De melding hierboven zegt waarom." % step)


def main(name: str) -> None:
    if sys.version_info < (3, 11):
        stop(
            "routekaart heeft Python 3.11 of nieuwer nodig; dit is %d.%d. "
            "Installeer een nieuwere Python, of wijs er een aan met: make run PYTHON=python3.12"
            % sys.version_info[:2]
        )
    if not os.access(ROOT, os.W_OK):
        stop("In deze map kan niet worden geschreven: zet routekaart in een map van jezelf.")
    lock = os.path.join(ROOT, "requirements", name + ".txt")
    python = os.path.join(VENV, "bin", "python")
    stamp_file = os.path.join(VENV, "installed-" + name)
    stamp = stamp_of(lock)
    if os.path.exists(python) and os.path.exists(stamp_file):
        with open(stamp_file) as file:
            if file.read() == stamp:
                return
    if not os.path.exists(python):
        shutil.rmtree(VENV, ignore_errors=True)
        run("Omgeving aanmaken (.venv)", [sys.executable, "-m", "venv", VENV])
    run(
        "Pakketten installeren (requirements/%s.txt)" % name,
        [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
            "--require-hashes",
            "--requirement",
            lock,
        ],
    )
    with open(stamp_file, "w") as file:
        file.write(stamp)


if __name__ == "__main__":
    main(sys.argv[1])
