"""A TEI file becomes an edition that is proved at once, and loses nothing in silence."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from building import CONF, EDITIONS, build, project
from taking_in import WITNESSES, Taken, chosen, take_in

from apparatus.collation import Rebuilt
from apparatus.edition import Edition
from apparatus.importing import NotReadError, import_edition
from apparatus.model import Entry
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.program import main
from apparatus.sphinxext.program.reading import read_edition

#: The TEI file of an edition has the text without its translation.
WHOLE = sorted(p.name for p in EDITIONS.iterdir() if (p / "conf.py").is_file() and p.name != "facing")


def said(edition: Edition) -> list[object]:
    """What the entries and notes of an edition say, wherever they are written."""
    found: list[object] = []
    for entry in edition.entries:
        item = entry.item
        what = (
            (item.readings, item.support, item.support_remark, item.remark)
            if isinstance(item, Entry)
            else item.body
        )
        found.append((entry.series.name, entry.span, what))
    return sorted(found, key=str)


def lines(rebuilt: Rebuilt) -> list[str]:
    return [block.text for block in rebuilt.blocks]


@pytest.mark.parametrize("name", WHOLE)
def test_our_own_file_comes_back_as_the_same_edition(name: str, tmp_path: Path) -> None:
    built = build(EDITIONS / name, tmp_path / "tei", builder="tei", allow="any")
    (file,) = built.out.glob("*.xml")
    taken = Taken(tmp_path / "made", import_edition(file, tmp_path / "made"))
    before, after = domain_of(built.app.env).edition, taken.proved().edition
    assert before is not None and before.collation is not None
    assert taken.losses.lines == []
    assert after.text.joined == before.text.joined
    assert [p.number for p in after.text.passages] == [p.number for p in before.text.passages]
    assert _without_links(said(after)) == _without_links(said(before))
    for key, rebuilt in before.collation.rebuilt.items():
        assert taken.witness(key) == lines(rebuilt)


def _without_links(found: list[object]) -> list[str]:
    """A link without words to a page is printed as the page's number, and its file has no more; *ante 9: ¶* is *ante 9*."""
    return [
        str(one).replace("[](#page-1)", "1").replace("lemma=Lemma(first=None, last=None)", "lemma=None")
        for one in found
    ]


# --- the three methods ----------------------------------------------------------------


def test_readings_in_the_text_are_entries_below_it(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>The ferry <app><lem>waited</lem><rdg wit='#A'>left</rdg><rdg wit='#B'/></app>, and nobody came.</p>",
    )
    assert taken.entries == ["waited ] left A ; om. B"]
    assert taken.witness("A") == ["The ferry left, and nobody came."]
    assert taken.witness("B") == ["The ferry, and nobody came."]
    taken.proved()


def test_entries_at_two_ends_find_their_words(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>The <anchor xml:id='a'/>ferry waited<anchor xml:id='b'/> at dawn.</p>",
        back="<back><listApp><app from='#a' to='#b'><lem>ferry waited</lem><rdg wit='#B'>boats left</rdg></app></listApp></back>",
    )
    assert taken.entries == ["ferry waited ] boats left B"]
    assert taken.witness("B") == ["The boats left at dawn."]
    taken.proved()


def test_an_entry_over_the_end_of_a_block_is_kept(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p n='1'>They <anchor xml:id='a'/>lost.</p><p n='2'>Then<anchor xml:id='b'/> they left.</p>",
        back="<back><listApp><app from='#a' to='#b'><rdg wit='#B'>won, and</rdg></app></listApp></back>",
    )
    assert taken.entries == ["lost. ¶ Then ] won, and B"]
    assert taken.witness("B") == ["They won, and they left."]
    taken.proved()


def test_an_entry_that_points_to_words_is_on_them(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<ab><w xml:id='w1'>one</w> <w xml:id='w2'>two</w></ab>",
        back="<back><listApp><app from='#w2'><rdg wit='#A'>two</rdg><rdg wit='#B'>too</rdg></app></listApp></back>",
    )
    assert taken.entries == ["two A ] too B"]
    taken.proved()


def test_an_entry_between_blocks_that_says_where_it_belongs_is_one(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<l n='1'><seg xml:id='s'>Experience</seg> though noon Auctoritee</l><app from='#s'><rdg wit='#A'>Experiment</rdg></app>",
    )
    assert taken.entries == ["1: Experience ] Experiment A"]
    taken.proved()


def test_an_entry_that_names_its_place_is_found_by_its_lemma(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p n='1'>one two</p><p n='2'>one three</p>",
        back="<back><listApp><app loc='2'><lem>one</lem><rdg wit='#B'>on</rdg></app>"
        "<app loc='7'><lem>one</lem><rdg wit='#B'>an</rdg></app></listApp></back>",
    )
    assert taken.entries == ["one ] on B"]
    assert taken.witness("B") == ["one two", "on three"]
    assert "% TEI line 1, entry: 7 lem one; rdg an #B" in taken.text
    assert taken.losses.counted == {"entries whose words were not found": 1}
    taken.proved()


# --- what an entry may have -----------------------------------------------------------


def test_entries_within_a_lemma_stay_entries(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>We <app><lem>saw the <app><lem>old</lem><rdg wit='#B'>odd</rdg></app> ferry</lem><rdg wit='#A'>left</rdg></app> there.</p>",
    )
    assert taken.entries == ["saw the old ferry ] left A", "old ] odd B"]
    assert (taken.witness("A"), taken.witness("B")) == (["We left there."], ["We saw the odd ferry there."])
    taken.proved()


def test_a_reading_that_varies_is_several(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>We <app><lem>left</lem><rdg wit='#A #B'>saw the <app><lem>old</lem><rdg wit='#B'>odd</rdg></app> ferry</rdg></app>.</p>",
    )
    assert taken.entries == ["left ] saw the old ferry A ; saw the odd ferry B"]
    taken.proved()


def test_sub_readings_belong_to_what_stands_before_them(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p><app><lem>led</lem><rdgGrp><rdg wit='#A'>lead</rdg><rdg wit='#B'>leade</rdg></rdgGrp></app> them</p>",
    )
    assert taken.entries == ["led ] lead A / leade B"]
    taken.proved()


def test_words_that_are_added_stand_beside_a_word(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>The ferry<app><lem/><rdg wit='#A'> boat</rdg></app> left.</p>"
        "<p><app><lem/><rdg wit='#B'>And</rdg></app> nobody came.</p>",
    )
    assert taken.entries == ["ferry ] add. boat A", "nobody ] praem. And B"]
    assert taken.witness("A")[0] == "The ferry boat left."
    assert taken.witness("B")[1] == "And nobody came."
    taken.proved()


def test_a_lemma_within_a_word_becomes_the_word_and_it_is_said(tmp_path: Path) -> None:
    taken = take_in(tmp_path, "<p>dis<app><lem>ap</lem><rdg wit='#A'>ac</rdg></app>pointment</p>")
    assert taken.entries == ["disappointment ] disacpointment A"]
    assert taken.losses.counted == {"lemmata made wider": 1}
    taken.proved()


def test_entries_within_one_word_become_one(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>the <app><lem>fer</lem><rdg wit='#A'>far</rdg></app><app><lem>ry</lem><rdg wit='#A #B'>rie</rdg></app> left</p>",
    )
    assert taken.entries == ["ferry ] farrie A ; ferrie B"]
    assert taken.losses.counted["entries that became one"] == 1
    taken.proved()


def test_groups_and_hands_are_declared(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>The <app><lem>old</lem><rdg wit='#omega'>odd</rdg></app> <app><lem wit='#Ac'>ferry</lem><rdg wit='#Aac'>fery</rdg>"
        "</app> <app><lem>left</lem><rdg wit='#B' hand='#B2'>leaves</rdg></app></p>",
        witnesses="<listWit xml:id='omega'><witness xml:id='A'><abbr type='siglum'>A</abbr> one <listWit>"
        "<witness xml:id='Aac'>A<hi>ac</hi></witness><witness xml:id='Ac'/></listWit></witness><witness xml:id='B'/></listWit>",
    )
    assert taken.entries == ["old ] odd omega", "ferry A^c ] fery A^ac", "left ] leaves B^2"]
    conspectus = taken.proved().edition.conspectus
    assert conspectus.groups[0].members == ("A", "B")
    assert (conspectus.witness["A"].hands, conspectus.witness["B"].hands) == (("ac", "c"), ("2",))


def test_of_two_readings_in_an_order_the_first_was_corrected(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>They <app><lem>led</lem><rdg wit='#A' varSeq='1'>lead</rdg><rdg wit='#A' varSeq='2'>lid</rdg></app> on</p>",
    )
    assert taken.entries == ["led ] lead A^ac ; lid A^pc"]
    assert taken.witness("A") == ["They lid on"]
    taken.proved()


def test_a_witness_that_is_named_twice_has_its_first_reading_and_it_is_said(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>They <app><lem>led</lem><rdg wit='#A'>lead</rdg><rdg wit='#A #B'>lid</rdg></app> on</p>",
    )
    assert taken.entries == ["led ] lead A ; lid B"]
    assert "% TEI line 1, A also: lid" in taken.text
    taken.proved()


def test_a_siglum_that_nobody_declares_is_declared_and_marked(tmp_path: Path) -> None:
    taken = take_in(tmp_path, "<p>They <app><lem>led</lem><rdg wit='#X'>lead</rdg></app> on</p>")
    assert "not declared in the TEI file" in (taken.folder / "witnesses.toml").read_text()
    assert taken.losses.counted == {"sigla that the file does not declare": 1}
    taken.proved()


def test_scholars_propose_and_delete(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>They <app><lem source='#Bentley'>led</lem><rdg wit='#A #B'>lead</rdg><rdg source='#Madvig'><surplus>led</surplus></rdg>"
        "<rdg>lid</rdg></app> on</p>",
        witnesses=WITNESSES
        + "<listPerson><person xml:id='Madvig'><persName>J. N. Madvig</persName></person></listPerson>",
    )
    assert taken.entries == ["led Bentley ] lead A B ; del. Madvig ; lid anon."]
    taken.proved()


def test_remarks_and_notes_stand_where_they_stood(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>They <app><lem wit='#B'>led</lem><rdg wit='#A' xml:id='r'>lead<note>so the <hi>margin</hi></note></rdg>"
        "<witDetail target='#r' wit='#A'>over an erasure</witDetail><note>perhaps (both</note></app> on"
        "<note>All day.</note>.</p>",
    )
    assert taken.entries == [r"led B ] lead A (so the *margin*; over an erasure) ; (perhaps \(both)"]
    assert ":::{notes}\non. ] All day.\n:::" in taken.text
    taken.proved()


def test_a_note_that_points_to_words_is_on_these_and_told_where_they_are_not_found(tmp_path: Path) -> None:
    body = "<p xml:id='x'>They led on.</p><note target='#x'>On all.</note><note target='#y'>On none.</note><p>Late.</p>"
    taken = take_in(tmp_path, body)
    assert "They led on. ] On all." in taken.text and taken.text.count("On all.") == 1
    assert re.search(r"^% TEI line \d+, note: On none\.$", taken.text, re.MULTILINE)
    assert taken.losses.summary() == ["1 × notes whose words were not found"]
    taken.proved()


@pytest.mark.parametrize(
    ("body", "sort"),
    [
        ("<p>They <!-- who? --> led.</p>", "comments of the file"),
        ("<p>They <foreign xml:lang='zzzz9'>led</foreign>.</p>", "languages that are not known"),
        ("<p>Th<hi rend='italic'>e</hi>y led.</p>", "looks that cannot be written"),
    ],
)
def test_what_is_not_taken_over_is_told_and_the_words_are_kept(tmp_path: Path, body: str, sort: str) -> None:
    taken = take_in(tmp_path, body)
    assert taken.losses.summary() == [f"1 × {sort}"]
    assert "They led." in " ".join(taken.text.split())
    taken.proved()


def test_where_a_witness_begins_and_lacks_leaves_is_a_gap(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p n='1'>one two <app><lem wit='#A'>three</lem><rdg wit='#B'><witStart/></rdg></app> four</p>"
        "<p n='2'>five <app><lem>six</lem><rdg wit='#A'>sex<lacunaStart/></rdg></app> seven</p>"
        "<p n='3'>eight <app><lem>nine</lem><rdg wit='#A'><lacunaEnd/>nein</rdg></app> ten</p>",
    )
    assert taken.witness("B")[0] == "four"
    assert taken.witness("A") == ["one two three four", "five sex [lac.]", "[lac.] nein ten"]
    taken.proved()


# --- forms ----------------------------------------------------------------------------


def test_numbers_are_kept(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<div n='1'><head>The editors’ heading</head><p n='1'><seg n='1'>one</seg> <seg n='2'>two</seg></p><p n='2'>th<pb n='7' ed='X'/>ree</p><p>four</p></div>",
    )
    edition = taken.proved().edition
    assert [p.number for p in edition.text.passages] == ["1.1.1", "1.1.2", "1.2", "1.2+2"]
    assert [p.name for block in edition.text.blocks for p in block.beside] == ["pageX-7"]
    assert "{.editorial-text}\n# The editors’ heading" in taken.text


def test_verse_and_speakers_are_verse_and_speakers(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<sp><speaker>Anna.</speaker><lg><l n='1'>The rope <app><lem>is</lem><rdg wit='#A'>was</rdg></app> wet,</l>"
        "<l n='2'>the lamp is out.</l></lg><lg><l n='3'>Who calls?</l></lg></sp>",
    )
    assert ':::{verse}\n[]{n="1"}' in taken.text
    assert '[]{n="2"}the lamp is out.\n\n[]{n="3"}Who calls?' in taken.text
    assert "[Anna.]{.speaker}" in taken.text
    assert taken.entries == ["1: is ] was A"]
    taken.proved()


def test_words_mean_themselves(tmp_path: Path) -> None:
    odd = "1. a *b* _c_ `d` [e](f) {g} # h $i$ ~j~ &lt;k&gt; l^2^ ::: % m | n \\o --- p: q"
    taken = take_in(
        tmp_path, f"<p>{odd}</p><p>- r</p><p>% s</p><p>+ t</p><p>::: u</p><p>=== v</p><p>2) w</p>"
    )
    text = [block.text for block in taken.proved().edition.text.blocks]
    assert text == [
        odd.replace("&lt;", "<").replace("&gt;", ">"),
        "- r",
        "% s",
        "+ t",
        "::: u",
        "=== v",
        "2) w",
    ]


def test_markup_and_languages_are_kept(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path, "<p>one <hi rend='italic'>two</hi> <foreign xml:lang='lat'>tres</foreign> f<hi>ou</hi>r</p>"
    )
    assert "one *two* [tres]{.language-la} four" in taken.text
    taken.proved()


#: What the file of a real edition has, in small: groups, hands, sub-readings, entries in entries and in readings, gaps.
SMALL = """\
<p n='1'>The <app><lem wit='#A #C'>ferry</lem><rdgGrp><rdg wit='#B'>fery</rdg><rdg wit='#D'>ferrie</rdg></rdgGrp></app> was
<app><lem wit='#A'>led <app><lem>over</lem><rdg wit='#alpha'>across</rdg></app> the river</lem><rdg wit='#D'>lost</rdg>
<rdg wit='#C'>led <app><lem wit='#C'>along</lem></app> it</rdg></app> in <app><lem/><rdg wit='#B #C'>the</rdg></app> dis<app><lem>mal</lem>
<rdg wit='#A' varSeq='1'>mel</rdg><rdg wit='#A' varSeq='2'>mol</rdg></app> <app><lem>morning</lem><rdg wit='#Dac'>mourning</rdg>
<rdg wit='#Dc'>mor<gap reason='lost' quantity='2' unit='chars'/>g</rdg></app><app><lem>,</lem><rdg wit='#B'/></app> and <choice><sic>noboby</sic>
<corr>nobody</corr></choice> came.</p>
<p n='2'><app><lem>They</lem><rdg wit='#A'><subst><del>We</del><add>You</add></subst></rdg><rdg wit='#alpha'>Who</rdg></app> lost<lb/>it.</p>
"""
IN_SMALL = """\
<listWit xml:id='alpha'><witness xml:id='A'/><witness xml:id='B'/></listWit>
<listWit><witness xml:id='C'/><witness xml:id='D'><listWit><witness xml:id='Dac'/><witness xml:id='Dc'/></listWit></witness></listWit>
"""


@pytest.mark.parametrize(
    ("key", "pointers"), [("A", "#A #alpha"), ("B", "#B #alpha"), ("C", "#C"), ("D", "#D #Dc")]
)
def test_each_witness_has_what_a_stylesheet_takes_out(key: str, pointers: str, tmp_path: Path) -> None:
    taken = take_in(tmp_path, SMALL, witnesses=IN_SMALL)
    assert taken.witness(key) == chosen(tmp_path / "edition.xml", pointers)
    taken.proved()


# --- what is refused, and what is reported --------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("<TEI><text>", "no well-formed XML"),
        ("<html><p/></html>", "no TEI P5"),
        ("<TEI><text><body/></text></TEI>", "no edited text"),
        ("<TEI><text><body><p><app><rdg wit='#A'>one</rdg></app></p></body></text></TEI>", "no edited text"),
        ("", "no well-formed XML"),
        (
            '<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><TEI><text><body><p n="&b;">&b;</p></body></text></TEI>',
            "stands for other entities",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    data: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "e.xml").write_text(data)
    assert main(["import", str(tmp_path / "e.xml"), str(tmp_path / "made")]) == 1
    said = capsys.readouterr().err
    assert message in said and len(said.splitlines()) == 1


def test_no_other_file_is_read_and_the_entity_is_reported(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    file = tmp_path / "e.xml"
    doctype = (
        f'<!DOCTYPE TEI [<!ENTITY own "words"><!ENTITY other SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    )
    file.write_text(doctype + "<TEI><text><body><p>a &own; &other; &none; z</p></body></text></TEI>")
    losses = import_edition(file, tmp_path / "made")
    assert r"a \&own; \&other; \&none; z" in (tmp_path / "made" / "text.md").read_text()
    assert losses.counted["entities that are not resolved"] == 3


def test_a_folder_that_has_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.md").write_text("mine")
    with pytest.raises(NotReadError, match="not empty"):
        import_edition(tmp_path / "e.xml", tmp_path / "made")


def test_like_reports_are_told_twenty_times_and_counted(tmp_path: Path) -> None:
    taken = take_in(tmp_path, "<p>" + "<unclear>a</unclear> " * 50 + "</p>")
    assert len(taken.losses.lines) == 21
    assert taken.losses.summary() == ["50 × unclear on words"]
    assert taken.text.count("% TEI line 1, unclear: a") == 50


def test_the_command_says_what_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "e.xml").write_text("<TEI><text><body><p>one <unclear>two</unclear></p></body></text></TEI>")
    assert main(["import", str(tmp_path / "e.xml"), str(tmp_path / "made")]) == 0
    out, err = capsys.readouterr()
    assert "1 × unclear on words" in out
    assert f"{tmp_path / 'e.xml'}:1: that 'two' is unclear stands in a comment" in err
    assert not read_edition(tmp_path / "made").messages


def test_words_that_are_added_touch_no_others(tmp_path: Path) -> None:
    """Some files have no blank beside an entry whose lemma is empty; and the blank before a stop is not the text's."""
    taken = take_in(
        tmp_path,
        "<p>They sing<app><lem/><rdg wit='#A'>and dance</rdg></app>. The ferry <app><lem/><rdg wit='#B'>boat</rdg></app> .</p>",
    )
    assert taken.witness("A") == ["They sing and dance. The ferry."]
    assert taken.witness("B") == ["They sing. The ferry boat."]
    assert taken.entries == ["sing ] add. and dance A", "ferry ] add. boat B"]
    taken.proved()


def test_additions_at_one_place_are_one_entry(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>The ferry <app><lem wit='#B'/><rdg wit='#A'>boat</rdg></app> <app><lem/><rdg wit='#A #B'>here</rdg></app> left.</p>",
    )
    assert taken.entries == ["ferry ] add. here B ; add. boat here A"]
    taken.proved()


def test_a_pointer_by_the_printed_siglum_is_understood_and_said(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>They <app><lem>led</lem><rdg wit='#57'>lead</rdg></app></p>",
        witnesses="<listWit><witness xml:id='m57'><abbr type='siglum'>57</abbr> Paris</witness></listWit>",
    )
    assert taken.entries == ["led ] lead m57"]
    assert taken.losses.counted == {"pointers by the printed siglum": 1}
    taken.proved()


def test_who_is_named_in_a_lacuna_of_its_own_is_left_to_a_comment(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        "<p>one <app><rdg wit='#A'><lacunaStart/></rdg></app> two <app><lem>three</lem><rdg wit='#A #B'>tree</rdg></app> four "
        "<app><rdg wit='#A'><lacunaEnd/></rdg></app> five</p>",
    )
    assert taken.entries == ["three ] tree B"]
    assert taken.witness("A") == ["one [lac.] five"]
    assert "% TEI line 1, A (absent here): tree" in taken.text
    taken.proved()


def test_where_lemmata_name_their_witnesses_silence_says_nothing(tmp_path: Path) -> None:
    apps = "".join(
        f"<app><lem wit='#A'>w{n}</lem><rdg wit='#{'B' if n == 1 else 'X'}'>v{n}</rdg></app> "
        for n in range(5)
    )
    witnesses = WITNESSES.replace("</listWit>", "<witness xml:id='X'/></listWit>")
    taken = take_in(tmp_path, f"<p>{apps}</p>", witnesses=witnesses)
    assert taken.losses.counted == {"witnesses cited only where they are named": 1}
    assert sorted(path.name for path in (taken.folder / "witnesses").iterdir()) == ["A.txt", "X.txt"]
    taken.proved()


# --- classes and causes of variants -----------------------------------------------------

OF_CLASSES = """\
:::{apparatus}
ferry ] boat A
was ] is B {wording, spelling < eye-skip}
again ] om. B {< eye-skip} (why)
vp ] up B {spelling}
:::
"""


def test_what_our_files_say_of_classes_and_causes_comes_back_and_is_declared(tmp_path: Path) -> None:
    conf = CONF + (
        'apparatus_classes = {"spelling": {"label": "Spelling", "substantive": False, "description": "Letters."}, '
        '"wording": {}, "order": {}}\napparatus_causes = {"eye-skip": {"label": "Eye-skip"}}\n'
    )
    source = project(tmp_path / "source", f"The ferry was vp the river again.\n\n{OF_CLASSES}", conf=conf)
    built = build(source, tmp_path / "tei", builder="tei", allow="any")
    (file,) = built.out.glob("*.xml")
    taken = Taken(tmp_path / "made", import_edition(file, tmp_path / "made"))
    before, after = domain_of(built.app.env).edition, taken.proved().edition
    assert before is not None
    assert said(after) == said(before)
    declared = runpy.run_path(str(tmp_path / "made" / "conf.py"))
    assert declared["apparatus_classes"] == {
        "wording": {"label": "wording"},
        "spelling": {"label": "Spelling", "description": "Letters.", "substantive": False},
    }
    assert declared["apparatus_causes"] == {"eye-skip": {"label": "Eye-skip"}}


def test_type_and_cause_of_other_files_are_classes_and_causes(tmp_path: Path) -> None:
    taken = take_in(
        tmp_path,
        """<p>One <app><lem wit="#A">two</lem><rdg wit="#B" type="orthographic" cause="eye-skip">too</rdg>
        <rdg wit="#C" type="not a word">tow</rdg></app>.</p>""",
    )
    assert "two A ] too B {orthographic < eye-skip} ; tow C (not a word)" in taken.text
    declared = runpy.run_path(str(taken.folder / "conf.py"))
    assert declared["apparatus_classes"] == {"orthographic": {}}
    assert declared["apparatus_causes"] == {"eye-skip": {}}
    assert taken.proved().edition.problems == ()
