# Needs Python 3.11 or newer, and make. The first use of any target makes .venv from requirements.txt.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
INSTALLED := .venv/installed
LOCKED := --disable-pip-version-check --quiet --no-deps

.PHONY: help run demo test bench lint install

help:  ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## */make \1\t/' | expand -t 16

run: $(INSTALLED)  ## the unattended service: PostgreSQL, Prefect with its UI, the schedule; Ctrl-C ends it
	@$(BIN)/rasid up

demo: $(INSTALLED)  ## the whole job on a sample newsroom, offline, ending by itself
	@$(BIN)/rasid demo

test: $(INSTALLED)  ## the whole test suite, on a real PostgreSQL
	@$(BIN)/python -m pytest --numprocesses 2

bench: $(INSTALLED)  ## how fast it is on this machine, beside what bounds it: about an hour
	@$(BIN)/python -m tests.bench

lint: $(INSTALLED)  ## style, format, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

install: $(INSTALLED)  ## .venv alone

# Every download is pinned by hash; the project itself is built by the locked setuptools, without the network.
$(INSTALLED): requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Rasid needs Python 3.11 or newer: make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Installing into .venv (once, and again when the requirements change)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install $(LOCKED) --require-hashes --requirement requirements.txt
	@$(BIN)/python -m pip install $(LOCKED) --no-build-isolation --editable .
	@touch $(INSTALLED)
