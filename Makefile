# A thin door: everything is the command `councils` (see README.md). `make` and `make test` are all a user needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: all test slow lab lint bench lock clean
.DEFAULT_GOAL := all

all: $(READY)
	@$(BIN)/councils all

$(READY): requirements.lock pyproject.toml pipelines/site/engine/package-lock.json
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'councils needs Python 3.11 or newer; this is ' + sys.version.split()[0] + '. Say which: make PYTHON=python3.12')"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked packages into $(VENV) (a few minutes the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/councils engine || echo "going on without: the site's SQL page will say what to do"
	@touch $(READY)

test: all lint
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow"

slow: all
	$(BIN)/python -m pytest -m slow

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lab: all
	$(BIN)/jupyter lab --notebook-dir notebooks

bench: all
	$(BIN)/python bench/run.py
	$(BIN)/python bench/sql.py

# For maintainers: needs uv on the path and a network.
lock:
	uv pip compile requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements.lock
	$(PYTHON) -m pipelines.lock_environment

clean:
	rm -rf $(VENV) .engine site data/curated/*.duckdb data/curated/parquet data/curated/state.json
