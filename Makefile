# `make` alone lists what can be done. Nothing here needs more than python3 (3.11+) and make.
PY ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=
.DEFAULT_GOAL := help
.PHONY: help run test test-all lint bench chaos lock messages clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

run: $(VENV)/.prod ## the demo: sets up, imports, exports, serves until Ctrl-C
	$(BIN)/python manage.py run $(ARGS)

test: $(VENV)/.test ## tests that need no service and no browser
	$(BIN)/python -m pytest -n 3 $(ARGS)

test-all: $(VENV)/.dev ## everything, on PostgreSQL + Redis + Chromium; a skip is a failure
	$(BIN)/python -m tests.services pytest $(ARGS)

lint: $(VENV)/.dev ## ruff, mypy, import contracts, templates, migrations, deploy check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.deploy_check

bench: $(VENV)/.dev ## speed, against a floor measured in the same run
	$(BIN)/python -m tests.services bench $(ARGS)

chaos: $(VENV)/.dev ## faults and kills over real processes: ARGS="--settlements 500 --seed 1"
	$(BIN)/python -m tests.chaos $(ARGS)

lock: $(VENV)/.uv ## resolve pyproject.toml anew into requirements/
	$(LOCK) pyproject.toml --group dev -o requirements/dev.txt
	$(LOCK) -c requirements/dev.txt pyproject.toml --group test -o requirements/test.txt
	$(LOCK) -c requirements/dev.txt pyproject.toml -o requirements/prod.txt
	echo 'uv>=0.13.9,<0.14' | $(LOCK) - -o requirements/bootstrap.txt

messages: $(VENV)/.dev ## collect and compile the English texts
	$(BIN)/python manage.py makemessages -l en --no-obsolete --no-wrap -i .venv -i var
	$(BIN)/python manage.py compilemessages -l en -l nb -i .venv

clean: ## remove what was built and the demo's data
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

LOCK := $(BIN)/uv --system-certs pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11

$(VENV)/.uv: requirements/bootstrap.txt
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PY=/path/to/python3"; exit 1; }
	$(PY) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(VENV)/.prod $(VENV)/.test $(VENV)/.dev: $(VENV)/.%: requirements/%.txt $(VENV)/.uv
	$(BIN)/uv --system-certs pip install -q --python $(BIN)/python --require-hashes -r $<
	@touch $@
