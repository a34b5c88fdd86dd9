# Every target sets up what it needs; `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/bash

.PHONY: help demo test check docs bench clean
help:  ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | column -t -s "$$(printf '\t')"

demo: .venv/run  ## check the built-in casebook and write an HTML report
	@$(BIN)/seawall check --example || [ $$? -eq 1 ]
	@$(BIN)/seawall check --example --format html --out seawall-report.html || [ $$? -eq 1 ]

test: .venv/dev  ## the fast tests
	$(BIN)/pytest -n auto

check: .venv/dev  ## format, lint, types, room contracts, house rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/test_house.py

docs: .venv/docs  ## build the documentation, strictly
	$(BIN)/mkdocs build --strict --quiet

bench: .venv/dev  ## measure judging in bulk, drawing channels, and matching beside other tools on labelled names
	$(BIN)/python bench/judge.py
	$(BIN)/python bench/leak.py
	$(BIN)/python bench/match.py
	$(BIN)/python bench/mirror.py

bench/.peers: bench/peers.txt  # the other tools; PyICU is compiled, with pkg-config, libicu-dev and g++
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check --requirement bench/peers.txt
	@touch $@

clean:  ## remove what the targets made
	rm -rf .venv site seawall-report.html

.venv/run: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev: .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

.venv/docs: .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@
