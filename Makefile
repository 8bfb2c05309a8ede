# The commands of routekaart. `make run` and `make test` are all that a newcomer needs.
#
# PYTHON: the interpreter that makes .venv; the newest suitable one that is found, else python3,
# which then says that it is too old.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; exit; }; \
	done; echo python3)
PORT ?= 8000
# Of which pages `make screenshots` takes pictures: docs (the main ones) or every.
PAGES ?= docs
VENV := .venv/bin
MANAGE := $(VENV)/python -W ignore::DeprecationWarning manage.py

# How often each kind of fault comes, and for how many jobs per stack: `make chaos TIMES=1 JOBS=150`.
TIMES ?= 10
JOBS ?= 5000
MINUTES ?= 10
RESTARTS ?= 0
# How many cases `make fuzz` asks the API, and from which seed.
CASES ?= 50000
SEED ?= 20260801
# Which part of the mutants: two run at once as `make mutants MUTANTS=0/2` and `MUTANTS=1/2`.
MUTANTS ?= 0/1
.PHONY: run demo test test-long fuzz chaos load mutants lint bench bench-planner bench-fairness screenshots setup lock help

help:
	@echo "make run     start routekaart op http://127.0.0.1:$(PORT)"
	@echo "make demo    maak zonder browser een scholingsplan in var/demo/ en vertel het hele jaar"
	@echo "make test    draai de tests"
	@echo "make test-long  draai wat lang duurt: veel meer gevallen, ook op PostgreSQL"
	@echo "make fuzz    vraag de API van alles, goed en fout (CASES=50000 SEED=20260801)"
	@echo "make chaos   maak expres alles stuk en kijk of er niets verloren gaat (TIMES=10 JOBS=5000)"
	@echo "make load    laat 200 mensen tien minuten werken en meet hoe lang ze wachten (MINUTES=10 RESTARTS=0)"
	@echo "make mutants  haal elke controle van rechten een keer weg en kijk of een test het merkt"
	@echo "make screenshots  maak de plaatjes van de pagina's in docs/schermen/ (alle: PAGES=every)"
	@echo "make lint    controleer stijl, typen en de indeling van de code"
	@echo "make bench   draai de metingen in benchmarks/ naast een ander"
	@echo "make bench-planner  meet de planner op willekeurige scholen"
	@echo "make bench-fairness  meet hoe lang een ander wacht naast documenten voor 1000 teams"

setup:
	@$(PYTHON) scripts/bootstrap.py runtime

run: setup
	@$(MANAGE) prepare --demo --port $(PORT)
	@exec $(MANAGE) serve --port $(PORT)

demo: setup
	@$(MANAGE) demo

test:
	@$(PYTHON) scripts/bootstrap.py development
	@$(VENV)/python scripts/run_tests.py

test-long:
	@$(PYTHON) scripts/bootstrap.py development
	@$(VENV)/python scripts/run_tests.py --long

# Two hundred people at work for ten minutes: `make load MINUTES=2 RESTARTS=10`.
load:
	@$(PYTHON) scripts/bootstrap.py development
	@$(VENV)/python benchmarks/load --minutes $(MINUTES) --restarts $(RESTARTS)

fuzz:
	@$(PYTHON) scripts/bootstrap.py development
	@$(VENV)/python scripts/fuzz.py --cases $(CASES) --seed $(SEED)

# Another order of faults each time, unless SEED is given.
chaos:
	@$(PYTHON) scripts/bootstrap.py development
	@$(VENV)/python -W ignore -m tests.chaos --times $(TIMES) --jobs $(JOBS) $(if $(filter file default,$(origin SEED)),,--seed $(SEED))

mutants:
	@$(PYTHON) scripts/bootstrap.py development
	@$(VENV)/python -W ignore -m tests.mutants $(MUTANTS)

lint:
	@$(PYTHON) scripts/bootstrap.py development
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy .
	$(VENV)/lint-imports
	$(VENV)/python manage.py makemigrations --check --dry-run

bench:
	@$(PYTHON) scripts/bootstrap.py development
	@$(PYTHON) scripts/bootstrap.py bench
	@for file in $(filter-out benchmarks/planner.py benchmarks/fairness.py,$(sort $(wildcard benchmarks/*.py))); do $(VENV)/python "$$file" || exit 1; done

# Measures the planner by itself, so it is no part of `make bench`.
bench-planner:
	@$(PYTHON) scripts/bootstrap.py development
	@$(VENV)/python benchmarks/planner.py

# Takes half an hour.
bench-fairness:
	@$(PYTHON) scripts/bootstrap.py development
	@$(VENV)/python benchmarks/fairness.py

screenshots:
	@$(PYTHON) scripts/bootstrap.py development
	@$(VENV)/python -m pytest -q tests/browser/screenshots.py -k $(PAGES)

# The lock files hold names, versions and hashes only: no index, no addresses.
lock:
	$(VENV)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
		--no-annotate --custom-compile-command "make lock" pyproject.toml -o requirements/runtime.txt
	$(VENV)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
		--no-annotate --custom-compile-command "make lock" -c requirements/runtime.txt \
		pyproject.toml --group dev -o requirements/development.txt
	$(VENV)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
		--no-annotate --custom-compile-command "make lock" -c requirements/development.txt \
		--group bench -o requirements/bench.txt
