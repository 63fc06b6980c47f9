# The edition in two commands: `make` builds it, `make test` proves it. The work is done in tools/.
# The two set-up lines are cheap when nothing is missing; .venv is made by the first command that needs it.

python := tools/python
run := .venv/bin/python
.DEFAULT_GOAL := all
.NOTPARALLEL:
# How many tests are run at a time: one more than there are cores on a small machine, since many wait for a browser or TeX.
JOBS := 3
# A file's tests are run by one worker, which shares what it has built; conftest.py puts the longest first.
pytest = $(run) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder
.PHONY: all site html epub tei variants pdf proof offprints pages test quick prove prove-accounts fuzz pictures specimens check watch fmt lint types bench bench-print bench-viewers anchors messages dist lock clean distclean help environment test-environment test-tools tex

# Pages and EPUB need no TeX, so they come first. Without TeX they are built all the same, and the status says that
# the book is missing. The pages are written once more when there is something to offer on them.
all: environment ## build the edition: HTML, EPUB, TEI, data and PDF, offered on the pages (what `make` alone does)
	@$(run) tools/build.py site
	@$(run) tools/build.py epub
	@$(run) tools/build.py tei
	@$(run) tools/build.py variants
	@status=0; { $(python) tools/system.py tex && $(run) tools/build.py pdf; } || status=$$?; \
	$(run) tools/build.py site && exit $$status

site: all ## the pages of all published versions together, in build/site (BASE=https://example.org/edition/)
	@$(run) tools/published.py

html: environment ## build the pages alone in build/html; they offer no book
	@$(run) tools/build.py html

epub: environment ## build the EPUB, for reading programs, in build/epub
	@$(run) tools/build.py epub

tei: environment ## build the edition as TEI P5, for libraries and programs, in build/tei
	@$(run) tools/build.py tei

variants: environment ## write who reads what as CSV, JSON and NEXUS, in build/variants
	@$(run) tools/build.py variants

pdf: environment tex ## build the book in build/pdf (PAPER=letter|royal, LAYOUT=facing WITNESS=…, SECTION=1)
	@$(run) tools/build.py pdf

proof: environment tex ## set the book as a proof sheet in build/proof, upon the last one: it takes a run or two, not three
	@$(run) tools/build.py proof

offprints: environment tex ## print each section by itself, and offer it on the pages
	@$(run) tools/build.py offprints

pages: pdf ## write pictures of the printed pages, of every variant that is built, to build/pages
	@rm -rf build/pages && mkdir -p build/pages
	@for book in build/pdf/*.pdf; do pdftoppm -r 100 -png $$book build/pages/$$(basename $$book .pdf); done

test: test-tools ## set up everything and run the whole test suite
	@$(pytest)

quick: test-environment ## run the tests that need neither TeX nor a browser
	@$(pytest) -m "not tex and not browser and not audit"

prove: test-tools ## run what is long by nature, before a release
	@$(pytest) -m "prove or hypothesis" --hypothesis-profile=prove

prove-accounts: test-environment ## read from all outputs what generated editions tell of their witnesses (EDITIONS=3000 SEED=1)
	@EDITIONS=$(or $(EDITIONS),3000) SEED=$(SEED) $(run) -m pytest -m prove -s tests/test_accounts_in_outputs.py

fuzz: ## ten minutes of inputs, guided by the code they reach, for all that reads an editor's files (MINUTES=60 SEED=7)
	@$(python) tools/environment.py requirements.lock requirements-fuzz.lock
	@$(run) tools/fuzz.py --minutes $(or $(MINUTES),10) --seed $(or $(SEED),1)

pictures: test-tools ## write pictures of the pages on the screen to build/screenshots
	@$(pytest) -m pictures

specimens: test-tools ## draw the pictures of the manual anew whose source has changed
	@$(run) tools/specimens.py

check: lint types test ## formatter and linter, types, then the tests

watch: test-environment ## rebuild and reload in the browser at every save
	@$(run) -m sphinx_autobuild -c . -d build/watch/doctrees --watch bib --watch apparatus source build/watch/html

fmt: test-environment ## format the Python code
	@$(run) -m ruff format .

lint: test-environment ## say what the formatter and the linter would change
	@$(run) -m ruff format --check . && $(run) -m ruff check .

types: test-environment ## check the types
	@$(run) -m mypy

bench: test-tools ## measure what the apparatus costs on a large edition, and how fast the text page is there
	@$(run) tools/bench.py --keep
	@$(run) -m pytest -m bench -rP

bench-print: environment tex ## measure what an edition of 2,000 entries costs in print, beside reledmac written by hand
	@$(run) tools/bench_print.py --keep

bench-viewers: test-tools ## measure how long a reader waits for our page, beside CETEIcean's
	@$(run) tools/bench_viewers.py --keep

anchors: html ## record the anchors of the text as published: do this at every release
	@cp build/anchors.tsv source/anchors.tsv

messages: test-environment ## bring the catalogues of what the engine says up to date with the code (LANGUAGES=nl begins one)
	@$(run) tools/messages.py $(LANGUAGES)

dist: test-environment ## make the package that others install, wheel and source archive, in build/dist
	@$(run) tools/dist.py

lock: ## renew requirements.lock and those for tests and fuzzing
	@$(python) tools/lock.py

clean: ## remove what was built
	@rm -rf build

distclean: clean ## remove what was built and what was set up
	@rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

environment:
	@$(python) tools/environment.py requirements.lock

test-environment:
	@$(python) tools/environment.py requirements.lock requirements-test.lock

test-tools: test-environment
	@$(python) tools/system.py tex tests
	@$(run) tools/audits.py

tex:
	@$(python) tools/system.py tex
