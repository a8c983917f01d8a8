.DEFAULT_GOAL := help
PYTHON ?= python3
# Where the environment and all that is built go: elsewhere if this folder cannot be written to.
OUT ?= .
export CLAIMBOOK_OUT := $(abspath $(OUT))
VENV := $(OUT)/.venv
RUN := $(VENV)/bin/python -m
READY := $(VENV)/ready
# An environment holds absolute paths: in a copied or moved folder it would run the code of the old one.
OWN := $(shell test "$$(cat $(READY) 2>/dev/null)" = "$$(pwd -P)" && echo yes)

$(READY): requirements.txt pyproject.toml $(if $(OWN),,anew)
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=") if sys.version_info < (3, 11) else 0'
	@mkdir -p $(OUT) && test -w $(OUT) || { echo "this folder cannot be written to; name another for what is built: make OUT=folder book" >&2; exit 1; }
	@test ! -e $(READY) -o -n "$(OWN)" || { echo "the environment in $(VENV) was made for another folder; making it anew"; rm -rf $(VENV); }
	@test ! -e $(VENV) || $(RUN) pip --version >/dev/null 2>&1 || { echo "the environment in $(VENV) is not whole; making it anew"; rm -rf $(VENV); }
	@test -x $(VENV)/bin/python || { echo "creating $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "installing the pinned requirements"
	@$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(RUN) pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@pwd -P > $@

.PHONY: anew book test check units types style tables bound coverage mutants pdf notebooks serve references data descriptor trace changes bench requirements system clean help

book: $(READY) ## build the HTML book into _build/html
	@$(RUN) claimbook.build.book html

test: $(READY) system ## check everything: data, cells, pages, PDF
	@$(RUN) claimbook.build.book html
	@$(RUN) pytest -n 2 --dist loadfile --no-loadscope-reorder --nbval -q

check: $(READY) ## lint, types, tables, unit tests and stale references, in under a minute
	@$(MAKE) --no-print-directory -k -j 2 units types style tables

units: $(READY)
	@$(RUN) pytest -m "not slow" -q -n 2 --dist loadfile

types: $(READY)
	@$(RUN) mypy

style: $(READY)
	@$(RUN) ruff check --quiet src tests
	@$(RUN) ruff format --check src tests

tables: $(READY)
	@$(RUN) claimbook.package.validation

bound: $(READY) ## how far the words are bound to the data: fifty random edits, and what stands unbound beside what they move
	@$(VENV)/bin/python tests/bound_share.py

coverage: $(READY) ## which lines of src the unit tests reach; what builds and kernels run elsewhere is not counted
	@$(RUN) pytest -m "not slow" -q --cov --cov-report=term:skip-covered

mutants: $(READY) ## change the measures at random, 140 times, and say which changes no unit test notices: make mutants SEED=
	@$(RUN) claimbook.bench.mutants src/cooperation/measures -m "not slow" $(if $(SEED),--seed $(SEED))

pdf: $(READY) system ## build the PDF into _build/pdf
	@$(RUN) claimbook.build.book pdf

notebooks: $(READY) ## put executed notebooks with their data into _build/notebooks
	@$(RUN) claimbook.build.book notebooks

serve: $(READY) ## rebuild and reload on save, at http://127.0.0.1:8000 or PORT=
	@$(RUN) claimbook.build.book serve $(if $(PORT),--port $(PORT))

references: $(READY) ## write the reference notebooks and the bibliography again
	@$(RUN) claimbook.package.bibliography
	@$(RUN) claimbook.build.book references

data: $(READY) ## rebuild the derived tables, from local copies (RAW=folder) or from their publishers
	@$(RUN) cooperation.ingest --raw "$(RAW)"

descriptor: $(READY) ## write data/datapackage.json again, from data/schema and the checksums
	@$(RUN) claimbook.package.descriptor

trace: $(READY) ## print the way from a claim, figure, row or source to all it rests on and all that rests on it: make trace OF=
	@$(RUN) claimbook.build.trace "$(OF)"

changes: $(READY) ## print what changed since a version, in the data and for readers: make changes OLD=revision, folder or archive
	@$(RUN) claimbook.build.changes "$(OLD)"

bench: $(READY) system ## compare with a stock Jupyter Book of the same chapters: bytes, requests, times
	@$(RUN) claimbook.bench.benchmark

requirements: $(READY) ## resolve pyproject.toml into requirements.txt again
	@$(RUN) uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-strip-extras --generate-hashes --no-emit-index-url --no-annotate --no-header \
		pyproject.toml -o requirements.txt

system: $(READY) ## install the Debian packages of apt.txt that are missing
	@$(RUN) claimbook.build.system

clean: ## remove everything that was built
	rm -rf $(OUT)/_build

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'
