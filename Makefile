# make run: the pipeline on the bundled samples.  make test: the whole test suite.  Both set up .venv by themselves.
PYTHON ?= python3
HOME_DIR ?= data
BIN := .venv/bin

.PHONY: run test slow lint format types lock docs clean

run: .venv/ready
	$(BIN)/sheaf run --raw pipeline/samples --home $(HOME_DIR)

test: .venv/ready
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow"

slow: .venv/ready  # the tests that write large files
	$(BIN)/python -m pytest -m slow

lint: .venv/ready
	$(BIN)/ruff check .

format: .venv/ready
	$(BIN)/ruff format --check .

types: .venv/ready
	$(BIN)/mypy

docs: .venv/ready  # writes the pages that are made from the code
	$(BIN)/python -m schemas.render > docs/tables.md
	$(BIN)/python -m assets.validate.document < docs/measured/cleaning_rendered.md > docs/cleaning.md
	$(BIN)/python -m assets.parse.document > docs/formats.md
	$(BIN)/python -m assets.dedupe.document > docs/linkage.md

lock:  # resolves pyproject.toml anew; needs uv
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-strip-extras --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache data

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@
