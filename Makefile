# Loket's commands. They need a Debian with python3, python3-venv and make, nothing more.
# PORT, DATA_DIR, KEY_DIR and the other settings (config.py) are environment variables: `make run PORT=8001` works too.

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install --require-hashes --only-binary=:all:
RUN := .venv/run.stamp
DEV := .venv/dev.stamp

.PHONY: run provider registers test test-unit test-journeys lint bench bench-against lighthouse screenshots help-pictures lock clean

# Prepares the database, fills it with the demonstration when it is empty, and serves on http://127.0.0.1:8000. Every wing
# is on, unless WINGS says otherwise.
run: $(RUN)
	@WINGS="$${WINGS:-arbeidszorg ecalcura site}" exec $(PY) -m flask --app app serve --demonstration

# A simulated OpenID provider, which prints how to start Loket with it. PROVIDER_PORT=8091 uses another port.
provider: $(RUN)
	@WINGS="$${WINGS:-arbeidszorg ecalcura site}" exec $(PY) -m flask --app app ecalcura provider --port $${PROVIDER_PORT:-8090}

# Simulated registers of persons on http://127.0.0.1:8010, for a server with SIMULATED_REGISTERS=1. A demonstration has
# its own. To make them slow: curl -d '{"mode": "slow", "seconds": 5}' http://127.0.0.1:8010/control
registers: $(RUN)
	@exec $(PY) -m models.ecalcura.demonstration.simulated_registers

# Runs every test: units and journeys, also when the units fail.
test: $(DEV)
	@failed=; \
	$(MAKE) --no-print-directory test-unit || failed="$$failed test-unit"; \
	$(MAKE) --no-print-directory test-journeys || failed="$$failed test-journeys"; \
	if [ -n "$$failed" ]; then echo "*** make test: FAILED in$$failed" >&2; exit 1; fi

# To run a few: PYTEST_ADDOPTS="-k overlap" make test-unit
# An idle worker takes over tests of a busy one: some tests take as long as a thousand others.
SHARED := --dist worksteal
test-unit: $(DEV)
	$(PY) -m pytest -n 2 $(SHARED) -m "not journey"

# CHROMIUM is the browser to use; without it .ci/browser looks for one, and installs one if needed. Without any browser
# this fails, unless ALLOW_NO_BROWSER=1 allows the journeys to be skipped. LIGHT_CHROMIUM is the browser for journeys
# that do not use the back button (docs/decisions/0081).
test-journeys: $(DEV)
	@if CHROMIUM=$$(.ci/browser); then \
		LIGHT_CHROMIUM=$${LIGHT_CHROMIUM:-$$(command -v chromium-headless-shell || echo $$CHROMIUM)}; \
		export CHROMIUM LIGHT_CHROMIUM; echo "$(PY) -m pytest -n 3 $(SHARED) -m journey    # in $$CHROMIUM"; \
		$(PY) -m pytest -n 3 $(SHARED) -m journey; \
	else \
		echo "*** THE JOURNEYS DID NOT RUN: there is no browser to run them in." >&2; \
		test "$(ALLOW_NO_BROWSER)" = 1; \
	fi

# `.venv/bin/ruff check --fix` corrects what it can.
lint: $(DEV)
	$(PY) -m ruff check .
	$(PY) -m mypy

# Runs the benchmarks of docs/benchmarks.md.
bench: $(DEV)
	$(PY) -m bench

# Measures this build beside an earlier one: `make bench-against REV=v1.2`, any commit whose database this build migrates.
# That build gets a folder and a .venv of its own, which go away afterwards.
bench-against: $(DEV)
	@test -n "$(REV)" || { echo "Which build? make bench-against REV=<commit>" >&2; exit 1; }
	@build=$$(git rev-parse --verify "$(REV)^{commit}") && folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	git clone --quiet --no-checkout . "$$folder" && git -C "$$folder" checkout --quiet --detach "$$build" && \
	$(MAKE) --no-print-directory -C "$$folder" $(RUN) && OLD_BUILD=$$folder $(PY) -m bench against

# Lets Lighthouse look at one public page of each kind, three times, and puts its scores in docs/benchmarks.md.
lighthouse: $(DEV)
	@CHROMIUM=$$(.ci/browser) && export CHROMIUM && .ci/checker lighthouse $(PY) -m bench --write lighthouse

# help-pictures takes only the pictures of the help again: after a change of a page that is on one of them.
screenshots help-pictures: $(DEV)
	@CHROMIUM=$$(.ci/browser) && export CHROMIUM && $(PY) -m tests.journeys.screenshots $(if $(filter help-pictures,$@),help)

# Run it after a change in requirements*.in; `make lock UPGRADE=1` takes the newest version of every package. Run it on
# the oldest Python that is supported, Debian 12's: a newer one could choose packages that the oldest cannot install.
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options
lock: $(DEV)
	@$(PY) -c 'import sys; sys.exit(sys.version_info[:3] > (3, 11, 2) and "first: make clean lint PYTHON=<Python 3.11.2, Debian 12>")'
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements.txt requirements.in
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements-dev.txt requirements-dev.in

# Keeps instance/: it holds data.
clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One environment. Its stamp files record what is installed: requirements.txt to run, requirements-dev.txt to develop.
$(RUN): requirements.txt
	@echo "Making the Python environment in .venv (once) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV): $(RUN) requirements-dev.txt
	@echo "Adding what tests need to .venv (once) ..."
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@
