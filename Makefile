# Two commands matter: `make demo` (see it) and `make test` (prove it). `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo demo-reset test check bench lock format packages clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore
STAMPS := $(VENV)/stamps
RUNTIME := $(STAMPS)/runtime
DEVELOPMENT := $(STAMPS)/development
RULE_TESTS = $(wildcard tests/kernel tests/*/test_rules*.py)

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

demo: $(RUNTIME) ## everything from nothing, then serve on http://127.0.0.1:8000 (PORT= changes it)
	@$(PY) -m app demo
	@KITU_LOG_FORMAT=$${KITU_LOG_FORMAT:-text} exec $(PY) -m app serve --host $(HOST) --port $(PORT)

demo-reset: $(RUNTIME) ## throw the demonstration data away and start over
	@$(PY) -m app demo --reset
	@KITU_LOG_FORMAT=$${KITU_LOG_FORMAT:-text} exec $(PY) -m app serve --host $(HOST) --port $(PORT)

check: $(DEVELOPMENT) ## format, lint, types, import contracts, templates, rule tests: for every save
	@$(BIN)/ruff format --check --quiet . || { echo "Nicht formatiert: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo > $(STAMPS)/imports.txt || { cat $(STAMPS)/imports.txt; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/djlint --check --lint templates > $(STAMPS)/djlint.txt 2>&1 || { cat $(STAMPS)/djlint.txt; exit 1; }
	@$(BIN)/hadolint Dockerfile
	@$(BIN)/deptry --no-ansi app > $(STAMPS)/deptry.txt 2>&1 || { cat $(STAMPS)/deptry.txt; exit 1; }
	@$(BIN)/codespell -L sie,fulfilment,paket,ordner CONTRIBUTING.md app/decisions
	@test -z "$(strip $(RULE_TESTS))" || $(BIN)/pytest -p no:randomly --no-header $(RULE_TESTS)

test: packages $(DEVELOPMENT) ## make check and every test: SQLite, PostgreSQL, browser
	@$(MAKE) --no-print-directory check RULE_TESTS=
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --durations=15 --cov --cov-report=term $(TESTS)

bench: packages $(DEVELOPMENT) ## measure; writes tests/bench/results/*.json
	@$(PY) -m tests.bench $(BENCH)

format: $(DEVELOPMENT) ## rewrite code and templates in the house format
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/djlint --reformat --quiet templates || true

packages: ## Debian's postgresql and chromium, where they are missing
	@tests/support/install_packages.sh

lock: $(DEVELOPMENT) ## pin every dependency with its hashes, without any index address
	@$(BIN)/pip-compile $(COMPILE) --output-file=requirements.lock requirements.in
	@$(BIN)/pip-compile $(COMPILE) --output-file=requirements-dev.lock requirements-dev.in
	@$(PY) tests/support/lock_rules.py

COMPILE := --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

clean: ## remove what the commands above made, except the data in var/
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 fehlt: apt-get install python3 python3-venv"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 oder neuer wird gebraucht, gefunden: $$($(PYTHON) --version)"; exit 1; }
	@echo "Virtuelle Umgebung $(VENV) …" >&2
	@"$(PYTHON)" -m venv $(VENV) || { echo "apt-get install python3-venv"; exit 1; }

# A pth file and a two-line program instead of an editable install: no build back end at run time.
$(RUNTIME): requirements.lock | $(PY)
	@echo "Abhängigkeiten (requirements.lock, mit Prüfsummen) …" >&2
	@$(PIP_INSTALL) --require-hashes -r requirements.lock
	@$(PY) -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "kitu.pth").write_text(str(pathlib.Path.cwd()) + "\n", encoding="utf-8")'
	@printf '#!/bin/sh\nexec "$$(dirname "$$(readlink -f "$$0")")/python" -m app "$$@"\n' > $(BIN)/kitu
	@chmod +x $(BIN)/kitu
	@mkdir -p $(STAMPS) && touch $@

$(DEVELOPMENT): requirements-dev.lock requirements-rules.lock $(RUNTIME)
	@echo "Werkzeuge und Prüfbibliotheken (requirements-dev.lock) …" >&2
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	@$(PIP_INSTALL) --require-hashes --no-deps -r requirements-rules.lock
	@touch $@
