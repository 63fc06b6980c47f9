"""What was published keeps its anchor, or there is a sentence at it that leads on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, Built, build, project

from apparatus.anchors import Record, check_anchors, read_record, write_anchors
from apparatus.anchors.identity import numbered
from apparatus.model import Block, EditedText
from apparatus.sphinxext.program import main

TEXT = EditedText((Block("1", "The Ferry"), Block("1.1", "The ferry waited at the end of the road")))


def record_of(*lines: str) -> Record:
    record, faults = read_record("".join(f"{line}\n" for line in lines), "anchors.tsv")
    assert not faults
    return record


# --- entries ---------------------------------------------------------------------------------------


def test_where_nothing_is_published_entries_count_in_the_order_of_the_text() -> None:
    assert numbered(["led", "ferry", "led"], {}) == [1, 2, 3]


@pytest.mark.parametrize(
    ("entries", "published", "found"),
    [
        (["new", "led", "ferry"], {1: "led", 2: "ferry"}, [3, 1, 2]),  # one is added before them
        (["ferry", "led"], {1: "led", 2: "ferry"}, [2, 1]),
        (["led", "led"], {1: "led"}, [1, 2]),  # on the same words again
        (["led to the road"], {1: "led to"}, [1]),  # its lemma was amended
        (["leads"], {1: "leads", 2: None}, [1]),
        (["new", "led"], {1: "led", 2: None}, [3, 1]),  # what was withdrawn is not given to another
        (["new"], {3: "quite otherwise"}, [4]),
        (["the ferry", "the road"], {1: "the ferries", 2: "the roads"}, [1, 2]),
        ([], {1: "led"}, []),
    ],
)  # fmt: skip
def test_an_entry_that_is_added_takes_no_other_s_anchor(
    entries: list[str], published: dict[int, str | None], found: list[int]
) -> None:
    assert numbered(entries, published) == found


def test_the_record_has_entries_behind_their_passage_and_is_read_back() -> None:
    gone = record_of("1.1-a9\t\twithdrawn\t2027-01-05\tno variant").gone
    written = write_anchors(TEXT, {"1.1-a1": "ferry", "1.1-n1": "the end\x1fof  the road"}, gone)
    record, faults = read_record(written, "anchors.tsv")
    assert not faults and [one.anchor for one in record.kept] == ["1", "1.1", "1.1-a1", "1.1-n1"]
    assert written.endswith("1.1-a9\t\twithdrawn\t2027-01-05\tno variant\n")
    assert write_anchors(TEXT, {"1.1-a1": "ferry", "1.1-n1": "the end of the road"}, record.gone) == written


def test_an_entry_that_has_gone_or_means_other_words_is_reported() -> None:
    record = record_of("1.1\tThe ferry waited at the end of the road", "1.1-a1\tferry", "1.1-a2\troad")
    said = [problem.message for problem in check_anchors(record, TEXT, {"1.1-a2": "waited"})]
    assert len(said) == 2
    assert said[0].startswith("the published anchor 1.1-a1, on “ferry”, has gone; readers have cited it")
    assert said[1].startswith(
        "the published anchor 1.1-a2, on “road”, has come to mean another entry, on “waited”"
    )
    assert check_anchors(record, TEXT, {"1.1-a1": "ferry", "1.1-a2": "the road"}) == ()


# --- what is no more -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1.2\t\tlost\t2027-01-05\twhy", "1.2 was 'lost'; say “moved to” or “merged into” and an anchor, or “withdrawn”"),
        ("1.2\t\tmoved to\t2027-01-05\twhy", "1.2 was 'moved to'; say"),
        ("1.2\t\twithdrawn 1.1\t2027-01-05\twhy", "1.2 was 'withdrawn 1.1'; say"),
        ("1.2\t\tmoved to 1:1\t2027-01-05\t", "1.2 leads on to '1:1', which is no anchor"),
        ("1.2\t\tmoved to 1.1\t2027-13-05\t", "1.2 went on '2027-13-05', which is no date"),
        ("1.2\t\tmoved to 1.1\t20270105\t", "1.2 went on '20270105', which is no date"),
        ("1.2\t\twithdrawn\t2027-01-05\t ", "1.2 was withdrawn; say why, in the last field"),
        ("1.2\t\twithdrawn\t2027-01-05", "what became of 1.2 is said in five fields"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_of_an_anchor_that_is_no_more_is_reported_at_its_line(
    line: str, message: str
) -> None:
    record, (problem,) = read_record(f"1\tThe Ferry\n{line}\n", "anchors.tsv")
    assert not record.gone
    assert problem.origin and problem.origin.line == 2 and message in problem.message


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["1.1\t\tmoved to 1\t2027-01-05\t"], "1.1 is recorded as no more, and the edition has it"),
        (["1.2\t\tmoved to 1.3\t2027-01-05\t"], "1.2 leads on to 1.3, which the edition does not have"),
        (["1.2\t\tmoved to 1.1-a9\t2027-01-05\t"], "1.2 leads on to 1.1-a9, which the edition does not have"),
        (["1.2\t\tmoved to 1.2\t2027-01-05\t"], "1.2 leads back to itself"),
        (["1.2\t\tmoved to 1.3\t2027-01-05\t", "1.3\t\tmoved to 1.2\t2027-01-05\t"], "1.2 leads back to itself"),
    ],
)  # fmt: skip
def test_an_anchor_that_leads_nowhere_is_reported(lines: list[str], message: str) -> None:
    said = [problem.message for problem in check_anchors(record_of(*lines), TEXT)]
    assert said and said[0].startswith(message)


def test_an_anchor_leads_on_through_all_that_became_of_it() -> None:
    record = record_of("1.3\t\tmoved to 1.2\t2027-01-05\t", "1.2\t\tmerged into 1.1\t2028-01-05\t")
    assert record.leads_to("1.3") == "1.1" and check_anchors(record, TEXT) == ()


# --- in the outputs --------------------------------------------------------------------------------

SOURCE = "# The Ferry\n\nThe ferry waited.\n\n:::{apparatus}\nferry ] boat B\n:::\n\nNobody spoke.\n"
RECORD = (
    "1\tThe Ferry\n1.1\tThe ferry waited.\n1.1-a2\tferry\n1.1-a1\t\twithdrawn\t2027-01-05\tNo variant & no <b>.\n"
    "1.2\tNobody spoke.\n1.3\t\tmerged into 1.2\t2027-01-05\tOne paragraph in A.\n1.4\t\tmoved to 1.3\t2028-02-01\t\n"
)
FILES = {"anchors.tsv": RECORD, "A.txt": "The Ferry\nThe ferry waited.\nNobody spoke.\n"}
WITNESSES = '[witness.A]\nname = "one"\ntranscription = "A.txt"\n[witness.B]\nname = "two"\n'
CONF_OF = CONF + 'apparatus_anchors = "anchors.tsv"\nproject = "The Ferry"\n'


def built(tmp_path: Path, builder: str = "html", source: str = SOURCE, allow: str = "") -> Built:
    made = project(tmp_path / "source", source, witnesses=WITNESSES, conf=CONF_OF, **FILES)
    return build(made, tmp_path / "out", builder=builder, allow=allow)


def test_at_every_anchor_that_is_no_more_a_page_says_what_became_of_it_and_leads_on(tmp_path: Path) -> None:
    page = built(tmp_path).page("index")
    listed = re.findall(r"<li>\s*<p>(.*?)</p>", page, re.DOTALL)
    found = {anchor: says for says in listed for anchor in re.findall(r'<strong id="([^"]+)"', says)}
    assert (
        re.sub(r"<[^>]+>", "", found["1.1-a1"])
        == "Withdrawn on 5 January 2027: 1.1-a1. No variant &amp; no &lt;b&gt;."
    )
    assert 'href="#1.2"' in found["1.3"]
    assert (
        re.sub(r"<[^>]+>", "", found["1.3"])
        == "Made a part of another on 5 January 2027: 1.3 → 1.2. One paragraph in A."
    )
    assert (
        "Moved on 1 February 2028: 1.4 → 1.3." in re.sub(r"<[^>]+>", "", found["1.4"])
        and "href" not in found["1.4"]
    )
    assert page.count('id="1.1-a2"') == 1 and page.count('id="1.1-a1"') == 1


def test_what_went_together_for_one_reason_shares_a_sentence(tmp_path: Path) -> None:
    record = f"{RECORD}1.8\t\twithdrawn\t2027-01-05\tNo variant & no <b>.\n"
    files = FILES | {"anchors.tsv": record}
    made = project(tmp_path / "source", SOURCE, witnesses=WITNESSES, conf=CONF_OF, **files)
    page = build(made, tmp_path / "out").page("index")
    assert '<strong id="1.1-a1">1.1-a1</strong>, <strong id="1.8">1.8</strong>. No variant' in page
    assert page.count("Withdrawn on") == 1


def test_an_edition_without_such_anchors_has_no_such_list(tmp_path: Path) -> None:
    made = project(
        tmp_path / "source",
        SOURCE,
        witnesses=WITNESSES,
        conf=CONF_OF,
        **(FILES | {"anchors.tsv": "1\tThe Ferry\n"}),
    )
    assert "tombstones" not in build(made, tmp_path / "out").page("index")


def test_they_stand_on_the_page_of_the_text_in_which_they_stood(tmp_path: Path) -> None:
    second = "---\nedited-text: true\n---\n\n# The Ford\n\nNobody crossed.\n"
    record = "1\tThe Ferry\n1.1\tThe ferry waited.\n1.9\t\twithdrawn\t2027-01-05\tx\n2\tThe Ford\n2.9\t\twithdrawn\t2027-01-05\tx\n3.1\t\tmoved to 1.1\t2027-01-05\t\n"
    source = SOURCE + "\n```{toctree}\n:hidden:\n\nford\n```\n"
    files = FILES | {
        "anchors.tsv": record,
        "A.txt": FILES["A.txt"] + "The Ford\nNobody crossed.\n",
        "ford.md": second,
    }
    made = build(
        project(tmp_path / "source", source, witnesses=WITNESSES, conf=CONF_OF, **files), tmp_path / "out"
    )
    assert re.findall(r'<strong id="([^"]+)"', made.page("index")) == ["1.9", "3.1"]
    assert re.findall(r'<strong id="([^"]+)"', made.page("ford")) == ["2.9"]


def test_the_book_has_a_destination_at_each_of_them(tmp_path: Path) -> None:
    made = built(tmp_path, "latex")
    (tex,) = (path.read_text(encoding="utf-8") for path in made.out.glob("*.tex"))
    assert all(f"\\critdestination{{{anchor}}}" in tex for anchor in ("1.1-a1", "1.3", "1.4"))
    assert "Withdrawn on 5 January 2027: " in tex and ". No variant \\& no <b>." in tex


def test_who_looks_for_the_number_finds_what_became_of_it(tmp_path: Path) -> None:
    made = built(tmp_path)
    rows = (made.out / "_static" / "passages.js").read_text(encoding="utf-8")
    assert (
        '["1.3","Made a part of another on 5 January 2027: 1.3 → 1.2. One paragraph in A.","no more"]' in rows
    )


def test_the_tei_has_an_item_at_each_of_them(tmp_path: Path) -> None:
    made = built(tmp_path, "tei")
    (tei,) = (path.read_text(encoding="utf-8") for path in made.out.glob("*.xml"))
    found = dict(re.findall(r'<item xml:id="([^"]+)"([^>]*)>', tei))
    assert found.keys() == {"p1.1-a1", "p1.3", "p1.4"}
    assert (
        'corresp="#p1.2"' in found["p1.3"]
        and 'corresp="#p1.2"' in found["p1.4"]
        and "corresp" not in found["p1.1-a1"]
    )


def test_the_next_record_keeps_what_is_no_more_and_the_numbers_of_entries(tmp_path: Path) -> None:
    made = built(tmp_path)
    left = (made.out.parent / "anchors.tsv").read_text(encoding="utf-8")
    assert sorted(left.splitlines()) == sorted(RECORD.splitlines())


def test_an_entry_added_before_a_published_one_has_the_next_number(tmp_path: Path) -> None:
    source = SOURCE.replace("ferry ] boat B", "The ] That B\nferry ] boat B")
    page = built(tmp_path, source=source).page("index")
    assert re.findall(r'id="(1\.1-a\d)"', page)
    assert 'id="1.1-a2-lemma"' in page and re.search(r'href="#1.1-a2"[^>]*>ferry', page)
    assert 'id="1.1-a3"' in page


# --- apparatus renumber ----------------------------------------------------------------------------

LINES = (
    "The ferry waited at the end of the road.",
    "Nobody spoke at all.",
    "The lamps were lit early.",
    "Then came the rain.",
)
PUBLISHED = (
    "1\tThe Ferry\r\n"
    + "".join(f"1.{i}\t{line}\r\n" for i, line in enumerate(LINES, 1))
    + "1.2-n1\tspoke\r\n"
)


def published(tmp_path: Path, source: str) -> Path:
    conf = (
        CONF
        + 'apparatus_anchors = "anchors.tsv"\nproject = "The Ferry"\nmyst_enable_extensions = ["attrs_block"]\n'
    )
    made = project(
        tmp_path / "source",
        source,
        witnesses="",
        conf=conf.replace('apparatus_conspectus = "witnesses.toml"\n', ""),
    )
    (made / "anchors.tsv").write_bytes(PUBLISHED.encode())
    return made


def test_renumber_says_what_became_of_each_anchor_and_leaves_the_rest_byte_for_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    joined = f'# The Ferry\n\n{LINES[0]}\n{LINES[1]}\n\n{{n="1.7"}}\n{LINES[3]}\n'
    folder = published(tmp_path, joined)
    asked = ["renumber", str(folder), "--why", "One paragraph.", "--date", "2027-01-05"]
    assert main([*asked, "--dry-run"]) == 1 and (folder / "anchors.tsv").read_bytes() == PUBLISHED.encode()
    assert main([*asked, "--yes"]) == 0
    written = (folder / "anchors.tsv").read_bytes().decode()
    assert written.split("\r\n") == [
        "1\tThe Ferry",
        f"1.1\t{LINES[0]}",
        "1.2\t\tmerged into 1.1\t2027-01-05\tOne paragraph.",
        "1.3\t\twithdrawn\t2027-01-05\tOne paragraph.",
        "1.4\t\tmoved to 1.7\t2027-01-05\tOne paragraph.",
        "1.2-n1\t\twithdrawn\t2027-01-05\tOne paragraph.",
        "",
    ]
    assert not build(folder, tmp_path / "out").warnings
    capsys.readouterr()
    assert main([*asked, "--yes"]) == 0
    assert capsys.readouterr().out == "every published anchor is where it was\n"


def test_an_entry_goes_with_its_passage(tmp_path: Path) -> None:
    source = f'# The Ferry\n\n{LINES[0]}\n\n{{n="1.9"}}\n{LINES[1]}\n\n:::{{commentary}}\nspoke ] Or sang.\n:::\n\n{{n="1.3"}}\n{LINES[2]}\n\n{LINES[3]}\n'
    folder = published(tmp_path, source)
    assert main(["renumber", str(folder), "--yes", "--date", "2027-01-05"]) == 0
    written = (folder / "anchors.tsv").read_text(encoding="utf-8")
    assert "1.2\t\tmoved to 1.9\t2027-01-05\t\n" in written and "1.2-n1\t\tmoved to 1.9-n1\t" in written


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (f"# The Ferry\n\n{LINES[1]}\n\n{LINES[2]}\n\n{LINES[3]}\n", "1.1 means another passage now"),
        (f"# The Ferry\n\n{LINES[0]}\n\n{LINES[1]}\n\n:::{{commentary}}\nspoke ] Or sang.\n:::\n\n{LINES[2]}\n", "1.4 is nowhere in the edition now: say why, with --why"),
        ("# The Ferry\n\n```{nosuch}\n```\n", "mend this first"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused_and_nothing_is_written(
    tmp_path: Path, source: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = published(tmp_path, source)
    assert main(["renumber", str(folder), "--yes"]) == 1
    assert said in capsys.readouterr().err
    assert (folder / "anchors.tsv").read_bytes() == PUBLISHED.encode()


def test_without_a_record_there_is_nothing_to_renumber(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = published(tmp_path, "# F\n\nOne.\n")
    (folder / "conf.py").write_text(
        (folder / "conf.py").read_text().replace('apparatus_anchors = "anchors.tsv"', "")
    )
    assert main(["renumber", str(folder)]) == 1
    assert "the edition has no record of published anchors" in capsys.readouterr().err
