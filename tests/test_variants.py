"""Who reads what, as data: read back by programs that we did not write, and held against the witnesses."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import dendropy
import jsonschema
import pandas
import pytest
from batches import write
from building import EDITIONS, ROOT, build, project
from drawing import Drawer

from apparatus.collation.stream import Piece
from apparatus.edition import Edition
from apparatus.model import Entry, Span
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.program import main
from apparatus.variants import READS, RULES, Row, rows, schema, write_csv, write_json, write_nexus
from apparatus.variation import Stretch, own_text

HANDS = """\
[witness.A]
name = "the first copy"
transcription = "A.txt"

[witness.B]
name = "the second copy"
silence = "unknown"

[witness.C]
name = "a fragment"
gaps = ["1.2: ¶"]

[group."ω"]
members = ["A", "B"]

[scholar.Madvig]
name = "J. N. Madvig"
"""
TEXT = """\
# On the ferry

The ferry was led over the river.

:::{apparatus}
ferry C ] boat ω ; bark A^2
led ] transp. post river C
the river ] om. A^ac
:::

And nobody came.

:::{apparatus}
nobody ] no one A ; none Madvig
:::
"""


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    """Those of the tests, and one with hands."""
    folder = tmp_path_factory.mktemp("variants")
    transcription = "On the ferry\nThe boat was led over the river.\nAnd no one came.\n"
    hands = project(folder / "hands", TEXT, witnesses=HANDS, **{"A.txt": transcription})
    sources = {path.name: path for path in EDITIONS.iterdir() if (path / "conf.py").is_file()}
    found = {}
    for name, source in {**sources, "hands": hands}.items():
        edition = domain_of(build(source, folder / name, builder="dummy", allow="any").app.env).edition
        assert edition is not None
        found[name] = edition
    return found


def told(edition: Edition, lemma: str) -> dict[str, tuple[object, ...]]:
    return {
        row.witness + (f"^{row.hand}" if row.hand else ""): (
            row.reads,
            row.kind,
            row.text,
            row.rule,
            row.siglum,
        )
        for row in rows(edition)
        if row.lemma == lemma
    }


def test_every_witness_has_a_row_at_every_entry_and_the_hands_that_it_cites(
    editions: dict[str, Edition],
) -> None:
    assert told(editions["hands"], "ferry") == {
        "A": ("reading", "", "boat", "collective", "ω"),
        "A^2": ("reading", "", "bark", "named", "A^2"),
        "B": ("reading", "", "boat", "collective", "ω"),
        "C": ("lemma", "", "ferry", "named", "C"),
    }
    assert told(editions["hands"], "led") == {
        "A": ("lemma", "", "led", "silence", ""),
        "B": ("unknown", "", None, "nothing", ""),
        "C": ("reading", "transp.", "", "named", "C"),
    }
    assert told(editions["hands"], "the river")["A^ac"] == ("reading", "om.", "", "named", "A^ac")
    assert told(editions["hands"], "nobody") == {
        "A": ("reading", "", "no one", "named", "A"),
        "B": ("unknown", "", None, "nothing", ""),
        "C": ("absent", "", None, "gap", ""),
    }


def test_a_lemma_is_found_by_its_offsets(editions: dict[str, Edition]) -> None:
    for edition in editions.values():
        blocks = {block.number: block.text for block in edition.text.blocks}
        for row in rows(edition):
            if row.place in blocks and " ¶ " not in row.lemma:
                assert blocks[row.place][row.start : row.end] == row.lemma


def test_what_rows_say_of_a_transcribed_witness_is_what_it_has(tmp_path: Path) -> None:
    """Of drawn editions, whose witnesses are made by changes that are known."""
    drawn = [Drawer(seed, number).drawn(spoil=False) for number, seed in enumerate(range(1, 61), 1)]
    built = build(write(tmp_path / "source", drawn), tmp_path, builder="dummy", allow="any")
    edition = domain_of(built.app.env).edition
    assert edition is not None
    found: dict[str, list[Row]] = {}
    for row in rows(edition):
        found.setdefault(row.entry, []).append(row)
    held = 0
    for one in drawn:
        for name, said in one.in_order():
            for row in found[name]:
                truth = one.truths.get(row.witness)
                if truth is None or row.hand or row.witness == "D" or said.entry.lemma.is_block:
                    continue
                if row.reads == "lemma":
                    assert truth.has(said.start, said.end) or row.rule in ("named", "collective"), row
                    held += 1
                elif row.reads == "reading" and row.kind == "" and " ¶ " not in (row.text or ""):
                    assert " ".join(truth.transcription).find(row.text or "") >= 0, row
                    held += 1
    assert held > 200


def test_a_cell_has_just_what_a_witness_has_also_where_a_spreadsheet_would_calculate(tmp_path: Path) -> None:
    signs = ("=1+1", "+3", "-", "@home", "'quoted", '="x",y')
    witnesses = "".join(f'[witness."W{n}"]\nname = "copy {n}"\n' for n in range(len(signs)))
    readings = " ; ".join(f"{said} W{n}" for n, said in enumerate(signs))
    source = project(
        tmp_path / "source", f"One two.\n\n:::{{apparatus}}\ntwo. ] {readings}\n:::\n", witnesses=witnesses
    )
    out = build(source, tmp_path, builder="variants", allow="any").out
    (path,) = out.glob("*.csv")
    table = pandas.read_csv(path, keep_default_na=False)
    assert tuple(table[table["reads"] == "reading"]["text"]) == signs


@pytest.mark.parametrize("name", ["four-witnesses", "hands", "hebrew"])
def test_the_table_is_read_by_pandas(name: str, editions: dict[str, Edition]) -> None:
    found = [*rows(editions[name])]
    table = pandas.read_csv(io.StringIO(write_csv(found)), keep_default_na=False, dtype=str)
    assert [*table["entry"]] == [row.entry for row in found]
    assert [*table["text"]] == [row.text or "" for row in found]
    assert {*table["reads"]} <= READS.keys() and {*table["rule"]} <= RULES.keys()


@pytest.mark.parametrize("name", ["four-witnesses", "hands", "hebrew"])
def test_the_json_is_as_its_schema_says(name: str, editions: dict[str, Edition]) -> None:
    edition = editions[name]
    found = [*rows(edition)]
    data = json.loads(write_json(found, edition, "A title", "1"))
    jsonschema.Draft202012Validator.check_schema(json.loads(schema()))
    jsonschema.validate(data, json.loads(schema()))
    assert sum(len(entry["witnesses"]) for entry in data["entries"]) == len(found)
    entries = [e.id for e in edition.entries if isinstance(e.item, Entry) and e.span is not None]
    assert [entry["entry"] for entry in data["entries"]] == entries


@pytest.mark.parametrize("name", ["four-witnesses", "hands", "hebrew", "greek"])
def test_the_matrix_is_read_by_dendropy(name: str, editions: dict[str, Edition]) -> None:
    edition = editions[name]
    found = [*rows(edition)]
    matrix = dendropy.StandardCharacterMatrix.get(
        data=write_nexus(found, edition), schema="nexus", preserve_underscores=True
    )
    assert [taxon.label for taxon in matrix.taxon_namespace] == [*dict.fromkeys(
        row.witness + (f"^{row.hand}" if row.hand else "") for row in found
    )]  # fmt: skip
    entries = {row.entry for row in found}
    assert {len(matrix[taxon]) for taxon in matrix.taxon_namespace} == {len(entries)}


def test_in_the_matrix_who_has_the_same_has_the_same_sign(editions: dict[str, Edition]) -> None:
    edition = editions["hands"]
    text = write_nexus([*rows(edition)], edition).split("MATRIX\n")[1]
    signs = dict(line.split() for line in text.splitlines()[:5] if "'" in line)
    assert signs == {"'A'": "1001", "'A^2'": "2001", "'A^ac'": "1011", "'B'": "1???", "'C'": "01??"}


def test_the_program_prints_what_the_build_writes(
    editions: dict[str, Edition], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["variants", str(EDITIONS / "greek")]) == 0
    assert capsys.readouterr().out == write_csv([*rows(editions["greek"])])
    assert (
        main(["variants", str(EDITIONS / "greek"), "--format", "nexus", "-o", str(tmp_path / "a.nex")]) == 0
    )
    assert (tmp_path / "a.nex").read_text("utf-8") == write_nexus(
        [*rows(editions["greek"])], editions["greek"]
    )


def test_what_is_not_proved_is_not_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = project(tmp_path / "source", "One two.", witnesses=HANDS, **{"A.txt": "One three.\n"})
    assert main(["variants", str(source)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "unrecorded_difference" in said.err
    assert said.err.endswith("apparatus: nothing is written: mend what is reported above\n")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "has no conf.py: name the folder of an edition"), ("1 +", "There is a syntax error")],
)
def test_a_folder_that_is_no_edition_is_a_sentence(
    content: str | None, reason: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "conf.py").write_text(content, encoding="utf-8")
    assert main(["variants", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert reason in said.err and "Traceback" not in said.err and said.out == ""


def test_it_is_printed_in_utf_8_whatever_the_locale_is_and_as_far_as_anybody_reads() -> None:
    program = [sys.executable, "-m", "apparatus", "variants", str(EDITIONS / "greek")]
    here = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(program, capture_output=True, env=here, check=True)
    assert (
        done.stdout.decode().splitlines()[0].startswith("entry,place")
        and "\N{GREEK SMALL LETTER ALPHA}" in done.stdout.decode()
    )
    nobody_reads = subprocess.run(
        ["sh", "-c", f"{shlex.join(program)} | true"], capture_output=True, env=here, check=True
    )
    assert nobody_reads.stderr == b""


def test_of_a_large_edition_only_what_is_near_is_looked_at() -> None:
    """Each entry asks what a witness has there; to pass over all of it each time would take its square."""
    pieces = [Piece("a ", 2 * n, 2 * n + 2, is_copy=True) for n in range(10_000)]
    stretch = Stretch(pieces)
    assert len(stretch.near(Span(5001, 5003))) <= 4
    found = own_text(stretch, Span(5000, 5003), Span(5000, 5003), ())
    assert found is not None and found.text == "a a"


def test_a_file_that_cannot_be_written_is_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "no").write_text("a file", encoding="utf-8")
    assert main(["variants", str(EDITIONS / "greek"), "-o", str(tmp_path / "no" / "a.csv")]) == 1
    said = capsys.readouterr().err
    assert (
        said.startswith("apparatus: ") and "no" in said and "Traceback" not in said and said.count("\n") == 1
    )


def test_who_has_a_passage_or_adds_nothing_may_have_other_words_and_these_are_told(tmp_path: Path) -> None:
    """Beside an addition support says that nothing is added, of a whole passage that it is there: not in which words."""
    text = (
        "One two three.\n\n:::{apparatus}\ntwo B ] add. x C\ntwo ] too B\n:::\n\n"
        "Six seven eight.\n\n:::{apparatus}\n¶ A B ] om. C\nseven ] sieben B\n:::\n"
    )
    files = {
        "A": "One two three.\nSix seven eight.\n",
        "B": "One too three.\nSix sieben eight.\n",
        "C": "One two x three.\n",
    }
    witnesses = "".join(
        f'[witness.{key}]\nname = "copy {key}"\ntranscription = "{key}.txt"\n' for key in files
    )
    source = project(
        tmp_path / "source", text, witnesses=witnesses, **{f"{key}.txt": said for key, said in files.items()}
    )
    edition = domain_of(build(source, tmp_path, builder="dummy").app.env).edition
    assert edition is not None
    found = {(row.entry, row.witness): (row.reads, row.text) for row in rows(edition)}
    assert found["1.1-a1", "A"] == ("lemma", "two")
    assert found["1.1-a1", "B"] == ("lemma", "too")
    assert found["1.2-a1", "A"] == ("lemma", "Six seven eight.")
    assert found["1.2-a1", "B"] == ("lemma", "Six sieben eight.")
