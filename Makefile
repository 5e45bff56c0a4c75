# Everything runs in .venv, which any target builds by itself from requirements.lock (hash-checked).

ARGS         ?=
TEST_WORKERS ?= 2
PYTEST_ARGS  ?=

# The first interpreter that is new enough, unless the caller names one: make run PYTHON=/path/to/python
PYTHON ?= $(or $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done),python3)

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/installed

# Without byte code every worker process compiles every module again (import pandas: 1.7 s instead of 0.4 s).
unexport PYTHONDONTWRITEBYTECODE
# One process per core is where the parallelism comes from; threads underneath would only compete for the same cores.
export OMP_NUM_THREADS      := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS      := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint bench lock clean

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-6s %s\n", $$1, $$2}'

run: $(STAMP)  ## run the main study and write its report; other settings: make run ARGS="study=… market=…"
	@$(BIN)/stockout-sim $(ARGS)

test: $(STAMP)  ## run the tests; a part of them: make test PYTEST_ARGS="tests/unit -k ledger"
	@MPLBACKEND=Agg $(BIN)/python -m pytest --quiet -n $(TEST_WORKERS) --dist worksteal $(PYTEST_ARGS)

lint: $(STAMP)  ## check style, types, import contracts and the lock file
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@if grep -nE '://|^ *-(-[a-z-]*(index|host|find-links)|i |f )' requirements.lock; \
	then echo 'requirements.lock names a server; write it with "make lock"' >&2; exit 1; fi

bench: $(STAMP)  ## measure the engines; single parts: make bench ARGS="--only 1,3"
	@$(BIN)/python -m tests.benchmarks $(ARGS)

lock:  ## choose the versions in requirements.lock again; the newest of all: make lock ARGS=--upgrade
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT \
	&& $(PYTHON) -m venv "$$tools" && "$$tools/bin/python" -m pip install -qq 'uv>=0.9' \
	&& "$$tools/bin/uv" pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet $(ARGS) \
		--output-file requirements.lock

clean:  ## remove caches and build products; keeps results/ and .venv
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage htmlcov
	@find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(STAMP): requirements.lock pyproject.toml setup.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "stockout-sim needs Python 3.11 or newer, but '$(PYTHON)' says: $$($(PYTHON) --version 2>&1 | head -n 1)" >&2; \
	echo "Install one and name it: make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo 'Setting up $(VENV) (once; about a minute) …'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --editable .
	@touch $@
