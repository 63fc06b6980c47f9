"""What outputs tell of the witnesses at each entry, read from the outputs alone.

The page without a script in its negative and its positive form, the sentence for a voice, the EPUB, and what
LaTeX is given: each is read here by itself, into one form. Nothing of the engine is used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html

#: What divides readings.
DIVIDERS = (";", "/")
HANDS = {
    "before correction": "ac",
    "after correction": "pc",
    "in a second hand": "2",
    "in a third hand": "3",
    "in the margin": "mg",
}
COLLECTIVE = {"all witnesses": "codd.", "the other witnesses": "cett."}
NAMES = {"J. N. Madvig": "Madvig"}
SIGNS = {"comma": ",", "full stop": ".", "semicolon": ";", "exclamation mark": "!", "raised point": "·"}

Cited = tuple[str, str]  #: siglum and hand
Token = tuple[str, str, str]  #: what it is, its words, of a siglum its hand


@dataclass
class Read:
    """A reading as an output gives it."""

    latin: str = ""
    words: str = ""
    cited: list[Cited] = field(default_factory=list)


@dataclass
class Told:
    """An entry as an output gives it."""

    lemma: str
    left: list[Cited] = field(default_factory=list)
    readings: list[Read] = field(default_factory=list)


def in_order(tokens: Iterator[Token]) -> Told:
    """A line of an entry, from its parts."""
    told, now, is_left = Told(""), Read(), True
    for what, words, hand in tokens:
        if what == "lemma":
            told.lemma = words
        elif what == "siglum":
            (told.left if is_left else now.cited).append((words, hand))
        elif is_left:
            is_left = "]" not in words
        elif what == "latin":
            now.latin = words
        elif (now.cited or now.latin == "crux.") and words.strip() in DIVIDERS:
            told.readings.append(now)
            now = Read()
        else:
            now.words += words
    told.readings.append(now)
    for reading in told.readings:
        reading.words = reading.words.strip().replace(" ¶ ", "\n")
    return told


# --- pages ----------------------------------------------------------------------------


def pages(text: str, *, positive: bool) -> dict[str, Told]:
    """The entries of a page; with *positive* with those who are named in a positive apparatus only."""
    return {
        entry.get("id"): in_order(_tokens(entry, positive)) for entry in _entries(text) if entry.get("id")
    }


def _entries(text: str) -> list[html.HtmlElement]:
    return html.fromstring(text.encode()).xpath("//div[contains(concat(' ', @class, ' '), ' entry ')]")


def _tokens(node: html.HtmlElement, positive: bool) -> Iterator[Token]:
    for child in node:
        names = (child.get("class") or "").split()
        if "siglum" in names:
            hand = "".join(part.text_content() for part in child.findall("sup"))
            yield "siglum", child.text_content().removesuffix(hand), hand
        elif "entry-lemma" in names:
            yield "lemma", child.text_content(), ""
        elif "doubtful" in names or {"entry-place", "printed-at", "remark"} & set(names):
            pass
        elif "editorial" in names:
            yield "latin", child.text_content(), ""
        elif "reading" in names:
            yield "words", child.text_content(), ""
        elif "support" not in names or positive or child.get("hidden") is None:
            if child.text:
                yield "mark", child.text, ""
            yield from _tokens(child, positive)
        if child.tail:
            yield "mark", child.tail, ""


def sentences(text: str, *, positive: bool | None = None) -> dict[str, Told]:
    """The sentences of a page; in the other form (*positive* or not) where there is one."""
    name = {None: "aria-label", True: "data-positive", False: "data-negative"}[positive]
    return {
        entry.get("id"): spoken(entry.get(name) or entry.get("aria-label"))
        for entry in _entries(text)
        if entry.get("id")
    }


def passages(text: str, without: str = "") -> list[str]:
    """The passages of a page that has the text of a witness, what stands in elements of one name left out."""
    (body,) = html.fromstring(text.encode()).xpath("//div[contains(@class, 'witness-text')]")
    for left_out in body.xpath(".//a[@class='passage-number']" + (f" | .//{without}" if without else "")):
        left_out.drop_tree()
    return [
        passage.text_content()
        for passage in body.xpath(".//*[contains(concat(' ', @class, ' '), ' passage ')]")
    ]


# --- sentences ------------------------------------------------------------------------

LEMMA = re.compile(
    r"for (?P<lemma>the whole passage|the whole of these passages|the words from .*?“[^”]*”(?: number \d+)? to .*?“[^”]*”(?: number \d+)?|"
    r"(?:the \w+ )?“[^”]*”(?: number \d+)?)(?:, (?:supplied|which) [^,]* editors[^,]*)?, (?P<rest>.*)",
    re.DOTALL,
)
ACTS = (
    (r"(.*) ha(?:s|ve) the (?:text|passage)", "text"),
    (r"(.*) adds? nothing.*", "text"),
    (r"(.*) reads? “([^”]*)”.*", ""),
    (r"(.*) adds? “([^”]*)” after it", "add."),
    (r"(.*) adds? “([^”]*)” before it", "praem."),
    (r"(.*) omits? it", "om."),
    (r"(.*) (?:is|are) illegible here", "ill."),
    (r"(.*) (?:is|are) lost here", "lac."),
    (r"(.*) deletes? it", "del."),
    (r"(.*) brackets? it as spurious", "secl."),
    (r"(.*) ha(?:s|ve) it after (.*)", "transp. post"),
    (r"(.*) ha(?:s|ve) it before (.*)", "transp. ante"),
    (r"(the editors) find no cure", "crux."),
)


def spoken(sentence: str) -> Told:
    """A sentence taken apart."""
    found = LEMMA.match(sentence.partition(": ")[2])
    assert found, sentence
    told = Told(found["lemma"])
    for part in re.split(r"; (?![^“]*”)", found["rest"]):
        acts = ((latin, re.fullmatch(pattern, part, re.DOTALL)) for pattern, latin in ACTS)
        found_act = next(((latin, act.groups()) for latin, act in acts if act), None)
        assert found_act, sentence
        latin, (who, *words) = found_act
        cited = [*_who(who)]
        if latin == "text":
            told.left += cited
        else:
            told.readings.append(Read(latin, _seen(words[0]) if words else "", cited))
    return told


def _who(said: str) -> Iterator[Cited]:
    said = re.sub(r"(all witnesses|the other witnesses) but .*", r"\1", said)
    for name in re.split(r",? and |, ", re.sub(r"\bwitness(?:es)? (?=\S)", "", said)):
        known = {**COLLECTIVE, **NAMES, "the other": "cett.", "all": "codd."}
        if name in known or name == "the editors":
            yield known.get(name, ""), ""
            continue
        key, _, hand = name.partition(" ")
        yield key, HANDS[hand] if hand else ""


def _seen(words: str) -> str:
    """Words as they are written, where signs have been named."""
    place = re.fullmatch(r"(?:the \w+ )?“([^”]*)”(?: number \d+)?(?: in ([\d.]+))?", words)
    if place:
        return f"{place[2]}: {_seen(place[1])}" if place[2] else _seen(place[1])
    words = words.removeprefix("passage ").replace(" new paragraph ", "\n")
    for name, sign in SIGNS.items():
        words = re.sub(rf" {name}\b", sign, words)
    return words


# --- LaTeX ----------------------------------------------------------------------------


def printed(text: str) -> dict[str, Told]:
    """The entries of a book."""
    found = {}
    for start in re.finditer(r"\\lemmastart\{", text):
        name, at = _group(text, start.end() - 1)
        _, at = _group(text, at)
        content, _ = _group(text, at)
        found[name] = in_order(_of_tex(content))
    return found


def _group(text: str, at: int) -> tuple[str, int]:
    """What stands between the braces that open at a place, and where it ends."""
    assert text[at] == "{", text[at : at + 40]
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] == "{") - (text[i] == "}")
        if not depth:
            return text[at + 1 : i], i + 1
    raise AssertionError("a brace does not close")


def _of_tex(content: str) -> Iterator[Token]:
    at, has_lemma = 0, False
    while at < len(content):
        command = re.compile(r"\\(\w+)(?:\[\d\])?(?=\{)|\\[^\w]|\{").match(content, at)
        if command is None:
            yield "mark", content[at], ""
            at += 1
        elif command[0] == "{":
            inside, at = _group(content, at)
            yield ("mark" if has_lemma else "lemma"), _plain(inside), ""
            has_lemma = True
        elif command[1] is None:
            yield "mark", command[0][1:], ""
            at = command.end()
        else:
            inside, at = _group(content, command.end())
            if command[1] == "critsame":
                at = _group(content, _group(content, at)[1])[1]
            elif command[1] == "siglum":
                key, _, hand = _plain(inside).partition("^")
                yield "siglum", key, hand
            elif command[1].startswith("editorial"):
                yield "latin", _plain(inside), ""
            elif command[1] != "label":
                yield "mark", _plain(inside), ""


def _plain(tex: str) -> str:
    """The words that a piece of TeX prints; a hand is raised."""
    raised = re.sub(r"\$\^\{\\text\{(.*?)\}\}\$", r"^\1", tex)
    return re.sub(r"\\hyperref\[[^]]*\]|\\\w+(?:\[\d\])?(?=\{)|[{}]", "", raised)


def same(one: str, other: str, *, heard: bool = False) -> bool:
    """Whether words are the same; what is heard does not tell how letters are composed, nor blanks."""
    if not heard:
        return one == other
    return unicodedata.normalize("NFC", one).split() == unicodedata.normalize("NFC", other).split()
