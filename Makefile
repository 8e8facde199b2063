# Dateline: `make run` serves a site made from the sample wire, `make test` runs the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests run one process a core, each module mostly in one of them, since its fixtures are made once a
# process; each keeps its linear algebra on its own core.
test test-pure: export OPENBLAS_NUM_THREADS = 1
# Compiled modules are kept, whatever the environment says: to rewrite every assert anew takes half
# of the time that tests are collected in, and to compile anew half of the start of each process.
test test-pure: export PYTHONDONTWRITEBYTECODE =
PORT ?= 8000
READY := $(VENV)/.ready

.PHONY: run test test-pure check format words lock system clean screenshots

run: $(READY)
	$(BIN)/dateline demo --home var/demo --port $(PORT)

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

# The pure part: values in, values out; for running after every change. Laws are tried with a fifth
# of their examples, and folders in which a database takes part everywhere are not even read. Each
# process takes its share of the modules and reads no other: to hand out thousands of tests that
# take no time, one by one, takes longer than they do. What a process says is shown when it is done.
PURE := not flow and not suite and not store and not heavy and not browser
PARTS ?= $(shell getconf _NPROCESSORS_ONLN)
test-pure: export DATELINE_TEST_EXAMPLES ?= 20
test-pure: $(READY)
	@said=$$(mktemp -d) && seq $(PARTS) | xargs -n 1 -P $(PARTS) sh -c '\
	  $(BIN)/python -m pytest -q -p no:cacheprovider -p no:anyio --part $$1/$(PARTS) -m "$(PURE)" \
	  $(addprefix --ignore=tests/,browser cli flow store web) $(ARGS) > $$0/$$1 2>&1; \
	  code=$$?; cat $$0/$$1; exit $$code' $$said; code=$$?; rm -r $$said; exit $$code

check: $(READY)
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix src tests bench
	$(BIN)/ruff format src tests bench

# Bring the catalogues of the interface's words up to date with the code.
words: $(READY)
	$(BIN)/python bench/make_words.py

# The pinned set is made from pyproject.toml; run it after changing a dependency.
lock: $(READY)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	  --upgrade --extra dev --extra postgres pyproject.toml -o requirements/lock.txt

# Debian's packages for what pip cannot bring: a PostgreSQL server and a browser for the tests.
system:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then sh requirements/system.sh; \
	else echo "Not root on a Debian machine: install the packages named in requirements/system.sh by hand."; fi

$(READY): requirements/lock.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Dateline needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --no-deps -r requirements/lock.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache
