"""An entry as it is said aloud: *for “led”, witness W reads “lead”*.

The written form leans on position, brackets and Latin abbreviations, which a screen reader
spells out or drops. The spoken form is one plain sentence with the same content, in the language of the
edition's voice, made from the entry itself: each of its clauses is a message of its own, which a
language puts as its grammar wants. Differences that cannot be heard, of punctuation, capitals or
encoding, are named.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, TypeAlias, assert_never

from apparatus.characters import Sort, called, differ_in_capitals, divides, sort_of, unseen
from apparatus.classes import BY_RULE_ALONE, Classification
from apparatus.drama import is_another_name
from apparatus.model import (
    BREAK,
    Conspectus,
    Effect,
    Entry,
    Group,
    Kind,
    Reading,
    Scholar,
    Siglum,
    Target,
)
from apparatus.render.runs import COLLECTIVE, Standing, invisible_difference, lemma_words, shortened
from apparatus.render.style import HouseStyle
from apparatus.voice import ENGLISH, Voice, phrase, several

#: Signs that a voice leaves out, where they are the whole difference: said alone, and within words.
SIGNS = {
    ",": (phrase("a comma"), phrase("comma")),
    ";": (phrase("a semicolon"), phrase("semicolon")),
    ":": (phrase("a colon"), phrase("colon")),
    ".": (phrase("a full stop"), phrase("full stop")),
    "?": (phrase("a question mark"), phrase("question mark")),
    "!": (phrase("an exclamation mark"), phrase("exclamation mark")),
    "-": (phrase("a hyphen"), phrase("hyphen")),
    "\N{HYPHEN}": (phrase("a typographic hyphen"), phrase("typographic hyphen")),
    "\N{NON-BREAKING HYPHEN}": (phrase("a fixed hyphen"), phrase("fixed hyphen")),
    "–": (phrase("a dash"), phrase("dash")),
    "—": (phrase("a long dash"), phrase("long dash")),
    "…": (phrase("an ellipsis"), phrase("ellipsis")),
    "(": (phrase("an opening bracket"), phrase("opening bracket")),
    ")": (phrase("a closing bracket"), phrase("closing bracket")),
    "/": (phrase("a stroke"), phrase("stroke")),
    "·": (phrase("a raised point"), phrase("raised point")),
    "'": (phrase("a straight apostrophe"), phrase("straight apostrophe")),
    "’": (phrase("an apostrophe"), phrase("apostrophe")),
    "‘": (phrase("an opening quotation mark"), phrase("opening quotation mark")),
    '"': (phrase("a straight quotation mark"), phrase("straight quotation mark")),
    "“": (phrase("an opening quotation mark"), phrase("opening quotation mark")),
    "”": (phrase("a closing quotation mark"), phrase("closing quotation mark")),
    "\N{NO-BREAK SPACE}": (phrase("a fixed blank"), phrase("fixed blank")),
    BREAK: (phrase("a new paragraph"), phrase("new paragraph")),
    " ": (phrase("a blank"), phrase("blank")),
}
HANDS = {
    "ac": phrase("{siglum} before correction"),
    "pc": phrase("{siglum} after correction"),
    "c": phrase("{siglum} in a corrector’s hand"),
    "2": phrase("{siglum} in a second hand"),
    "3": phrase("{siglum} in a third hand"),
    "4": phrase("{siglum} in a fourth hand"),
    "mg": phrase("{siglum} in the margin"),
    "sl": phrase("{siglum} above the line"),
    "γρ": phrase("{siglum} as a variant"),
    "vl": phrase("{siglum} as a variant"),
}
#: Words that a listener would take for signs.
IN_LETTERS = phrase("“{words}” in letters")
#: How an occurrence is counted aloud; of higher numbers the figure is said.
ORDINALS = (
    phrase("the first {words}"),
    phrase("the second {words}"),
    phrase("the third {words}"),
    phrase("the fourth {words}"),
    phrase("the fifth {words}"),
    phrase("the sixth {words}"),
    phrase("the seventh {words}"),
    phrase("the eighth {words}"),
    phrase("the ninth {words}"),
    phrase("the tenth {words}"),
)
STANDING = {
    Standing.SUPPLEMENT: phrase("{head}, supplied by the editors"),
    Standing.CRUX: phrase("{head}, which the editors despair of"),
    Standing.SECLUDED: phrase("{head}, which the editors hold to be spurious"),
}
#: Who is named where others add something, who has the text, who has a passage, if in other words.
ADDS_NOTHING = several("{who} adds nothing", "{who} add nothing")
HAS_TEXT = several("{who} has the text", "{who} have the text")
HAS_PASSAGE = several("{who} has the passage", "{who} have the passage")
#: What a witness does to the lemma, where that needs no other words.
ACTS = {
    Kind.OM: several("{who} omits it", "{who} omit it"),
    Kind.ILL: several("{who} is illegible here", "{who} are illegible here"),
    Kind.LAC: several("{who} is lost here", "{who} are lost here"),
    Kind.DEL: several("{who} deletes it", "{who} delete it"),
    Kind.SECL: several("{who} brackets it as spurious", "{who} bracket it as spurious"),
    Kind.CRUX: several("{who} despairs of it", "{who} despair of it"),
    Kind.TEXT: several("{who} reads {words}", "{who} read {words}"),
    Kind.ADD: several("{who} adds {words} after it", "{who} add {words} after it"),
    Kind.PRAEM: several("{who} adds {words} before it", "{who} add {words} before it"),
}
#: What is said where the lemma is the name of the speaker, and a witness has another, or none.
GIVES_SPEECH = several("{who} gives the speech to {words}", "{who} give the speech to {words}")
NO_SPEAKER = several("{who} names no speaker", "{who} name no speaker")
ELSEWHERE = several("{who} has it elsewhere", "{who} have it elsewhere")
#: Where a witness has the lemma, by what is named: words, a passage, both, neither; before it, and after it.
PLACES = {
    (False, False): (
        several("{who} has it before", "{who} have it before"),
        several("{who} has it after", "{who} have it after"),
    ),
    (False, True): (
        several("{who} has it before passage {place}", "{who} have it before passage {place}"),
        several("{who} has it after passage {place}", "{who} have it after passage {place}"),
    ),
    (True, False): (
        several("{who} has it before {words}", "{who} have it before {words}"),
        several("{who} has it after {words}", "{who} have it after {words}"),
    ),
    (True, True): (
        several("{who} has it before {words} in {place}", "{who} have it before {words} in {place}"),
        several("{who} has it after {words} in {place}", "{who} have it after {words} in {place}"),
    ),
}


def spoken_forms(
    entry: Entry,
    words: str,
    conspectus: Conspectus,
    style: HouseStyle,
    *,
    how: Standing = Standing.PLAIN,
    silent: Sequence[Siglum] = (),
    excepted: Collection[tuple[str, int | None]] = (),
    voice: Voice = ENGLISH,
    on_speaker: bool = False,
    classification: Classification = BY_RULE_ALONE,
) -> tuple[str, str]:
    """The sentence for an entry on *words* of the text: in a negative apparatus, and in a positive one.

    *silent* are the supporters of the lemma whom the entry does not name; only the positive sentence names them.
    *excepted* are those of whom a siglum for several does not speak, at the lemma (``None``) or a reading.
    Of the *style* only the rule for shortening a long lemma is used. *on_speaker*: the words are the name of a speaker.
    """
    speaker = Speaker(conspectus, style, voice, classification)
    return speaker.forms(entry, words, how=how, silent=silent, excepted=excepted, on_speaker=on_speaker)


def spoken_siglum(siglum: Siglum, conspectus: Conspectus, voice: Voice = ENGLISH) -> str:
    """A siglum with its hand as it is said: *A before correction*."""
    return _with_hand(conspectus.label(siglum.key), siglum, voice)


def spoken_note(words: str, style: HouseStyle, voice: Voice = ENGLISH) -> str:
    """What a note is about, where only the eye sees its mark."""
    speaker = Speaker(Conspectus(), style, voice)
    return voice.say("on {words}", words=speaker.quoted(shortened(words, style)))


class Clause(NamedTuple):
    """What a sentence says of those who have the text: of one, of many, with a sign for their names; how these are listed."""

    one: str
    many: str
    between: str
    last: str

    def of(self, names: Sequence[str]) -> str:
        """The clause about witnesses of these names."""
        listed = self.between.join(names[:-1]) + self.last + names[-1] if len(names) > 1 else "".join(names)
        listed = _with_one_comma(listed)
        return (self.many if len(names) > 1 else self.one).replace(NAMES, listed)


#: Stands for the names in a clause.
NAMES = "%"


@cache
def clause_of_support(voice: Voice) -> Clause:
    """The clause on who has the text, as it stands in the sentences of a positive apparatus."""
    forms = several("witness {sigla}", "witnesses {sigla}")
    one, many = (
        voice.of(HAS_TEXT, are_many, who=voice.of(forms, are_many, sigla=NAMES)) for are_many in (False, True)
    )
    _, between, last, _ = re.split("[\1\2\3]", voice.listed(["\1", "\2", "\3"]))
    return Clause(f"{one}; ", f"{many}; ", between, last)


#: Of whom a siglum for several does not speak.
Without: TypeAlias = frozenset[str]
NOBODY: Without = frozenset()


class Speaker:
    """What is said of the entries of one edition; of those who attest a reading it is said very often."""

    def __init__(
        self,
        conspectus: Conspectus,
        style: HouseStyle,
        voice: Voice,
        classification: Classification = BY_RULE_ALONE,
    ) -> None:
        self.conspectus, self.style, self.voice = conspectus, style, voice
        self.classification = classification
        self.named = cache(self._named)
        self._without_names = lru_cache(maxsize=4096)(self._take_names_away)

    def forms(
        self,
        entry: Entry,
        words: str,
        *,
        how: Standing = Standing.PLAIN,
        silent: Sequence[Siglum] = (),
        excepted: Collection[tuple[str, int | None]] = (),
        on_speaker: bool = False,
    ) -> tuple[str, str]:
        """The sentence for an entry, as :func:`spoken_forms` gives it."""
        without = {n: frozenset(key for key, at in excepted if at == n) for _, n in excepted}
        head = self.head(entry, words, how)
        said = [
            self.reading(r, words, without.get(n, NOBODY), on_speaker=on_speaker)
            for n, r in enumerate(entry.readings)
        ]
        only_adds = all(reading.kind.effect is Effect.ADDS for reading in entry.readings)

        def sentence(silent: Sequence[Siglum]) -> str:
            # Who is named where something is added may by another entry have other words for the lemma itself.
            apart = (entry.support, tuple(silent)) if only_adds else ((), (*entry.support, *silent))
            named = [self.named(who, without.get(None, NOBODY)) for who in apart]
            acts = zip(named, (ADDS_NOTHING, HAS_PASSAGE if entry.lemma.is_block else HAS_TEXT), strict=True)
            upheld = [self.voice.of(what, many, who=who) for (who, many), what in acts if who]
            whole = self.voice.say("{head}, {readings}", head=head, readings="; ".join(upheld + said))
            # How letters are composed cannot be heard; where it is the difference, the sentence names it.
            return unicodedata.normalize("NFC", whole)

        negative = sentence(())
        return negative, sentence(silent) if silent else negative

    def head(self, entry: Entry, words: str, how: Standing) -> str:
        """What the entry is on, and how that stands in the text."""
        head = self._lemma(entry, words)
        return self.voice.say(STANDING[how], head=head) if how in STANDING else head

    def _lemma(self, entry: Entry, words: str) -> str:
        say, first, last = self.voice.say, entry.lemma.first, entry.lemma.last
        if first is None:
            are_many = BREAK in words
            return say("for the whole of these passages") if are_many else say("for the whole passage")
        if last is None:
            return say("for {words}", words=self._counted(shortened(words, self.style), first.occurrence))
        return say(
            "for the words from {first} to {last}",
            first=self._counted(first.text, first.occurrence),
            last=self._counted(last.text, last.occurrence),
        )

    def reading(self, reading: Reading, words: str, without: Without, *, on_speaker: bool = False) -> str:
        """What those who attest a reading do to the lemma, of which kind the editors say that is, and of what it came."""
        act = self._done(reading, words, without, on_speaker=on_speaker)
        if kinds := [each.called(self.voice) for each in self.classification.said(reading)]:
            act = self.voice.say("{reading} (kind: {kinds})", reading=act, kinds=self.voice.listed(kinds))
        if causes := [each.label for each in self.classification.causes_of(reading)]:
            act = self.voice.say("{reading} (cause: {causes})", reading=act, causes=self.voice.listed(causes))
        return act

    def _done(self, reading: Reading, words: str, without: Without, *, on_speaker: bool = False) -> str:
        """What those who attest a reading do to the lemma, with what cannot be heard of it."""
        if reading.kind is Kind.CRUX and not reading.sigla:
            return self.voice.say("the editors find no cure")
        forms, holes = self._act_on_speaker(reading, words) if on_speaker else self._act(reading, words)
        named, many = self.named(reading.sigla, without)
        who = named or self._as_printed(reading.sigla) or self.voice.say("a reading without a witness")
        act = self.voice.of(forms, many, who=who, **holes)
        return self._with_unheard(act, reading.text, words) if reading.kind is Kind.TEXT else act

    def _act_on_speaker(self, reading: Reading, words: str) -> tuple[tuple[str, str], dict[str, str]]:
        """The same where the lemma is the name of a speaker: who has another gives the speech to that."""
        if reading.kind is Kind.OM:
            return NO_SPEAKER, {}
        if reading.kind is Kind.TEXT and is_another_name(words, reading.text):
            return GIVES_SPEECH, {"words": self.quoted(reading.text)}
        return self._act(reading, words)

    def _as_printed(self, sigla: Sequence[Siglum]) -> str:
        """A siglum for several that speaks of nobody here stands for itself."""
        return self.voice.listed([self.conspectus.label(siglum.key) for siglum in sigla])

    def _act(self, reading: Reading, words: str) -> tuple[tuple[str, str], dict[str, str]]:
        """What a witness does to the lemma: the message, and what is put into it."""
        match reading.kind:
            case Kind.TEXT | Kind.ADD | Kind.PRAEM:
                return ACTS[reading.kind], {"words": self._reading(reading, words)}
            case Kind.TRANSP:
                return self._where(reading.target) if reading.target else (ELSEWHERE, {})
            case Kind.OM | Kind.ILL | Kind.LAC | Kind.DEL | Kind.SECL | Kind.CRUX:
                return ACTS[reading.kind], {}
            case _:
                assert_never(reading.kind)

    def _reading(self, reading: Reading, words: str) -> str:
        """The words of a reading; those that are written like the name of a sign are told from it."""
        said = self._audible(reading.text, words)
        is_like = reading.kind is Kind.TEXT and said == reading.text and self._is_like_signs(said, words)
        return self.voice.say(IN_LETTERS, words=said) if is_like else self.quoted(said)

    def _is_like_signs(self, text: str, words: str) -> bool:
        """Whether words with names of signs among them would be heard as other *words* with these signs."""
        without = self._without_names(text)
        return without != text and _letters(without).casefold() == _letters(words).casefold()

    def _take_names_away(self, text: str) -> str:
        return self._names_of_signs.sub("", text)

    @cached_property
    def _names_of_signs(self) -> re.Pattern[str]:
        names = {self.voice.say(form) for forms in SIGNS.values() for form in forms}
        longest_first = sorted(map(re.escape, names), key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)

    def _where(self, target: Target) -> tuple[tuple[str, str], dict[str, str]]:
        holes = {"place": target.place} if target.place else {}
        if target.lemma is not None and not target.lemma.is_block:
            holes["words"] = self.quoted(lemma_words(target.lemma, self.style))
        before, after = PLACES["words" in holes, "place" in holes]
        return (before if target.before else after), holes

    def _named(self, sigla: tuple[Siglum, ...], without: Without) -> tuple[str, bool]:
        """Those who attest a reading, *witnesses A and B in a second hand* and *Madvig*; and whether they are many.

        For those of whom a siglum for several does not speak, *without*, no group stands.
        """
        known = self.conspectus.witness
        witnesses = [spoken_siglum(s, self.conspectus, self.voice) for s in sigla if s.key in known]
        said = [self._witnesses(witnesses)] if witnesses else []
        many = len(witnesses) > 1
        for siglum in (s for s in sigla if s.key not in known):
            name, stands_for_many = self._other(siglum.key, without)
            if name:
                said.append(_with_hand(name, siglum, self.voice))
                many = many or stands_for_many
        return _with_one_comma(self.voice.listed(said)), many or len(said) > 1

    def _other(self, key: str, without: Collection[str]) -> tuple[str, bool]:
        """A scholar, a group, all or the others; and whether that is many."""
        declared, label = self.conspectus.by_key.get(key), self.conspectus.label
        if key in COLLECTIVE:
            return self._collective(COLLECTIVE[key], without), True
        if isinstance(declared, Scholar):
            return declared.name or label(key), False
        if isinstance(declared, Group):
            members = [label(member) for member in declared.members if member not in without]
            return self._witnesses(members), len(members) > 1
        return label(key), False

    def _collective(self, name: str, without: Collection[str]) -> str:
        said = self.voice.say(name)
        but = [self.conspectus.label(w.key) for w in self.conspectus.witnesses if w.key in without]
        return self.voice.say("{all} but {some}", all=said, some=self.voice.listed(but)) if but else said

    def _witnesses(self, names: list[str]) -> str:
        """*witness A*, *witnesses A and B*; nothing of nobody."""
        forms = several("witness {sigla}", "witnesses {sigla}")
        sigla = _with_one_comma(self.voice.listed(names))
        return self.voice.of(forms, len(names) > 1, sigla=sigla) if names else ""

    def quoted(self, text: str, *, bare: bool = False) -> str:
        """Words as quoted; signs and blanks alone, which no voice reads, by name."""
        if text and not _letters(text):
            signs = [c for c in text if not divides(c) or c == BREAK] or list(text)
            return self.voice.listed([self._sign(c, alone=not bare or i > 0) for i, c in enumerate(signs)])
        if text and self._is_like_signs(text, ""):
            return self.voice.say(IN_LETTERS, words=text)
        paragraph = f" {self._sign(BREAK, alone=False)} "
        return self.voice.say("“{words}”", words=text.replace(BREAK, paragraph).strip(" "))

    def _sign(self, character: str, *, alone: bool) -> str:
        """What a sign is called; of those that have no name here Unicode has one, in English, for all but a few."""
        if character not in SIGNS:
            return unicodedata.name(character, "").lower() or character
        with_article, within = SIGNS[character]
        return self.voice.say(with_article if alone else within)

    def _counted(self, text: str, occurrence: int | None) -> str:
        """*the first “the”*, *the second dash*, where the entry says which it means."""
        if occurrence is None:
            return self.quoted(text)
        if occurrence > len(ORDINALS):
            number = self.voice.number(occurrence)
            return self.voice.say("{words} number {number}", words=self.quoted(text), number=number)
        return self.voice.say(ORDINALS[occurrence - 1], words=self.quoted(text, bare=True))

    def _audible(self, reading: str, words: str) -> str:
        """The reading, with its signs in words where they are what differs."""
        ours, theirs = _letters(words), _letters(reading)
        if not theirs or reading == words or (ours != theirs and not differ_in_capitals(ours, theirs)):
            return reading
        if _signs(reading) == _signs(words):
            return reading
        said = "".join(f" {self._sign(c, alone=False)} " if _is_sign(c) else c for c in reading)
        return " ".join(said.split())

    def _with_unheard(self, act: str, reading: str, words: str) -> str:
        """What is said of a reading, with what of it differs and is not heard."""
        say = self.voice.say
        if form := invisible_difference(reading, words):
            return say("{reading}, differently encoded ({form})", reading=act, form=form)
        ours, theirs = _letters(words), _letters(reading)
        if reading == words:
            return act
        if ours == theirs:
            return self._without(act, reading, words) or self._otherwise(act, reading, words)
        if differ_in_capitals(ours, theirs):
            act = say("{reading}, with other capitals", reading=act)
            return self._without(act, reading, words) or act
        same = ours.casefold() == theirs.casefold()
        return say("{reading}, with other forms of letters", reading=act) if same else act

    def _without(self, act: str, reading: str, words: str) -> str:
        """With the signs that the words have and the reading has not, nor others in their place; empty if there are none."""
        if not _letters(reading):  # of signs alone all are said
            return ""
        ours, theirs = _signs(words), _signs(reading)
        missing = Counter(at for at, _ in ours) - Counter(at for at, _ in theirs)
        lacking = Counter(c for at, c in ours if at in missing) - Counter(c for _, c in theirs)
        names = self.voice.listed([self._sign(c, alone=True) for c in lacking])
        return self.voice.say("{reading}, lacking {signs}", reading=act, signs=names) if lacking else ""

    def _otherwise(self, act: str, reading: str, words: str) -> str:
        """With what differs in a reading of the same letters that lacks no sign."""
        if hidden := _hidden_difference(reading, words):
            message = phrase("{reading}, with other characters that are not seen ({characters})")
            return self.voice.say(message, reading=act, characters=hidden)
        same = _signs(reading) == _signs(words)
        return self.voice.say("{reading}, spaced differently", reading=act) if same else act


def _with_hand(name: str, siglum: Siglum, voice: Voice) -> str:
    if siglum.hand in HANDS:
        name = voice.say(HANDS[siglum.hand], siglum=name)
    elif siglum.hand:
        name = voice.say("{siglum} in hand {hand}", siglum=name, hand=siglum.hand)
    return voice.say("{siglum}, it seems,", siglum=name) if siglum.doubtful else name


def _with_one_comma(names: str) -> str:
    """Names listed; behind one that ends in a comma, *A, it seems,*, comes no other."""
    return names.replace(",,", ",")


def _letters(text: str) -> str:
    if text.isalnum():  # a single word, as most lemmata are
        return text
    return "".join(c for c in text if unicodedata.category(c)[0] in "LMN")


def _is_sign(character: str) -> bool:
    """Whether it is neither of a word, nor a common blank, nor unseen."""
    return (character in SIGNS and character != " ") or sort_of(character) is Sort.SIGN


def _signs(text: str) -> list[tuple[int, str]]:
    """The signs of a text, each with how many letters stand before it."""
    found, at = [], 0
    for character in text:
        if _is_sign(character):
            found.append((at, character))
        at += character in _letters(character)
    return found


def _hidden_difference(reading: str, words: str) -> str:
    """The names of characters that nobody sees, where they are the whole difference; Unicode has them in English."""
    found = [c for c in unseen(reading + words) if reading.count(c) != words.count(c)]
    without = dict.fromkeys(map(ord, found))
    return ", ".join(map(called, found)) if reading.translate(without) == words.translate(without) else ""
