# The commands of this project; `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PORT ?= 8000
WORKERS ?= 2
# A worker that has nothing left takes over tests that wait at the other one.
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist worksteal
MESSAGES := cms/locale/vi/LC_MESSAGES/django.mo
# Enough of an environment for production's settings to be read and checked.
PRODUCTION := DJANGO_SETTINGS_MODULE=cms.settings.production THUOCDO_ALLOWED_HOSTS=thuocdo.example.gov.vn \
	THUOCDO_SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))") \
	DATABASE_URL=postgres://thuocdo@localhost/thuocdo THUOCDO_PROXY_COUNT=1

step = @printf '\033[1m==> %s\033[0m\n' "$(1)"
pip_install = $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --requirement $(1)

.PHONY: help
help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

# ---- Set-up ----------------------------------------------------------------------------------------------------------
.PHONY: setup
setup: $(VENV)/.base $(MESSAGES) ## Make .venv with the locked packages and the Vietnamese catalogue
	@echo "  $(VENV) is ready"

$(BIN)/python:
	$(call step,Making $(VENV))
	@scripts/make_venv.sh

$(VENV)/.base: requirements/base.txt | $(BIN)/python
	$(call step,Installing the locked packages)
	@$(call pip_install,$<)
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	$(call step,Installing what tests and checks need)
	@$(call pip_install,$<)
	@touch $@

$(MESSAGES): $(wildcard cms/locale/parts/*.po) scripts/compile_messages.py | $(VENV)/.base
	$(call step,Compiling the Vietnamese catalogue)
	@$(BIN)/python scripts/compile_messages.py

.PHONY: dev
dev: setup $(VENV)/.dev

.PHONY: system
system:
	@scripts/install_system.sh

# ---- The demo --------------------------------------------------------------------------------------------------------
.PHONY: run
run: export THUOCDO_BASE_URL ?= http://localhost:$(PORT)
run: setup ## Serve the demo province on this computer (PORT=8000)
	$(call step,Bringing the database up to date)
	@$(MANAGE) migrate --verbosity 0
	$(call step,Loading the demo province)
	@$(MANAGE) load_demo --address http://localhost:$(PORT)
	$(call step,Serving on http://localhost:$(PORT) (Ctrl+C ends))
	@$(MANAGE) runserver $(PORT)

# ---- Checks ----------------------------------------------------------------------------------------------------------
.PHONY: test
test: dev system lint types imports checks ## Run every check and every test
	$(call step,Tests)
	@$(PYTEST)

.PHONY: lint
lint: dev ## Check style and format
	$(call step,Style)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .

.PHONY: types
types: dev ## Check types
	$(call step,Types)
	@$(BIN)/mypy

.PHONY: imports
imports: dev ## Check who imports whom
	$(call step,Import directions)
	@$(BIN)/lint-imports

.PHONY: checks
checks: dev ## Check models against migrations, and the settings, production's too
	$(call step,Migrations and settings)
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) check --fail-level WARNING
	@$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

.PHONY: test-postgres
test-postgres: dev system ## Run what a database can change on a PostgreSQL started for it
	$(call step,Tests on PostgreSQL)
	@scripts/postgres.sh $(PYTEST)

.PHONY: bench
bench: dev ## Measure what has to be fast, on SQLite and on PostgreSQL
	$(call step,Measurements on SQLite)
	@$(BIN)/pytest tests/benchmarks -s
	$(call step,Measurements on PostgreSQL)
	@scripts/postgres.sh $(BIN)/pytest tests/benchmarks -s

.PHONY: fuzz
fuzz: export THUOCDO_FUZZ_EXAMPLES ?= 1000
fuzz: dev ## Ask every operation of the API as everybody with what a machine makes up, on both databases (hours)
	$(call step,Fuzzing on SQLite)
	@$(PYTEST) tests/fuzz
	$(call step,Fuzzing on PostgreSQL)
	@scripts/postgres.sh $(PYTEST) tests/fuzz

.PHONY: lives
lives: export LIVES_EXAMPLES ?= 200
lives: dev ## Walk random lives of a month's evaluations, on both databases (LIVES_EXAMPLES=200: most of an hour)
	$(call step,Random lives on SQLite)
	@$(BIN)/pytest -n 0 tests/integration/evaluations/test_random_lives.py
	$(call step,Random lives on PostgreSQL)
	@scripts/postgres.sh $(BIN)/pytest -n 0 tests/integration/evaluations/test_random_lives.py

.PHONY: chaos
chaos: dev ## Kill every process in the middle of commits and while 50 read and 5 write (most of an hour)
	$(call step,Killing on SQLite)
	@$(BIN)/python -m tests.chaos sqlite
	$(call step,Killing on PostgreSQL)
	@$(BIN)/python -m tests.chaos postgresql

.PHONY: messages
messages: dev system $(MESSAGES) ## List sentences without Vietnamese
	$(call step,Sentences without Vietnamese)
	@$(BIN)/python -m scripts.check_messages

# ---- Upkeep ----------------------------------------------------------------------------------------------------------
.PHONY: format
format: dev ## Bring the code into the house's format
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

.PHONY: corpus
corpus: dev ## Send every wrong file of tests/corpus through and write docs/corpus.md anew
	$(call step,The corpus of wrong files)
	@THUOCDO_WRITE_CORPUS=1 $(BIN)/pytest tests/integration/importers/test_corpus.py -n 0

.PHONY: api-examples
api-examples: dev ## Write down anew what the API answers to its examples, and what version 1 promises
	$(call step,Examples of the API)
	@THUOCDO_WRITE_EXAMPLES=1 $(BIN)/pytest tests/integration/api/examples -n 0

.PHONY: screenshots
screenshots: dev system ## Take the pictures of the guides anew
	$(call step,Pictures of the guides)
	@$(BIN)/python -m scripts.screenshots

.PHONY: lighthouse
lighthouse: dev system ## Measure five public pages with Lighthouse as on a telephone (needs npm)
	$(call step,Public pages on a telephone)
	@$(BIN)/python -m scripts.lighthouse

.PHONY: lock
lock: dev ## Lock requirements/*.in to versions and hashes (UPGRADE=--upgrade for newer ones)
	$(call step,Locking)
	@scripts/lock.sh $(UPGRADE)
