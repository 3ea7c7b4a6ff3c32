# papernotes: `make run` opens it, `make test` tests it. Needs Python 3.11 or newer and make, nothing else.

HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
MARKS := $(VENV)/.papernotes
LOCK := --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --python-version 3.11
STATIC := $(shell find static apps/*/static locale -type f ! -name '*.mo' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help setup run test bench lint format lock clean

help:
	@echo "make run     start papernotes on http://$(HOST):$(PORT) (HOST=, PORT= change it)"
	@echo "make setup   only make $(VENV), install what is locked, gather static files"
	@echo "make test    run the whole test suite; REQUIRE=postgres,redis,browser insists on these"
	@echo "make bench   what pages, searches, imports and long notes cost, against the goals (N=, BASE=, DATABASE=)"
	@echo "make lint    formatter, linter, types, import contracts, templates, missing migrations"
	@echo "make format  let the formatter rewrite the code"
	@echo "make lock    renew requirements.txt and requirements-dev.txt from pyproject.toml"
	@echo "make clean   remove what the targets above made; your data in var/ stays"

setup: $(MARKS)/static

run: setup
	@exec $(PYTHON) manage.py serve --host "$(HOST)" --port "$(PORT)"

test: setup $(MARKS)/dev
	@exec $(PYTHON) -m tests

bench: setup $(MARKS)/dev
	@exec $(PYTHON) -m tests.bench

lint: setup $(MARKS)/dev
	@exec $(PYTHON) -m tests.lint

format: $(MARKS)/dev
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

lock: $(MARKS)/locked
	$(PYTHON) -m pip install --quiet uv
	$(VENV)/bin/uv pip compile pyproject.toml $(LOCK) -o requirements.txt
	$(VENV)/bin/uv pip compile pyproject.toml $(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf $(VENV) staticfiles .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find locale -name '*.mo' -delete

# Marks of what is done already, so that the second run is quick.
$(MARKS)/venv:
	@sh bin/make-venv $(VENV)
	@mkdir -p $(MARKS) && touch $@

$(MARKS)/locked: requirements.txt $(MARKS)/venv
	@echo "Installing what papernotes needs ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(MARKS)/dev: requirements-dev.txt $(MARKS)/locked
	@echo "Installing what its tests need ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(MARKS)/static: $(MARKS)/locked $(STATIC)
	@$(PYTHON) manage.py setup
	@touch $@
