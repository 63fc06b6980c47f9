"""The edition in TEI: valid, with every entry, and with every witness letter for letter."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import delb
import pytest
from auditing import CETEICEAN
from batches import write
from building import CONF, EDITIONS, ROOT, Built, build, project
from drawing import Drawer
from encoding import ID, RULES, File, broken_promises, faults, file_in, processor, that_differ
from encoding import NAMES as PREFIXES
from lxml import etree
from playwright.sync_api import Browser, expect
from teiphy import Collation

from apparatus.edition import Edition
from apparatus.model import Entry
from apparatus.sphinxext.domain import domain_of
from apparatus.tei import misread
from apparatus.tei.names import passage_id
from apparatus.tei.witness import TeiFile

NAMES = sorted(path.name for path in EDITIONS.iterdir() if (path / "conf.py").is_file())
HANDS = """\
[witness.A]
name = "the first copy"
label = "𝔄"
hands = ["ac", "pc"]

[witness.B]
name = "the second copy"

[witness."C*"]
name = "the third copy"

[group."ω"]
members = ["A", "B"]

[scholar.Madvig]
name = "J. N. Madvig"
description = "In his *Adversaria*."
"""
CAUSES = 'apparatus_causes = {"slip": {"label": "a slip"}, "הטעיה": {}}\n'
TEXT = """\
# On the ferry

The *ferry* was led over the [river](https://example.org/) in the morning.

:::{apparatus}
ferry ] boat B? / bark C* (so *Madvig*)
led ] lead ω {spelling, words < slip, הטעיה} ; laid Madvig
river ] transp. post morning B
The … led ] del. A^ac
morning ω ] secl. Madvig ; night C* ; (see 1.2)
:::

And nobody came.

:::{apparatus}
¶ ] om. B
:::

:::{commentary}
nobody ] A **note** on 1.1, see [](#1.1).
:::
"""


def edition_of(built: Built) -> Edition:
    edition = domain_of(built.app.env).edition
    assert edition is not None
    return edition


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The editions of the tests, in TEI."""
    folder = tmp_path_factory.mktemp("tei")
    return {name: build(EDITIONS / name, folder / name, builder="tei", allow="any") for name in NAMES}


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(ROOT / "source", tmp_path_factory.mktemp("essay"), builder="tei", conf=ROOT)


@pytest.fixture(scope="module")
def hands(tmp_path_factory: pytest.TempPathFactory) -> File:
    folder = tmp_path_factory.mktemp("hands")
    source = project(folder / "source", TEXT, witnesses=HANDS, conf=CONF + CAUSES)
    return file_in(build(source, folder, builder="tei", allow="any").out)


@pytest.mark.audit
@pytest.mark.parametrize("name", [*NAMES, "the essay"])
def test_the_file_is_valid(name: str, written: dict[str, Built], essay: Built) -> None:
    assert faults(file_in((essay if name == "the essay" else written[name]).out).root) == []


@pytest.mark.audit
def test_so_is_one_with_all_that_entries_say(hands: File) -> None:
    assert faults(hands.root) == []


@pytest.mark.audit
def test_a_file_that_is_not_valid_is_refused(hands: File) -> None:
    broken = File(hands.data.replace(b"<lem ", b"<lemma ").replace(b"</lem>", b"</lemma>"))
    assert any("lemma" in fault for fault in faults(broken.root))


@pytest.mark.parametrize("name", [*NAMES, "the essay"])
def test_every_witness_is_in_it_letter_for_letter(name: str, written: dict[str, Built], essay: Built) -> None:
    built = essay if name == "the essay" else written[name]
    edition = edition_of(built)
    assert edition.collation is not None and edition.collation.rebuilt
    assert [*that_differ(file_in(built.out), edition)] == []


def test_so_is_every_witness_of_drawn_editions(tmp_path: Path) -> None:
    drawn = [Drawer(seed, number).drawn(spoil=False) for number, seed in enumerate(range(1, 81), 1)]
    built = build(write(tmp_path / "source", drawn), tmp_path, builder="tei", allow="any")
    file, edition = file_in(built.out), edition_of(built)
    assert [*that_differ(file, edition)] == []
    assert [*misread(file.data, edition)] == []


def test_the_build_reads_a_file_as_an_independent_stylesheet_does(
    written: dict[str, Built], essay: Built, hands: File
) -> None:
    for file in (*(file_in(built.out) for built in (*written.values(), essay)), hands):
        ours = TeiFile(file.data)
        for name in (str(witness.get(ID)) for witness in file.find("//t:witness")):  # hands, too
            assert ours.witness(name) == file.witness(name), name


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ((b'wit="#A"', b'wit="#B"'), "another text in "),
        ((b"wayted", b"waited"), "'…"),
    ],
)
def test_a_file_that_gives_a_witness_another_text_is_reported_at_an_entry(
    spoil: tuple[bytes, bytes], said: str, written: dict[str, Built]
) -> None:
    built = written["four-witnesses"]
    data = file_in(built.out).data
    assert spoil[0] in data
    found = [*misread(data.replace(*spoil, 1), edition_of(built))]
    assert {problem.kind.value for problem in found} == {"tei_misread"}
    assert any(said in problem.message for problem in found)
    assert all(problem.origin and problem.origin.file.endswith("text.md") for problem in found)


def test_an_extraction_that_takes_another_reading_is_seen(written: dict[str, Built]) -> None:
    built = written["four-witnesses"]
    file = file_in(built.out)
    spoilt = File(file.data.replace(b'wit="#A"', b'wit="#B"', 1))
    assert [key for key, *_ in that_differ(spoilt, edition_of(built))] != []


#: Words that a witness has elsewhere, where other entries speak of it too: entries, and what witnesses have for the
#: three passages “One here.”, “The second passage there.”, “Third.”.
MOVED = [
    (
        ["¶ ] add. Extra one. P", "there ] transp. ante second P"],
        {"P": ["One here.", "The there second passage.", "Extra one.", "Third."]},
    ),
    (
        ["¶ ] transp. ante 1.1 P ; praem. Zero. Q", "there ] transp. ante second P Q"],
        {
            "P": ["The there second passage.", "One here.", "Third."],
            "Q": ["One here.", "Zero.", "The there second passage.", "Third."],
        },
    ),
    (
        [
            *("second … there ] add. over P", "passage ] transp. ante second P"),
            *("The second passage ] praem. So Q", "second ] transp. post there Q"),
        ],
        {
            "P": ["One here.", "The passage second there over.", "Third."],
            "Q": ["One here.", "So The passage there second.", "Third."],
        },
    ),
    (
        ["¶ ] transp. post 1.3 P", "there ] transp. post 1.1: One P"],
        {"P": ["One there here.", "Third.", "The second passage."]},
    ),
    (
        ["second passage ] transp. ante 1.1: One P", "passage ] transp. ante second P"],
        {"P": ["passage second One here.", "The there.", "Third."]},
    ),
    (
        ["second passage ] transp. ante 1.1: One P", "passage ] add. two P", "second ] 2 P"],
        {"P": ["2 passage two One here.", "The there.", "Third."]},
    ),
    (
        ["passage ] add. far P", "second ] transp. post passage P", "there ] praem. over P"],
        {"P": ["One here.", "The passage far second over there.", "Third."]},
    ),
    (  # two readings of one witness that overlap in part
        ["The second ] praem. eh P", "second passage ] om. P", "passage there. ] add. New P"],
        {"P": ["One here.", "eh The there. New", "Third."]},
    ),
    (
        ["1.1–1.2: here. ¶ The ] here the P", "¶ ] add. New P"],
        {"P": ["One here the second passage there.", "New", "Third."]},
    ),
    (
        [
            *("The second ] transp. ante 1.1: One Q", "passage there. ] transp. ante 1.1: One Q"),
            "passage there. ] om. P",
        ],
        {"P": ["One here.", "The second", "Third."], "Q": ["The second passage there. One here.", "Third."]},
    ),
]


@pytest.mark.parametrize(("lines", "witnesses"), MOVED)
def test_words_that_are_moved_stand_where_the_witness_has_them(
    lines: list[str], witnesses: dict[str, list[str]], tmp_path: Path
) -> None:
    said = "".join(
        f'[witness.{key}]\nname = "copy {key}"\ntranscription = "{key}.txt"\n' for key in witnesses
    )
    text = "\n".join(["One here.\n\nThe second passage there.\n\n:::{apparatus}", *lines, ":::\n\nThird.\n"])
    files = {f"{key}.txt": "\n".join(["Head", *blocks]) + "\n" for key, blocks in witnesses.items()}
    source = project(tmp_path / "source", f"# Head\n\n{text}", witnesses=said, **files)
    file = file_in(build(source, tmp_path, builder="tei").out)
    assert {key: file.witness(key)[1:] for key in witnesses} == witnesses
    ours = TeiFile(file.data)
    assert {key: ours.witness(key)[1:] for key in witnesses} == witnesses


def test_nobody_is_named_for_the_words_of_the_text_of_whom_nothing_says_it(tmp_path: Path) -> None:
    said = """\
[witness.A]
name = "transcribed"
transcription = "A.txt"

[witness.B]
name = "in a state that a bare siglum does not mean"
transcription = "B.txt"
state = "B^ac"

[witness.C]
name = "declared"
silence = "agrees"

[witness.D]
name = "nobody says it"

[scholar.Madvig]
name = "J. N. Madvig"
"""
    text = "One two three.\n\n:::{apparatus}\ntwo ] too D\nthree D? Madvig ] tria B^ac\n:::\n"
    files = {"A.txt": "One two three.\n", "B.txt": "One two tria.\n"}
    source = project(tmp_path / "source", text, witnesses=said, **files)
    file = file_in(build(source, tmp_path, builder="tei", allow="any").out)
    two, three = file.find("//t:lem")
    assert (two.get("wit"), three.get("wit")) == ("#A #B.ac #C", "#A #C #D")
    assert (three.get("source"), three.get("resp")) == ("#Madvig", "#Madvig")
    assert [doubt.get("assertedValue") for doubt in three.iter("{*}certainty")] == ["D"]


def test_the_header_says_what_was_disregarded_in_the_comparison(tmp_path: Path) -> None:
    said = 'normalisation = ["casefold"]\n[witness.A]\nname = "a copy"\ntranscription = "A.txt"\n'
    source = project(tmp_path / "source", "One two.", witnesses=said, **{"A.txt": "ONE two.\n"})
    file = file_in(build(source, tmp_path, builder="tei", allow="siglum_unused").out)
    (stated,) = file.find("//t:editorialDecl/t:normalization")
    assert "disregarding" in "".join(stated.itertext())
    assert file.witness("A") == ["One two."]


@pytest.mark.parametrize("name", [*NAMES, "the essay"])
def test_it_has_the_entries_of_the_edition(name: str, written: dict[str, Built], essay: Built) -> None:
    built = essay if name == "the essay" else written[name]
    file, edition = file_in(built.out), edition_of(built)
    entries = {passage_id(e.id): len(e.item.readings) for e in edition.entries if isinstance(e.item, Entry)}
    found = {
        app.get(ID): len(app.xpath("(.|t:rdgGrp)/t:rdg[@xml:id]", namespaces={"t": app.nsmap[None]}))
        for app in file.find("//t:app")
    }
    assert found == entries
    notes = [passage_id(e.id) for e in edition.entries if not isinstance(e.item, Entry)]
    assert sorted(note.get(ID) for note in file.find("//t:div[@type='notes']/t:note")) == sorted(notes)


def test_a_translation_stands_beside_the_text_with_its_entries(written: dict[str, Built]) -> None:
    built = written["facing"]
    file, edition = file_in(built.out), edition_of(built)
    (division,) = file.find("//t:back/t:div[@type='translation']")
    assert division.get("corresp") == "#d.text"
    second = [p.number for p in edition.text.passages if p.block >= edition.witnessed]
    assert second and resolved(file, "translation") == {number: [passage_id(number)] for number in second}
    beside = {node.get("n"): node.get("corresp").split() for node in division.iter("{*}p", "{*}head", "{*}l")}
    assert beside == {n: [f"#{passage_id(its)}" for its in edition.counterparts[n]] for n in second}
    assert beside["en.1.2-1.3"] == ["#p1.2", "#p1.3"]
    (app,) = division.iter("{*}app")
    lemma, reading = app.find("{*}lem"), app.find("{*}rdg")
    assert (lemma.text, lemma.get("wit"), reading.text, reading.get("source")) == (
        "ferry",
        None,
        "boat",
        "#T",
    )
    assert "".join(division.itertext()).count("The rope had broken.") == 1
    assert not any("The rope" in block for block in file.witness("A"))


def test_what_is_said_of_the_words_of_a_translation_stands_apart_as_in_the_text(tmp_path: Path) -> None:
    witnesses = '[witness.A]\nname = "a copy"\nhands = ["ac", "2"]\ntranscription = "A.txt"\n'
    english = """\
---
edited-text: true
translates: index
---

One two three.

:::{apparatus}
One two ] Once A^2 (*perhaps*)
two three. ] tea A
:::
"""
    source = project(
        tmp_path / "source",
        "Unus duo tres.\n\n```{toctree}\n:hidden:\n\nen\n```\n",
        witnesses=witnesses,
        **{"en.md": english, "A.txt": "Unus duo tres.\n"},
    )
    built = build(source, tmp_path, builder="tei", allow="any")
    file = file_in(built.out)
    (apart,) = file.find("//t:standOff/t:listApp/t:app")
    assert (apart.find("{*}lem").text, apart.get("from")) == ("two three.", "#pen.1.1-a2-from")
    assert len(file.find("//t:back//t:app")) == 1
    assert [detail.text or detail[0].text for detail in file.find("//t:witDetail")] == ["perhaps"]
    assert [witness.get(ID) for witness in file.find("//t:witness")] == ["A", "A.2"]
    assert broken_promises(file.root) == []
    assert file.witness("A") == TeiFile(file.data).witness("A") == ["Unus duo tres."]


def test_passages_have_their_published_anchors(written: dict[str, Built]) -> None:
    built = written["numbers"]
    file = file_in(built.out)
    numbers = [passage.number for passage in edition_of(built).text.passages]
    assert [
        f.get("n")
        for f in file.find("//t:body//*[starts-with(@xml:id, 'p')][@n][not(self::t:app)][not(@unit='page')]")
    ] == numbers
    (milestone,) = file.find("//t:milestone[@n='1.1.5']")
    assert (milestone.getprevious().text, milestone.getnext().text) == ("dis", "cessit")  # within a word


def resolved(file: File, unit: str) -> dict[str, list[str | None]]:
    """What each number of a system leads to, by what the header says: TEI's own way, with nothing that we wrote."""
    (structure,) = file.find(f"//t:refsDecl/t:citeStructure[@unit='{unit}']")
    paths = processor().new_xpath_processor()
    paths.declare_namespace("", PREFIXES["t"])
    paths.set_context(xdm_item=processor().parse_xml(xml_text=file.data.decode()))
    found: dict[str, list[str | None]] = {}
    for node in paths.evaluate(structure.get("match")) or []:
        paths.set_context(xdm_item=node)
        number = paths.evaluate_single(f"string({structure.get('use')})").string_value
        found.setdefault(number, []).append(paths.evaluate_single("string(@xml:id)").string_value)
    return found


def test_the_header_resolves_every_number_to_its_published_anchor(
    written: dict[str, Built], essay: Built
) -> None:
    for built in (*written.values(), essay):
        edition = edition_of(built)
        numbers = [p.number for p in edition.text.passages if p.block < edition.witnessed]
        assert resolved(file_in(built.out), "passage") == {number: [passage_id(number)] for number in numbers}


def test_a_number_of_a_second_system_that_comes_again_is_told_from_the_first(
    written: dict[str, Built],
) -> None:
    pages = resolved(file_in(written["numbers"].out), "page")
    assert pages == {"xii": ["ppage-xii"], "1": ["ppage-1"], "1.2": ["ppage-1.2"]}


# --- what a file promises ---------------------------------------------------------------


@pytest.mark.parametrize("name", [*NAMES, "the essay"])
def test_the_promises_are_kept(name: str, written: dict[str, Built], essay: Built) -> None:
    assert broken_promises(file_in((essay if name == "the essay" else written[name]).out).root) == []


def test_so_they_are_where_entries_say_all_there_is(hands: File) -> None:
    assert broken_promises(hands.root) == []


#: What breaks a promise: an XPath, what is done to the first element that it finds, and which promise that is.
BROKEN = [
    ("//t:citeStructure", "drop", "The header says how the number of a passage is resolved."),
    ("//t:variantEncoding", "drop", "The header says that entries stand in the text."),
    ("//t:variantEncoding[2]", "drop", "The header says that other entries stand apart."),
    ("//t:listWit", "<listWit xmlns='http://www.tei-c.org/ns/1.0'/>", "The list of witnesses is flat."),
    ("//t:witness", "-n", "A witness has an identifier and a siglum."),
    ("//t:app[t:lem/@wit='#A']/t:rdg", "wit=#A", "A witness has one reading of an entry."),
    ("//t:body//t:p[@n]", "tag=quote", "A passage is a paragraph, heading, line, block or label."),
    ("//t:body//t:app/..", "<seg n='7' xml:id='p7' xmlns='http://www.tei-c.org/ns/1.0'/>", "No passage stands in another."),
    ("//t:milestone[@n]", "-unit", "A number within a passage has an identifier and says of which system it is."),
    ("//t:app", "xml:id=a1", "An entry has its published anchor for an identifier."),
    ("//t:app", "-n", "An entry has the number of its passage."),
    ("//t:app", "type=grave", "An entry is substantive or accidental."),
    ("//t:app", "-subtype", "An entry says of which series it is."),
    ("//t:app/t:lem", "drop", "An entry has one lemma, which stands first."),
    ("//t:app[count(.//t:rdg) = 1]/t:rdg", "drop", "An entry has a reading."),
    ("//t:listApp/t:app", "-to", "An entry stands in the text, or apart with both its ends."),
    ("//t:listApp/t:app", "swap=from to", "The stretch of an entry that stands apart begins before it ends."),
    ("//t:rdg", "-type", "A reading says of which class it is."),
    ("//t:rdg[@wit][following-sibling::*[1][self::t:wit]]", "whose", "A reading says whose it is, unless the editors despair."),
    ("//t:rdg[@resp]", "-resp", "Who proposes a reading is named as its source, and as responsible for it."),
    ("//t:rdg", "-xml:id", "What a witness has of a reading in a form of its own leads to the reading."),
    ("//t:ptr", "target=#p1.1", "Words that stand elsewhere lead to where they stand."),
    ("//t:rdg//t:gap", "reason=damage", "A gap is illegible or lost."),
    ("//t:rdg[@wit]", "wit=#nobody", "Every siglum of an entry is a witness of the list."),
    ("//t:category", "-xml:id", "A category says what it is."),
    ("//t:div[@type='notes']/t:note", "targetEnd=#nowhere", "A note leads to both ends of its words."),
    ("//t:spanGrp/t:span", "swap=from to", "What a witness lacks begins before it ends."),
    ("//t:spanGrp/t:span", "corresp=#nobody", "What a witness lacks says of which witness it is."),
    ("//t:rdg[@ana]", "ana=#kind.wrong", "Kinds, classes, causes and grades are categories of the header."),
    ("//t:witness", "xml:id=kinds", "An identifier is given once."),
]  # fmt: skip
PROMISING = """\
# On the ferry

The ferry was led over the []{n="1.1.5"}river by men, by night.

:::{apparatus}
ferry A ] boat C
led ] ill. A
by men, ] transp. ante led A
river ] stream Madvig
¶ ] om. C
:::

:::{commentary}
night ] Dark.
:::
"""


@pytest.fixture(scope="module")
def promising(tmp_path_factory: pytest.TempPathFactory) -> etree._Element:
    """A file that has something under each promise."""
    folder = tmp_path_factory.mktemp("promising")
    said = (
        "".join(f'[witness.{key}]\nname = "copy {key}"\n' for key in "ABC") + '[scholar.Madvig]\nname = "M"\n'
    )
    said = said.replace("copy B", 'copy B"\ngaps = ["1.1: over the"]\ndescription = "')
    built = build(project(folder / "source", PROMISING, witnesses=said), folder, builder="tei", allow="any")
    root = file_in(built.out).root
    assert broken_promises(root) == []
    return root


@pytest.mark.parametrize(("where", "what", "promise"), BROKEN, ids=[promise for *_, promise in BROKEN])
def test_a_file_that_breaks_a_promise_is_told(
    where: str, what: str, promise: str, promising: etree._Element
) -> None:
    root = deepcopy(promising)
    spoil(root.xpath(where, namespaces=PREFIXES)[0], what)
    assert promise in broken_promises(root)


def spoil(node: etree._Element, what: str) -> None:
    """Do what is said to an element."""
    name, is_set, value = what.partition("=")
    if what == "drop":
        node.getparent().remove(node)
    elif what.startswith("<"):
        node.append(etree.fromstring(what))
    elif what.startswith("-"):
        del node.attrib[what[1:].replace("xml:id", ID)]
    elif what == "whose":
        node.getparent().remove(node.getnext())
        del node.attrib["wit"]
    elif name == "tag":
        node.tag = node.tag.replace("}p", "}" + value)
    elif name == "swap":
        one, other = value.split()
        first, last = node.get(one), node.get(other)
        node.set(one, last)
        node.set(other, first)
    elif is_set:
        node.set(name.replace("xml:id", ID), value)


RULE = "{http://purl.oclc.org/dsdl/schematron}rule"


def rules_of(path: Path) -> list[tuple[str | None, list[tuple[str, dict[str, str], str | None]]]]:
    """The rules in a file, each with what it says."""
    rules = etree.parse(path).iter(RULE)
    return [
        (rule.get("context"), [(said.tag, dict(said.attrib), said.text) for said in rule]) for rule in rules
    ]


def test_every_promise_is_tried_and_the_document_of_the_rules_has_them_all() -> None:
    said = rules_of(RULES)
    assert {text for _, parts in said for tag, _, text in parts if tag.endswith("assert")} == {
        promise for *_, promise in BROKEN
    }
    assert rules_of(RULES.with_suffix(".odd")) == said


@pytest.mark.audit
def test_the_document_of_the_rules_is_valid_itself() -> None:
    assert faults(etree.parse(RULES.with_suffix(".odd")).getroot()) == []


def test_pointers_lead_to_something(written: dict[str, Built], essay: Built) -> None:
    for built in (*written.values(), essay):
        file = file_in(built.out)
        ids = {node.get(ID) for node in file.root.iter() if node.get(ID)}
        for name in (
            "target",
            "targetEnd",
            "from",
            "to",
            "wit",
            "ana",
            "corresp",
            "resp",
            "source",
            "ref",
            "mutual",
        ):
            for node in file.find(f"//*[@{name}]"):
                pointers = [word for word in node.get(name).split() if word.startswith("#")]
                assert {word[1:] for word in pointers} <= ids, (built.source, name, pointers)


def test_who_reads_what_is_named_one_by_one_and_the_sigla_stand_as_they_were_written(hands: File) -> None:
    (led,) = hands.find("//t:app[t:lem='led']")
    first, second = led.xpath("t:rdg", namespaces={"t": led.nsmap[None]})
    assert (first.get("wit"), first.getnext().text) == ("#A #B", "ω")
    assert (second.get("wit"), second.get("source"), second.get("resp")) == (None, "#Madvig", "#Madvig")
    assert hands.find("//t:relation[@n='ω']")[0].get("mutual") == "#A #B"
    assert {w.get(ID): w.get("n") for w in hands.find("//t:listWit/t:witness")} == {
        "A": "𝔄",
        "A.ac": "𝔄^ac",
        "B": "B",
        "C_2a_": "C*",
    }


def test_doubt_sub_readings_and_remarks_stay(hands: File) -> None:
    group = hands.find("//t:rdgGrp")[0]
    assert [rdg.text for rdg in group.iter("{*}rdg")] == ["boat", "bark"]
    (doubt,) = group.iter("{*}certainty")
    assert (doubt.get("assertedValue"), doubt.get("cert")) == ("B", "low")
    (detail,) = group.iter("{*}witDetail")
    assert ("".join(detail.itertext()), detail.get("wit")) == ("so Madvig", "#C_2a_")
    assert [hi.text for hi in detail] == ["Madvig"]
    (note,) = hands.find("//t:app/t:note[@type='remark']")
    assert "".join(note.itertext()) == "see 1.2"


def test_markup_and_links_go_round_the_words(hands: File) -> None:
    (ferry,) = hands.find("//t:lem[t:hi]/t:hi")
    assert (ferry.text, ferry.get("rend")) == ("ferry", "italic")
    (link,) = hands.find("//t:body//t:ref")
    assert (link.get("target"), "".join(link.itertext("{*}ref", "{*}lem"))) == (
        "https://example.org/",
        "river",
    )
    (note,) = hands.find("//t:div[@type='notes']/t:note")
    assert [ref.get("target") for ref in note.iter("{*}ref")] == ["#p1.1"]


SIGLA = ("A", "A.ac", "ⲁ", "Ⰰ", "Ꙋ", "①", "p2", "kinds", "d.x", "𝔄", "3", "a-b", "-", "_61_")


@pytest.mark.audit
def test_whatever_sigla_are_written_in_the_file_is_valid_and_each_is_told_apart(tmp_path: Path) -> None:
    said = "".join(f'[witness."{key}"]\nname = "copy \\u0001 {key}"\n' for key in SIGLA)
    entries = "\n".join([*(f"two ] too {key}" for key in SIGLA[:1]), "three ] tria A^ac"])
    others = " ".join(SIGLA[1:])
    text = f"One two three four.\n\n:::{{apparatus}}\n{entries}\nfour ] quattuor {others}\n:::\n"
    file = file_in(
        build(project(tmp_path / "s", text, witnesses=said), tmp_path, builder="tei", allow="any").out
    )
    assert faults(file.root) == []
    listed = [witness.get("n") for witness in file.find("//t:listWit/t:witness")]
    assert sorted(listed) == sorted((*SIGLA, "A^ac"))
    (four,) = file.find("//t:rdg[.='quattuor']")
    assert len(set(four.get("wit").split())) == len(SIGLA) - 1


def test_an_edition_without_text_is_a_file_too(tmp_path: Path) -> None:
    source = project(tmp_path / "source", "", **{"index.md": "# A page\n\nWords.\n"})
    file = file_in(build(source, tmp_path, builder="tei", allow="any").out)
    assert file.find("//t:app") == []
    assert "Words." in "".join(file.root.itertext())


def test_the_bytes_are_the_same_whoever_builds(tmp_path: Path) -> None:
    one, other = (build(EDITIONS / "four-witnesses", tmp_path / name, builder="tei").out for name in "ab")
    assert file_in(one).data == file_in(other).data


def test_teiphy_finds_every_witness_and_every_place(written: dict[str, Built]) -> None:
    built = written["four-witnesses"]
    file, edition = file_in(built.out), edition_of(built)
    collation = Collation(etree.ElementTree(file.root))
    assert [witness.id for witness in collation.witnesses] == [w.get(ID) for w in file.find("//t:witness")]
    entries = [e for e in edition.entries if isinstance(e.item, Entry)]
    assert len(collation.variation_units) == len(entries)


@pytest.mark.audit
def test_ceteicean_shows_every_entry(
    browser: Browser, written: dict[str, Built], essay: Built, tmp_path: Path
) -> None:
    shell = tmp_path / "shell.html"
    shell.write_text("<!DOCTYPE html><title>TEI</title><main></main>", encoding="utf-8")
    page = browser.new_page()
    try:
        page.goto(shell.as_uri())
        page.add_script_tag(path=CETEICEAN)
        for built in (*written.values(), essay):
            entries = [entry for entry in edition_of(built).entries if isinstance(entry.item, Entry)]
            page.evaluate(
                "(xml) => new CETEI().makeHTML5(xml, (made) => document.querySelector('main').replaceChildren(made))",
                file_in(built.out).data.decode(),
            )
            expect(page.locator("tei-app")).to_have_count(len(entries))
            expect(page.locator("tei-app > tei-lem")).to_have_count(len(entries))
    finally:
        page.close()


def test_delb_reads_the_text(written: dict[str, Built]) -> None:
    built = written["latin"]
    (path,) = built.out.glob("*.xml")
    document = delb.Document(path)
    assert len(list(document.xpath("//app"))) == len(file_in(built.out).find("//t:app"))
