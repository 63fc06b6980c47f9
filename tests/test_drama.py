"""A play: speakers, stage directions and roles, in every output; what is wrong with them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import EDITIONS, Built, build, project
from lxml import html

from apparatus.drama import Role, Speech, check_cast, is_another_name, read_role
from apparatus.model import Origin

PLAY = EDITIONS / "play"
HERE = Origin("roles.md", 4)


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(PLAY, tmp_path_factory.mktemp("play"))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = build(PLAY, tmp_path_factory.mktemp("book"), builder="latex")
    return next(made.out.glob("*.tex")).read_text(encoding="utf-8")


def words_of(page: str, name: str) -> list[str]:
    found = html.fromstring(page.encode()).xpath(f"//span[@class='{name}']")
    return ["".join(one.itertext()).replace("¶", "") for one in found]


def test_speakers_and_directions_are_told_from_what_is_spoken(play: Built) -> None:
    page = play.page("text")
    assert words_of(page, "speaker") == ["Anna.", "Pilgrim.", "Otto.", "An.", "Pilgrim.", "Anna, Otto."]
    directions = ["Night at the landing. Anna with a lamp.", "He takes the oar.", "(aside)", "They push off."]
    assert words_of(page, "stage") == directions


def test_a_line_of_directions_alone_takes_no_number_of_a_verse(play: Built) -> None:
    lines = html.fromstring(play.page("text").encode()).xpath("//div[contains(@class, 'verse')]//div[@id]")
    assert [line.get("id") for line in lines] == [
        *("1.1.0", "1.1.1", "1.1.2", "1.1.2+2", "1.1.3", "1.1.3+2", "1.1.4")
    ]


def test_only_what_is_spoken_leaves_room_for_the_first_half_of_a_verse(play: Built) -> None:
    for page in ("text", "text-B"):
        assert re.findall(r'data-before="([^"]+)"', play.page(page)) == ["Who calls across the water there? "]


def test_the_book_has_speakers_and_directions_and_numbers_verses_alone(book: str) -> None:
    assert r"\DUrole{speaker}{Anna.} The rope is wet" in book
    assert re.search(r"\\DUrole\{stage\}\{.*He takes the oar\.", book)
    shown = re.findall(r"\\critverseshows.*?\\passage\{\w+\}\{[\d.]+\}\{\}\{([^}]+)\}", book, re.DOTALL)
    assert shown == []  # no fifth verse, and none that does not follow the one before


def test_a_role_has_its_speeches_and_speakers_lead_to_it(play: Built) -> None:
    roles = html.fromstring(play.page("roles").encode())
    listed = roles.xpath("//dl[contains(@class, 'cast')]//p[@class='speeches']")
    assert ["".join(one.itertext()) for one in listed] == [
        "3 speeches: 1.1.1, 1.1.4, 1.1.6",
        "2 speeches: 1.1.3, 1.1.6",
        "2 speeches: 1.1.2+2, 1.1.5",
    ]
    assert roles.xpath("//p[@class='speeches']/a/@href")[:2] == ["text.html#1.1.1", "text.html#1.1.4"]
    links = html.fromstring(play.page("text").encode()).xpath("//span[@class='speaker']/a/@href")
    assert [link for link in links if "roles" in link] == [
        *("roles.html#role-anna", "roles.html#role-otto", "roles.html#role-anna", "roles.html#role-pilgrim")
    ]


def test_plain_text_marks_directions(tmp_path: Path) -> None:
    made = build(PLAY, tmp_path, builder="text")
    text = (made.out / "text.txt").read_text(encoding="utf-8")
    assert "An. Then let him wait *(aside)* and let the river rise." in text


def test_who_has_another_speaker_is_said_and_shown(play: Built) -> None:
    assert "Otto. A friend." in html.fromstring(play.page("text-B").encode()).text_content()
    struck = html.fromstring(play.page("text-B-differences").encode()).xpath("//del")
    assert "Pilgrim." in ["".join(one.itertext()) for one in struck]


def test_a_role_is_read_with_forms_and_what_is_said_of_it() -> None:
    assert read_role("Anna (An., Ann.): keeps the ferry", HERE) == Role(
        "Anna", ("An.", "Ann."), "keeps the ferry"
    )
    assert read_role("Otto", HERE) == Role("Otto")
    assert read_role(": a stranger", HERE) is None


def test_what_is_wrong_with_roles_is_said_with_its_place() -> None:
    roles = [Role("Anna", origin=HERE), Role("Otto", ("Anna.",), origin=Origin("roles.md", 5))]
    found = [str(problem) for problem in check_cast(roles, [Speech(("Ana",), 0, 0, Origin("text.md", 9))])]
    assert found == [
        "roles.md:5: 'Anna.' is a name of 'Anna' already (roles.md:4); give each role names of its own "
        "[apparatus.bad_role]",
        "text.md:9: the speaker 'Ana' is not in the cast list; did you mean 'Anna'? [apparatus.unknown_speaker]",
        "roles.md:4: nobody speaks as 'Anna' of the cast list; mark the speaker in the text, or take the role out "
        "[apparatus.role_unused]",
        "roles.md:5: nobody speaks as 'Otto' of the cast list; mark the speaker in the text, or take the role out "
        "[apparatus.role_unused]",
    ]


def test_without_a_cast_list_speakers_are_not_compared() -> None:
    assert list(check_cast([], [Speech(("Anna",), 0, 0)])) == []


def test_a_speaker_without_words_and_a_line_that_is_no_role_are_reported(tmp_path: Path) -> None:
    text = (
        "# One\n\n[Anna.]{.speaker}\n\nThe rope is wet.\n\n[Otto.]{.speaker} [Anna.]{.speaker} It is.\n\n"
        '[Both.]{.speaker role="Anna, Otto"} Yes.\n\n[Otto.]{.speaker}\n\n# Two\n\nNobody.\n'
    )
    roles = "---\norphan: true\n---\n# Roles\n\n:::{cast}\nAnna\nOtto\n: nobody\n:::\n"
    source = project(tmp_path / "source", text, **{"roles.md": roles})
    made = build(source, tmp_path / "out", allow="silent_speaker bad_role siglum_unused")
    found = re.findall(r"(\w+\.md:\d+): WARNING: (.*?);", "\n".join(made.warnings))
    assert sorted(found) == [
        ("index.md:11", "no words follow the speaker 'Otto.'"),
        ("index.md:15", "no words follow the speaker 'Otto.'"),
        ("roles.md:9", "': nobody' is no role"),
    ]


def test_a_long_number_stands_on_the_pages_of_witnesses_as_on_that_of_the_text(play: Built) -> None:
    for page in ("text", "text-B"):
        assert re.findall(r'class="passage-number( \w+)?"[^>]*>1\.1\.2\+2', play.page(page)) == [" long"]


# --- who speaks, in a witness ------------------------------------------------------------------------


def test_who_has_another_speaker_is_said_to_give_the_speech_to_that_one(play: Built) -> None:
    labels = html.fromstring(play.page("text").encode()).xpath("//div[contains(@class, 'entry')]/@aria-label")
    assert "Apparatus 1.1.2+2: for “Pilgrim.”, witness B gives the speech to “Otto.”" in labels
    assert "Apparatus 1.1.6: for “Anna, Otto.”, witness B reads “Anna.”" in labels  # one of the two


@pytest.mark.parametrize(
    ("one", "other", "another"),
    [
        ("Pilgrim.", "Otto.", True),
        ("Anna.", "An.", False),
        ("Anna.", "ANNA", False),
        ("Anna.", "Anne.", False),
        ("Anna, Otto.", "Anna.", False),
        ("Anna.", "—", False),
        ("Χορός.", "Οἰδίπους.", True),
    ],
)
def test_only_what_is_plainly_another_name_is_another_speaker(one: str, other: str, another: bool) -> None:
    assert is_another_name(one, other) is another


def test_pages_of_witnesses_have_speakers_and_directions_as_such(play: Built) -> None:
    page = play.page("text-B")
    assert words_of(page, "speaker") == ["Anna.", "Otto.", "Otto.", "An.", "Pilgrim.", "Anna."]
    assert words_of(page, "stage") == [
        "Night",
        ". Anna with a lamp.",
        "He takes the oar.",
        "(aside)",
        "They push off.",
    ]


def test_differences_mark_speakers_and_directions_whosever_they_are(play: Built) -> None:
    page = html.fromstring(play.page("text-B-differences").encode())
    assert page.xpath("//del/span[@class='speaker']/text()") == ["Pilgrim.", "Anna, Otto."]
    assert page.xpath("//ins/span[@class='speaker']/text()") == ["Otto.", "Anna."]
