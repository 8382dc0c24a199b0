# Everything one does with this project; `make` alone lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo test check fix golden score bench soak lock clean
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
CODE := extractors parsers expectations warehouse flows
DEMO := SOHOA_HOME=$(CURDIR)/demo $(BIN)/sohoa
# OCR is parallel by page; threads within a page only take turns.
export OMP_THREAD_LIMIT := 1

help: ## List these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: ## Make .venv from requirements.lock and see that Tesseract is there
	@scripts/setup.sh

demo: setup ## Read the sample papers into demo/sohoa.db and ask it a few questions
	@scripts/demo.sh

test: setup ## Run all tests
	@$(BIN)/pytest -q -n 2 --dist loadfile

check: setup ## Look for mistakes in form and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

fix: setup ## Put form right where a program can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

golden: setup ## Write expected results and the README's answers anew; look at the diff
	@$(BIN)/python scripts/golden.py

score: setup ## Measure against hand-read truths, where TRUTH has them
	@scripts/score.sh $(TRUTH)

bench: setup ## Measure how fast papers are read
	@$(BIN)/python scripts/bench.py

soak: setup ## Kill a night of 500 papers again and again, ten minutes; compare (not in CI)
	@$(BIN)/python scripts/soak.py

lock: ## Choose the versions in requirements.lock anew
	@scripts/lock.sh

clean: ## Remove what was built; papers, store and warehouse stay
	@rm -rf .venv build dist demo *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
