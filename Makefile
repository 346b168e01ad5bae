# Loket's commands. A fresh Debian with python3, python3-venv and make is enough.
# PORT, DATA_DIR, KEY_DIR and the other settings (config.py) are environment variables: `make run PORT=8001` works too.

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install --require-hashes --only-binary=:all:
RUN := .venv/run.stamp
DEV := .venv/dev.stamp

.PHONY: run test test-unit test-journeys lint bench screenshots lock clean

# Prepares the database, fills it with the demonstration when it is empty, and serves on http://127.0.0.1:8000.
run: $(RUN)
	@exec $(PY) -m flask --app app serve --demonstration

# Every test. Units and journeys both run, whatever the first of them gives.
test: $(DEV)
	@failed=; \
	$(MAKE) --no-print-directory test-unit || failed="$$failed test-unit"; \
	$(MAKE) --no-print-directory test-journeys || failed="$$failed test-journeys"; \
	if [ -n "$$failed" ]; then echo "*** make test: FAILED in$$failed" >&2; exit 1; fi

# To run a few: PYTEST_ADDOPTS="-k overlap" make test-unit
# Who is ready takes over what others still have before them: some tests take as long as a thousand others.
SHARED := --dist worksteal
test-unit: $(DEV)
	$(PY) -m pytest -n 2 $(SHARED) -m "not journey"

# CHROMIUM is the browser to use; without it one is looked for, and installed if need be. Where none can be had this
# fails, unless ALLOW_NO_BROWSER=1 says that the journeys may be left out. LIGHT_CHROMIUM is the one for journeys that
# do not go back (docs/decisions/0081).
test-journeys: $(DEV)
	@if CHROMIUM=$$(.ci/browser); then \
		LIGHT_CHROMIUM=$${LIGHT_CHROMIUM:-$$(command -v chromium-headless-shell || echo $$CHROMIUM)}; \
		export CHROMIUM LIGHT_CHROMIUM; echo "$(PY) -m pytest -n 3 $(SHARED) -m journey    # in $$CHROMIUM"; \
		$(PY) -m pytest -n 3 $(SHARED) -m journey; \
	else \
		echo "*** THE JOURNEYS DID NOT RUN: there is no browser to run them in." >&2; \
		test "$(ALLOW_NO_BROWSER)" = 1; \
	fi

# `make lint` says what is wrong; `.venv/bin/ruff check --fix` mends what it can.
lint: $(DEV)
	$(PY) -m ruff check .

# What is measured, against what: docs/benchmarks.md.
bench: $(DEV)
	$(PY) -m bench

screenshots: $(DEV)
	@CHROMIUM=$$(.ci/browser) && export CHROMIUM && $(PY) -m tests.journeys.screenshots

# After a change in requirements*.in. `make lock UPGRADE=1` takes the newest versions of everything. On the oldest Python
# that must run it, Debian 12's: on a newer one it would choose packages that this one refuses.
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options
lock: $(DEV)
	@$(PY) -c 'import sys; sys.exit(sys.version_info[:3] > (3, 11, 2) and "first: make clean lint PYTHON=<Python 3.11.2, Debian 12>")'
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements.txt requirements.in
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements-dev.txt requirements-dev.in

# Leaves instance/ alone: that is data.
clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One environment. The stamps inside it say what is installed: requirements.txt for running, requirements-dev.txt on top.
$(RUN): requirements.txt
	@echo "Making the Python environment in .venv (once) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV): $(RUN) requirements-dev.txt
	@echo "Adding what tests need to .venv (once) ..."
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@
