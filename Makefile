# The edition in two commands: `make` builds it, `make test` proves it. The work is done in tools/.
# The two set-up lines are cheap when nothing is missing; .venv is made by the first command that needs it.

python := tools/python
run := .venv/bin/python
.DEFAULT_GOAL := all
.NOTPARALLEL:
.PHONY: all html epub pdf pages test check watch fmt lint types bench bench-print anchors lock clean distclean help environment test-environment tex

all: html pdf epub ## build the edition: HTML, PDF and EPUB (what `make` alone does)

html: environment ## build build/html/index.html
	@$(run) tools/build.py html

epub: environment ## build the EPUB, for reading programs, in build/epub
	@$(run) tools/build.py epub

pdf: environment tex ## build the book in build/pdf (PAPER=letter|royal, LAYOUT=facing WITNESS=…, SECTION=1)
	@$(run) tools/build.py pdf

pages: pdf ## write pictures of the printed pages, of every variant that is built, to build/pages
	@rm -rf build/pages && mkdir -p build/pages
	@for book in build/pdf/*.pdf; do pdftoppm -r 100 -png $$book build/pages/$$(basename $$book .pdf); done

test: test-environment ## set up everything and run the whole test suite
	@$(python) tools/system.py tex tests
	@$(run) tools/audits.py
	@$(run) -m pytest

check: lint types test ## formatter and linter, types, then the tests

watch: test-environment ## rebuild and reload in the browser at every save
	@$(run) -m sphinx_autobuild -c . -d build/watch/doctrees --watch bib --watch apparatus source build/watch/html

fmt: test-environment ## format the Python code
	@$(run) -m ruff format .

lint: test-environment ## say what the formatter and the linter would change
	@$(run) -m ruff format --check . && $(run) -m ruff check .

types: test-environment ## check the types
	@$(run) -m mypy

bench: environment ## measure what the apparatus costs on a large edition
	@$(run) tools/bench.py

bench-print: environment tex ## measure what an edition of 2,000 entries costs in print
	@$(run) tools/bench_print.py

anchors: html ## record the anchors of the text as published: do this at every release
	@cp build/anchors.tsv source/anchors.tsv

lock: ## renew requirements.lock and requirements-test.lock
	@$(python) tools/lock.py

clean: ## remove what was built
	@rm -rf build

distclean: clean ## remove what was built and what was set up
	@rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

environment:
	@$(python) tools/environment.py requirements.lock

test-environment:
	@$(python) tools/environment.py requirements.lock requirements-test.lock

tex:
	@$(python) tools/system.py tex
