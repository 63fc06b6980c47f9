"""What ``make bench-viewers`` reads is the same edition in both forms, and its table has every figure."""

from __future__ import annotations

from xml.etree import ElementTree

from bench import Generated
from bench_viewers import COLUMNS, as_tei, table

TEI = "{http://www.tei-c.org/ns/1.0}"


def test_the_edition_in_tei_has_every_entry_with_each_witness_once() -> None:
    edition = Generated(400, 30, 1)
    places = [variants for prose, variants in edition.files[0] for _ in [prose]]
    found = list(ElementTree.fromstring(as_tei(edition)).iter(f"{TEI}app"))
    assert len(found) == sum(map(len, places)) == 30
    for app in found:
        named = [who for part in app for who in (part.get("wit") or "").split()]
        assert sorted(named) == [f"#{who}" for who in edition.witnesses]


def test_the_edition_in_tei_has_the_words_of_the_text_and_of_the_readings() -> None:
    edition = Generated(400, 30, 1)
    paragraphs = list(ElementTree.fromstring(as_tei(edition)).iter(f"{TEI}p"))[2:]
    for paragraph, (prose, variants) in zip(paragraphs, edition.files[0], strict=True):
        readings = {reading.text for reading in paragraph.iter(f"{TEI}rdg")}
        assert readings == {text for said in variants.values() for text in said.values()}
        for app in paragraph.iter(f"{TEI}app"):
            for reading in app.findall(f"{TEI}rdg"):
                app.remove(reading)
        assert "".join(paragraph.itertext()).split() == prose


def test_the_table_has_a_row_for_each_viewer_and_what_is_to_be_reached() -> None:
    made = table({"ours": [94.6, 0.31, 0.456, 5.24, 7.0, 187.8], "other": [93, 0.9, 0.98, 47, 270, 61]})
    head, _, ours, other, reach = made.splitlines()
    assert head == f"| reader | {' | '.join(COLUMNS)} |"
    assert ours == "| ours | 95 | 0.31 | 0.46 | 5.2 | 7 | 188 |"
    assert other == "| other | 93 | 0.90 | 0.98 | 47.0 | 270 | 61 |"
    assert reach == "| ours, to reach | ≤ 95 | ≤ 0.40 | ≤ 0.70 | ≤ 20 |  | ≤ 250 |"
