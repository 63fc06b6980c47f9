"""Whatever is edited, a build on top of an older one gives the bytes that a build from nothing gives."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from building import IMPRINT, WITH_WORKS, Built, build, files_that_differ, project

from apparatus.sphinxext import extension
from apparatus.sphinxext.domain import domain_of

CATS = (
    WITH_WORKS
    + """\
project = "The Cats: An Edition"
html_theme = "furo"
apparatus_register = "names.toml"
apparatus_anchors = "anchors.tsv"
apparatus_offline = "cats.zip"
apparatus_series = {
    "apparatus": {"label": "Apparatus"},
    "commentary": {"label": "Commentary", "holds": "prose", "form": "notes"},
    "glosses": {"label": "Glosses", "holds": "prose", "form": "notes", "letter": "g"},
}
bibtex_cite_id = "bib-{key}"
bibtex_reference_style = "author_year"
"""
)
WITNESSES = """\
[witness.A]
name = "the first copy"
transcription = "A.txt"

[witness.B]
name = "the second copy"
transcription = "B.txt"

[scholar.Madvig]
name = "J. N. Madvig"
"""
INDEX = """\
# The cats

```{toctree}
introduction
first
second
witnesses
whole
established
bibliography
glossary
names
events
cite
```
"""
INTRODUCTION = """\
# Introduction

The cat of [](#2.1) is that of {ref}`2.2-n1`, see note {note}`2.2: dog` and {entry}`1.1: cat`, after {cite:t}`edele2017`.
It sits on a hearth; see [](glossary.md).
"""
FIRST = """\
---
edited-text: 1
---

# The first cat

The cat of Ivanov sat on the mat by the hearth.

:::{apparatus}
cat ] dog A
2.2: old ] young B
:::

:::{commentary}
mat ] A mat, says {cite:p}`edele2017`.
:::

Then it slept.

:::{apparatus}
slept ] om. B ; dreamt Madvig
:::
"""
SECOND = """\
---
edited-text: true
---

# The second cat

Иванов saw it.

The old dog of Ivanov saw the mat as well.

:::{apparatus}
old dog ] old cow A (so in {cite:p}`petrov1999`)
:::

:::{commentary}
dog ] A dog, not the cat of note {note}`1.1: mat`.
:::
"""
EVENTS = """\
[[event]]
date = "1943-09"
event = "The cat sits down"
passages = ["1.1"]
sources = ["edele2017"]

[[event]]
date = "1944"
event = "The dog sees it"
passages = ["2.2"]
basis = "the text alone"
"""
NAMES = """\
[ivanov]
name = "Ivanov, Ivan"
kind = "person"
original = "Иванов, Иван"
identification = "the owner of the cat"
sources = ["edele2017"]
forms = ["Ivanov", "Иванов"]
"""
WORKS = """\
@book{edele2017, author = {Edele, Mark}, title = {Defectors}, year = {2017}}
@book{petrov1999, author = {Petrov, Ivan}, title = {Cows}, year = {1999}}
"""
FILES = {
    "introduction.md": INTRODUCTION,
    "first.md": FIRST,
    "second.md": SECOND,
    "witnesses.md": "# Witnesses\n\n:::{conspectus}\n:::\n",
    "whole.md": "# The whole apparatus\n\n:::{whole-apparatus}\n:::\n",
    "established.md": "# How it was established\n\n:::{establishment} witnesses\n:::\n\n"
    ":::{establishment} kinds\n:::\n\n:::{establishment} places\n:::\n",
    "bibliography.md": "# Bibliography\n\n```{bibliography}\n:all:\n```\n",
    "glossary.md": "# Glossary\n\n```{glossary}\nhearth\n  Where the fire is.\n```\n",
    "names.md": "# Names\n\n:::{index-of-names}\n:::\n",
    "events.md": "# Events\n\n:::{chronology} events.toml\n:::\n",
    "cite.md": "# How to cite\n\n:::{references} 2.1\n:::\n\n:::{offline}\nAll of it\n:::\n",
    "events.toml": EVENTS,
    "names.toml": NAMES,
    "works.bib": WORKS,
    "A.txt": "The first cat\nThe dog of Ivanov sat on the mat by the hearth.\nThen it slept.\nThe second cat\n"
    "Иванов saw it.\nThe old cow of Ivanov saw the mat as well.\n",
    "B.txt": "The first cat\nThe cat of Ivanov sat on the mat by the hearth.\nThen it.\nThe second cat\n"
    "Иванов saw it.\nThe young dog of Ivanov saw the mat as well.\n",
    "anchors.tsv": "1.1\tThe cat of Ivanov sat on the mat by the hearth.\n",
}

Edit = Callable[[Path], None]


def replaced(name: str, *pairs: tuple[str, str]) -> Edit:
    """Put other words into a file."""

    def edit(source: Path) -> None:
        text = (source / name).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        (source / name).write_text(text, encoding="utf-8")

    return edit


def together(*edits: Edit) -> Edit:
    def edit(source: Path) -> None:
        for one in edits:
            one(source)

    return edit


def setting(line: str) -> Edit:
    """Set something in ``conf.py``."""
    return lambda source: (source / "conf.py").write_text(f"{CATS}{line}\n", encoding="utf-8")


def without(name: str) -> Edit:
    return lambda source: (source / name).unlink()


def both_copies(old: str, new: str) -> Edit:
    return together(replaced("A.txt", (old, new)), replaced("B.txt", (old, new)))


LAST_BLOCK = "\n:::{commentary}\nslept ] A note.\n:::\n"
EDITS: dict[str, Edit] = {
    "a word of the text": together(
        replaced("first.md", ("Then it", "And then it")), both_copies("Then it", "And then it")
    ),
    "a word of the text that the copies do not have": replaced("first.md", ("Then it", "And then it")),
    "a passage more": together(
        replaced("first.md", ("\nThen it", "\nIt purred.\n\nThen it")),
        both_copies("Then it", "It purred.\nThen it"),
    ),
    "a passage that goes over to the next file": together(
        replaced("first.md", (FIRST[FIRST.index("\nThen it") :], "")),
        replaced("second.md", ("\nИванов", "\nThen it slept.\n\nИванов")),
    ),
    "a passage that is no more": replaced("second.md", ("\nИванов saw it.\n", "")),
    "another number of the first section": replaced("first.md", ("edited-text: 1", "edited-text: 7")),
    "the title of a text": together(
        replaced("first.md", ("# The first cat", "# The one cat")), both_copies("first", "one")
    ),
    "the title of a page": replaced("introduction.md", ("# Introduction", "# Before one begins")),
    "the title of a page that others name": replaced("glossary.md", ("# Glossary", "# Hard words")),
    "an anchor of a page that others name": together(
        replaced("second.md", ("\nИванов saw", "\n(seen)=\n\nИванов saw")),
        replaced("introduction.md", ("It sits", "{ref}`It <seen>` sits")),
    ),
    "a note more": replaced("first.md", ("Then it slept.\n", f"Then it slept.\n{LAST_BLOCK}")),
    "a note less": replaced("first.md", (FIRST[FIRST.index(":::{commentary}") : FIRST.index("Then it")], "")),
    "the lemma of a note": replaced("second.md", ("\ndog ] A dog", "\nwell ] A dog")),
    "a reading": together(replaced("first.md", ("] dog A", "] cow A")), replaced("A.txt", ("The dog", "The cow"))),
    "a reading that another file has for its words": replaced("first.md", ("] young B", "] yung B")),
    "a witness of an entry in another file": replaced("first.md", ("] young B", "] young A")),
    "the kind of an entry": replaced("first.md", ("] dog A", "] cat, A")),
    "a remark": replaced("second.md", ("(so in", "(thus in")),
    "the citation of a remark": replaced("second.md", ("petrov1999", "edele2017")),
    "an entry less": replaced("first.md", ("cat ] dog A\n", "")),
    "an entry of another file less": replaced("first.md", ("2.2: old ] young B\n", "")),
    "an entry that goes to another file": together(
        replaced("first.md", ("2.2: old ] young B\n", "")),
        replaced("second.md", ("old dog ]", "old ] young B\nold dog ]")),
    ),
    "all entries of a file less": replaced(
        "second.md", (SECOND[SECOND.index(":::{apparatus}") : SECOND.index(":::{commentary}")], "")
    ),
    "a transcription": replaced("A.txt", ("slept", "leapt")),
    "a transcription that is gone": without("A.txt"),
    "a witness with no transcription": replaced("witnesses.toml", ('transcription = "B.txt"\n', "")),
    "the label of a witness": replaced("witnesses.toml", ("[witness.A]", '[witness.A]\nlabel = "α"')),
    "a name of a witness": replaced("witnesses.toml", ("the first copy", "the older copy")),
    "a witness less": together(
        replaced("witnesses.toml", (WITNESSES[WITNESSES.index("[witness.B]") : WITNESSES.index("[sch")], "")),
        replaced("first.md", ("2.2: old ] young B\n", ""), ("om. B ; ", "")),
    ),
    "a witness more": replaced("witnesses.toml", ("[scholar", '[witness.C]\nname = "the third"\n\n[scholar')),
    "the title of a work": replaced("works.bib", ("Defectors", "Deserters")),
    "the author of a work": replaced("works.bib", ("Edele, Mark", "Adele, Marc")),
    "the year of a work": replaced("works.bib", ("1999", "1998")),
    "a work more of the same author and year": replaced(
        "works.bib", ("@book{p", "@book{edele, author = {Edele, Mark}, title = {Cats}, year = {2017}}\n@book{p")
    ),
    "a work that is gone": replaced("works.bib", (WORKS.splitlines(keepends=True)[1], "")),
    "a name": replaced("names.toml", ("Ivanov, Ivan", "Ivanoff, Ivan")),
    "the Cyrillic of a name": replaced("names.toml", ("Иванов, Иван", "Ивановъ, Иван")),
    "a form of a name less": replaced("names.toml", ('"Ivanov", "Иванов"', '"Иванов"')),
    "a form of a name more": replaced("names.toml", ('"Иванов"]', '"Иванов", "mat"]')),
    "a name more": replaced("names.toml", ("[ivanov]", '[dog]\nname = "Dog"\nforms = ["dog"]\n\n[ivanov]')),
    "all names gone": lambda source: (source / "names.toml").write_text("", encoding="utf-8"),
    "a term of the glossary more": replaced("glossary.md", ("hearth\n", "mat\n  To sit on.\n\nhearth\n")),
    "a term of the glossary in other words": replaced("glossary.md", ("hearth\n", "fireplace\n")),
    "an explanation of the glossary": replaced("glossary.md", ("Where the fire is", "Where it is warm")),
    "an event": replaced("events.toml", ("1943-09", "1942")),
    "an event with no source": replaced("events.toml", ('sources = ["edele2017"]\n', "")),
    "the record of anchors": lambda source: (source / "anchors.tsv").write_text("9.9\tGone.\n", encoding="utf-8"),
    "a page more": together(
        replaced("index.md", ("glossary\n", "glossary\nmore\n")),
        lambda source: (source / "more.md").write_text("# More\n\nA hearth, {cite:p}`petrov1999`.\n", encoding="utf-8"),
    ),
    "a page less": together(replaced("index.md", ("introduction\n", "")), without("introduction.md")),
    "a text less": together(replaced("index.md", ("second\n", "")), without("second.md")),
    "the glossary gone": together(
        replaced("index.md", ("glossary\n", "")),
        replaced("introduction.md", ("; see [](glossary.md)", "")),
        without("glossary.md"),
    ),
    "the index of names gone": together(replaced("index.md", ("names\n", "")), without("names.md")),
    "the bibliography gone": together(replaced("index.md", ("bibliography\n", "")), without("bibliography.md")),
    "the list of witnesses gone": together(replaced("index.md", ("witnesses\n", "")), without("witnesses.md")),
    "the order of the texts": replaced("index.md", ("first\nsecond", "second\nfirst")),
    "another scheme": setting('apparatus_scheme = "ala-lc"'),
    "no transliteration": setting("apparatus_transliterate = False"),
    "a positive apparatus": setting("apparatus_positive = True"),
    "no pages of witnesses": setting("apparatus_witness_pages = False"),
    "no archive": setting("apparatus_offline = None"),
    "no collation": setting("apparatus_collation = False"),
    "another title": setting('project = "Cats"'),
    "another label of a series": setting(
        'apparatus_series = {"apparatus": {"label": "Readings"}, '
        '"commentary": {"label": "Notes", "holds": "prose", "form": "notes"}}'
    ),
    "another language": setting('apparatus_language = "en-GB"'),
    "data for references": setting('apparatus_citation = {"editors": ["A. Editor"], "released": "2026"}'),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the edition and its build, as it is before an edit."""
    folder = tmp_path_factory.mktemp("built")
    source = project(folder / "work" / "source", "", witnesses=WITNESSES, conf=CATS, **FILES)
    (source / "index.md").write_text(INDEX, encoding="utf-8")
    assert build(source, folder / "work" / "kept").warnings == ()
    shutil.copytree(folder / "work", folder / "before")
    yield folder


@pytest.fixture
def work(built: Path) -> Path:
    """The same in its place: an environment knows the folder of its source."""
    shutil.rmtree(built / "work")
    shutil.copytree(built / "before", built / "work")  # with the times of the files
    return built / "work"


def ours(build: Built) -> list[str]:
    return [warning for warning in build.warnings if "[apparatus." in warning]


def differing(kept: Built, fresh: Built) -> list[str]:
    names = files_that_differ(kept.out.parent, fresh.out.parent)
    return [name for name in names if not name.startswith("doctrees/")]


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_build_after_an_edit_gives_what_a_fresh_build_gives(work: Path, edit: Edit) -> None:
    edit(work / "source")
    kept = build(work / "source", work / "kept", allow="any")
    fresh = build(work / "source", work / "fresh", allow="any")
    assert (differing(kept, fresh), ours(kept)) == ([], ours(fresh))


def test_what_another_builder_has_read_is_written_by_this_one_too(work: Path) -> None:
    """Builders share what was read; a file that a page takes in is not newer than the page itself."""
    replaced("events.toml", ("1943-09", "1942"))(work / "source")
    build(work / "source", work / "kept", builder="epub", **IMPRINT)
    kept = build(work / "source", work / "kept")
    fresh = build(work / "source", work / "fresh")
    assert [name for name in differing(kept, fresh) if name.startswith("html/")] == []


#: What prints of the whole edition: the table, the figures, the works, the names, the list of witnesses;
#: and the index, which lists the headings of the page that was read: Sphinx writes it.
GATHER = {"whole", "established", "bibliography", "names", "witnesses", "index"}
EVERY = {name.removesuffix(".md") for name in FILES if name.endswith(".md")}
WRITTEN: dict[str, tuple[Edit, set[str]]] = {
    "nothing": (lambda source: None, set()),
    "a page that says nothing for others": (
        replaced("glossary.md", ("Where the fire is", "Where it is warm")),
        {"glossary", "index"},
    ),
    "a remark": (replaced("second.md", ("(so in", "(thus in")), GATHER | {"second"}),
    "a conjecture": (replaced("first.md", ("dreamt Madvig", "dozed Madvig")), GATHER | {"first"}),
    "a word of a note": (replaced("second.md", ("A dog, not", "The dog, not")), GATHER | {"second"}),
    "an entry whose words another page has": (
        replaced("first.md", ("young B", "young B Madvig")),
        GATHER | {"first"},  # the words on the other page lead to it as before
    ),
    "an entry that another page marks": (
        replaced("first.md", ("2.2: old ] young B", "2.2: old [sic] ] young B")),
        GATHER | {"first", "second"},
    ),
    "the language of the words of an entry on another page": (
        replaced("second.md", ("edited-text: true", "edited-text: true\nlang: la")),
        GATHER | {"first", "second"},
    ),
    "the first note of a series of the same form": (
        replaced("first.md", (":::{commentary}", ":::{glosses}\nsat ] He sat.\n:::\n\n:::{commentary}")),
        GATHER | EVERY,  # marks now say whose they are, and so does the search
    ),
    "an entry that renumbers those on the other page": (
        replaced("first.md", ("2.2: old ] young B", "2.2: old ] young B\n2.2: The ] One Madvig")),
        GATHER | {"first", "second"},
    ),
    "a note that renumbers those behind it": (
        replaced("first.md", (":::{commentary}\nmat", ":::{commentary}\nsat ] He sat.\n\nmat")),
        GATHER | {"first", "second", "introduction"},
    ),
    "a note behind those of all others": (
        replaced("second.md", ("dog ] A dog, not", "well ] Well.\n\ndog ] A dog, not")),
        GATHER | {"second"},
    ),
    "a word of the text, in its copies too": (
        together(replaced("first.md", ("Then it", "And then it")), both_copies("Then it", "And then it")),
        GATHER | {"first"},
    ),
}


@pytest.mark.parametrize(("edit", "pages"), WRITTEN.values(), ids=WRITTEN)
def test_an_edit_writes_its_own_page_and_those_that_print_it(work: Path, edit: Edit, pages: set[str]) -> None:
    edit(work / "source")
    times = {page: page.stat().st_mtime_ns for page in (work / "kept" / "html").glob("*.html")}
    kept = build(work / "source", work / "kept", allow="any")
    sources = {path.stem for path in (work / "source").glob("*.md")}
    assert {page.stem for page, time in times.items() if page.stat().st_mtime_ns != time} & sources == pages
    assert differing(kept, build(work / "source", work / "fresh", allow="any")) == []


def test_what_older_code_has_kept_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, kept = project(tmp_path / "source", "One two."), tmp_path / "doctrees" / "index.doctree"
    times = []
    for version in (1, 1, 2):
        monkeypatch.setattr(extension, "code_that_is_loaded", lambda version=version: version)
        build(source, tmp_path, builder="dummy", allow="siglum_unused")
        times.append(kept.stat().st_mtime_ns)
    assert times[0] == times[1] < times[2]


def test_the_number_of_the_code_is_another_for_other_code(monkeypatch: pytest.MonkeyPatch) -> None:
    before = extension.code()
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"" if path.name == "model.py" else b"same")
    one = extension.code()
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"same")
    assert extension.code() != one
    monkeypatch.undo()
    assert extension.code() == before < 2**48


@pytest.mark.parametrize("name", ["witnesses/A.txt", "anchors.tsv"])
def test_no_record_is_written_over_a_file_of_the_edition(tmp_path: Path, name: str) -> None:
    witnesses = '[witness.A]\nname = "the first copy"\ntranscription = "witnesses/A.txt"\n'
    conf = CATS.replace('apparatus_register = "names.toml"\n', "").replace('"sphinxcontrib.bibtex", ', "")
    kept = {"witnesses/A.txt": "\ufeffTitle\nThe  cat.\n", "anchors.tsv": "1.1\tThe fat cat.\n"}
    source = project(tmp_path, "# Title\n\nThe cat.\n", witnesses=witnesses, conf=conf, **kept)
    build(source, source, allow="transcription_bom")
    assert (source / name).read_text(encoding="utf-8") == kept[name]


def test_two_processes_build_what_one_builds(work: Path) -> None:
    alone = build(work / "source", work / "alone")
    together = build(work / "source", work / "together", jobs=2)
    assert (differing(alone, together), together.warnings) == ([], ())


def test_two_processes_on_top_of_an_older_build_give_what_one_gives_from_nothing(work: Path) -> None:
    EDITS["a passage more"](work / "source")
    for page in (work / "source").glob("*.md"):  # Sphinx divides the work only if there is enough
        page.touch()
    kept = build(work / "source", work / "kept", jobs=2)
    fresh = build(work / "source", work / "fresh")
    assert (differing(kept, fresh), kept.warnings) == ([], ())


# Sphinx’s own serializing builders ask for what Sphinx deprecates.
@pytest.mark.filterwarnings("ignore:'sphinxcontrib.serializinghtml.*app' is deprecated")
@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "json", "pickle", "text", "man", "xml", "texinfo"]
)
def test_any_builder_of_sphinx_can_print_an_edition(work: Path, builder: str) -> None:
    assert build(work / "source", work / "other", builder=builder).warnings == ()


def test_an_edition_in_which_nothing_has_changed_is_not_put_together(tmp_path: Path) -> None:
    """Not when a page that is no text is written either; and what was wrong is said again."""
    text = "---\nedited-text: 1\n---\n\n# Cat\n\nThe cat sat.\n\n:::{apparatus}\ncat ] dog A\n:::\n"
    home = "# Home\n\nSee [](#1.1).\n\n```{toctree}\ntext\n```\n"
    witnesses = '[witness.A]\nname = "the first copy"\ntranscription = "A.txt"\n'
    files = {"A.txt": "Cat\nThe cow sat.\n", "index.md": home, "text.md": text}
    source = project(tmp_path / "source", "", witnesses=witnesses, **files)
    first = build(source, tmp_path / "out", allow="false_claim")
    replaced("index.md", ("See", "See there"))(source)
    for changed in (True, False):
        again = build(source, tmp_path / "out", allow="false_claim")
        assert (ours(again), "See there" in again.page("index")) == (ours(first), True)
        domain = domain_of(again.app.env)
        assert ("_made" in vars(domain), changed) == (False, changed)
    assert domain.edition is not None and "_made" in vars(domain)


@pytest.mark.parametrize("lost", ["_static/passages.js", "text-A.html", "anchors.tsv"])
def test_what_was_taken_away_is_made_again_though_nothing_has_changed(tmp_path: Path, lost: str) -> None:
    text = "---\nedited-text: 1\n---\n\n# Cat\n\nThe cat sat.\n\n:::{apparatus}\ncat ] dog A\n:::\n"
    witnesses = '[witness.A]\nname = "the first copy"\ntranscription = "A.txt"\n'
    files = {
        "A.txt": "Cat\nThe dog sat.\n",
        "index.md": "# Home\n\n```{toctree}\ntext\n```\n",
        "text.md": text,
    }
    source = project(tmp_path / "source", "", witnesses=witnesses, **files)
    kept = build(source, tmp_path / "out")
    file = next(path for path in (kept.out / lost, kept.out.parent / lost) if path.exists())
    before = file.read_bytes()
    file.unlink()
    build(source, tmp_path / "out")
    assert file.read_bytes() == before


def test_the_collector_is_left_as_it_was_found(tmp_path: Path) -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    build(project(tmp_path / "source", "# Cat\n\nThe cat.\n"), tmp_path / "out", allow="siglum_unused")
    assert (gc.get_threshold(), gc.get_freeze_count()) == before


def test_when_the_program_ends_what_a_build_has_made_is_not_looked_at_again(tmp_path, monkeypatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("atexit.register", asked.append)
    build(project(tmp_path / "source", "# Cat\n\nThe cat.\n"), tmp_path / "out", allow="siglum_unused")
    assert asked == [gc.freeze]


@pytest.mark.parametrize("file", ["apparatus.css", "apparatus.js"])
def test_files_that_pages_need_are_mended_though_they_are_made_once_only(tmp_path: Path, file: str) -> None:
    source = project(tmp_path / "source", "# Cat\n\nThe cat.\n")
    first = build(source, tmp_path / "out", allow="siglum_unused")
    made = first.out / "_static" / file
    before, sent = made.read_bytes(), Path(first.app.doctreedir) / "apparatus-static" / file
    written = sent.stat().st_mtime_ns
    build(source, tmp_path / "out", allow="siglum_unused")
    assert sent.stat().st_mtime_ns == written
    sent.write_text("nothing", encoding="utf-8")
    build(source, tmp_path / "out", allow="siglum_unused")
    assert (made.read_bytes(), sent.read_bytes()) == (before, before)
