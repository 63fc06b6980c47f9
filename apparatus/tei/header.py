"""The header of a TEI file, and the lists that stand beside the text (TEI Guidelines, chapter 2 and 16.10).

``listWit`` is flat, one ``witness`` a siglum: programs that read collations find no more. Groups are declared in a
``listRelation`` and spelt out in every ``@wit``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from apparatus.edition import Edition
from apparatus.model import Kind, Siglum
from apparatus.register import Named, Register
from apparatus.tei.app import ids_of, words_into
from apparatus.tei.elements import Element, Mixed, element
from apparatus.tei.names import cause_id, class_id, grade_id, kind_id, legal, witness_id
from apparatus.tei.text import EncodedText, gap_id
from apparatus.voice import ENGLISH

ADDED = (
    "Where the reading has a ref of type “added”, the lemma is as other entries say, and the words of the ref stand at the "
    "anchor to which it points, with a blank or a break before or after them as its @rend says."
)
#: What each kind of reading means, for those who meet it in ``@ana``.
MEANING: Mapping[Kind, str] = {
    Kind.OM: "The witness does not have the words of the lemma.",
    Kind.ILL: "Something stands in the place of the lemma and cannot be read.",
    Kind.LAC: "What stood in the place of the lemma is lost.",
    Kind.DEL: "The words of the lemma are deleted, by a hand or by a scholar; they stand in del.",
    Kind.SECL: "An editor brackets the words of the lemma; the witness has them.",
    Kind.ADD: f"The witness has the lemma and words after it. {ADDED}",
    Kind.PRAEM: f"The witness has the lemma and words before it. {ADDED}",
    Kind.TRANSP: (
        "The witness has the lemma elsewhere: at the anchor to which ptr points, with a blank or a break before or "
        "after it where ptr says so in @rend. A ref in its place has the words as the witness has them there."
    ),
    Kind.CRUX: "An editor despairs of the words of the lemma.",
}
PARALLEL = "Entries whose lemmata lie in one another stand in the text. Of each app a witness has the reading whose @wit names it, or else the lemma."
DOUBLE = (
    "Entries on whole passages, over the end of a passage, or on words that overlap in part with others stand in "
    "standOff. Of the stretch between the anchors at @from and @to a witness has the reading whose @wit names it."
)
BLANKS = (
    "White space within a passage is evidence, at its ends it is none. A lemma has with it the blanks that come and go with its words. "
    "A milestone with @unit “block” is the end of a passage of the witness."
)
LETTERS = (
    "The transcriptions were compared disregarding {what}. Where a witness differs from the text in this alone, its "
    "text as it is taken out of this file has the letters of the edition."
)
CITED = "wit repeats the sigla of an entry as its editors wrote them; @wit names every witness one by one, also those whose agreement in silence is proved or declared; of others nothing is said."

SORTED = (
    "@type of rdg is the class of a reading, the first of several: that which the editors say, or else what a rule finds; "
    "@cause is of what they say that it has come. @ana points to every class and cause that they say."
)

TRANSLATED = (
    "What translates the text stands in back, in a div of the type “translation”; @corresp of its passages leads to those "
    "to which they answer. Of its words no witness is said to have them but those that are named."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a header says that no entry knows."""

    title: str
    subtitle: str = ""
    author: str = ""  #: as the edition names its makers
    editors: Sequence[str] = ()
    version: str = ""
    date: str = ""  #: of the release, as it is known
    rights: str = ""
    licence: str = ""  #: an address
    language: str = ""  #: of the editors' prose
    text_languages: Sequence[str] = ()
    program: str = ""
    #: of witnesses and scholars: their descriptions
    descriptions: Mapping[str, Sequence[Element]] = field(default_factory=dict)
    disregarded: str = ""  #: what does not count when witnesses are compared
    grades: Sequence[str] = ()  #: how sure notes can be, the surest first


def header(encoded: EncodedText, facts: Facts, second: EncodedText | None = None) -> Element:
    """``teiHeader``; *second* are the translations, if there are any."""
    made = element("teiHeader")
    made.append(_file(encoded, facts, second))
    made.append(_encoding(encoded, facts, second))
    made.append(_profile(facts))
    if facts.version:
        revisions = element("revisionDesc")
        revisions.append(element("change", f"Version {facts.version}", when=facts.date, n=facts.version))
        made.append(revisions)
    return made


def _file(encoded: EncodedText, facts: Facts, second: EncodedText | None) -> Element:
    described, titles = element("fileDesc"), element("titleStmt")
    titles.append(element("title", facts.title, type="main"))
    if facts.subtitle:
        titles.append(element("title", facts.subtitle, type="sub"))
    for name in facts.editors or filter(None, [facts.author]):
        titles.append(element("editor", name))
    described.append(titles)
    if facts.version:
        stated = element("editionStmt")
        stated.append(element("edition", f"Version {facts.version}", n=facts.version))
        described.append(stated)
    published = element("publicationStmt")
    published.append(element("publisher", facts.author or "The editors"))
    if facts.date:
        published.append(element("date", facts.date, when=facts.date))
    availability = element("availability")
    if facts.licence:
        availability.append(element("licence", facts.rights or facts.licence, target=facts.licence))
    else:
        availability.append(element("p", facts.rights or "No licence is stated."))
    published.append(availability)
    described.append(published)
    source = element("sourceDesc")
    for made in _witnesses(encoded, facts, second):
        source.append(made)
    described.append(source)
    return described


def _witnesses(encoded: EncodedText, facts: Facts, second: EncodedText | None) -> Iterator[Element]:
    conspectus = encoded.edition.conspectus
    if not conspectus.witnesses:
        yield element("p", "The edition declares no witness.")
        return
    listed = element("listWit")
    states = (*encoded.variations.states, *(second.variations.states if second else ()))
    for state in dict.fromkeys(states):
        witness = conspectus.witness[state.key]
        of = f"#{witness_id(Siglum(state.key))}" if state.hand else None
        made = element("witness", id=witness_id(state), n=conspectus.shown(state), corresp=of)
        made.append(element("abbr", conspectus.shown(state), type="siglum"))
        if not state.hand:
            made[-1].tail = " "
            made.append(element("name", witness.name or witness.key))
            if witness.date:
                made[-1].tail = " "
                made.append(element("date", witness.date))
            for paragraph in facts.descriptions.get(state.key, ()):
                made.append(_as_note(paragraph))
        listed.append(made)
    yield listed
    if conspectus.groups:
        groups = element("listRelation", type="groups")
        for group in conspectus.groups:
            members = ids_of([Siglum(member) for member in group.members])
            groups.append(
                element(
                    "relation",
                    id=witness_id(Siglum(group.key)),
                    n=group.label or group.key,
                    name="group",
                    mutual=members,
                )
            )
        yield groups


def _as_note(paragraph: Element) -> Element:
    note = element("note")
    note.append(paragraph)
    return note


def _encoding(encoded: EncodedText, facts: Facts, second: EncodedText | None) -> Element:
    made = element("encodingDesc")
    editorial = element("editorialDecl")
    for words in (PARALLEL, DOUBLE, BLANKS, CITED, SORTED, *([TRANSLATED] if second else [])):
        editorial.append(element("p", words))
    if facts.disregarded:
        normalization = element("normalization")
        normalization.append(element("p", LETTERS.format(what=facts.disregarded)))
        editorial.append(normalization)
    made.append(editorial)
    if facts.program:
        name, _, version = facts.program.partition(" ")
        info, application = element("appInfo"), element("application", ident=name, version=version)
        application.append(element("label", facts.program))
        info.append(application)
        made.append(info)
    made.append(_references(encoded.edition))
    classes = element("classDecl")
    meanings = {kind_id(kind.value): f"{kind.value} {meaning}" for kind, meaning in MEANING.items()}
    classes.append(_taxonomy("kinds", meanings))
    its = encoded.edition.classification
    classes.append(
        _taxonomy("classes", {class_id(c.name): _meaning(c.label, c.means(ENGLISH)) for c in its.all})
    )
    for category, each in zip(classes[-1], its.all, strict=True):
        category.set("n", "substantive" if each.substantive else "accidental")
    if its.causes:
        causes = {cause_id(c.name): _meaning(c.label, c.description) for c in its.causes}
        classes.append(_taxonomy("causes", causes))
    if facts.grades:
        classes.append(_taxonomy("grades", {grade_id(grade): grade for grade in facts.grades}))
    made.append(classes)
    made.append(element("variantEncoding", method="parallel-segmentation", location="internal"))
    made.append(element("variantEncoding", method="double-end-point", location="external"))
    return made


#: What has the number of a passage; other systems have ``milestone``\ s of their own.
PASSAGES = (
    "//body//*[@n][starts-with(@xml:id, 'p')][not(self::app)][not(self::milestone[@unit != 'passage'])]"
)


def _references(edition: Edition) -> Element:
    """How a program resolves a number: of a passage, of one in a translation, and of each other reference system."""
    made = element("refsDecl")
    made.append(element("citeStructure", unit="passage", match=PASSAGES, use="@n"))
    if edition.translates:
        match = PASSAGES.replace("//body", "//back/div[@type='translation']")
        made.append(element("citeStructure", unit="translation", match=match, use="@n"))
    systems = dict.fromkeys(point.system for block in edition.text.blocks for point in block.beside)
    for system in systems:  # in which a number may come again, and then has a number of its own behind it
        match, use = f"//text//milestone[@unit='{system}']", f"substring-after(@xml:id, 'p{system}-')"
        made.append(element("citeStructure", unit=system, match=match, use=use))
    return made


def _meaning(label: str, description: str) -> str:
    return f"{label}: {description}" if description else label


def _taxonomy(own: str, categories: Mapping[str, str]) -> Element:
    made = element("taxonomy", id=own)
    for name, meaning in categories.items():
        category = element("category", id=name)
        category.append(element("catDesc", meaning))
        made.append(category)
    return made


def _profile(facts: Facts) -> Element:
    made, languages = element("profileDesc"), element("langUsage")
    for tag in dict.fromkeys(filter(None, (facts.language, *facts.text_languages))):
        languages.append(element("language", tag, ident=tag))
    if len(languages):
        made.append(languages)
    else:
        languages.append(element("language", "undetermined", ident="und"))
        made.append(languages)
    return made


def lists(
    encoded: EncodedText,
    register: Register,
    identified: Mapping[str, Sequence[Element]],
    facts: Facts,
    second: EncodedText | None = None,
) -> Element | None:
    """``standOff``: scholars, names, entries that are tied to anchors, and where witnesses are absent."""
    made = element("standOff")
    conspectus = encoded.edition.conspectus
    scholars = [s for s in conspectus.scholars if s.key not in conspectus.witness]
    if scholars:
        listed = element("listPerson", type="scholars")
        for scholar in scholars:
            person = element("person", id=witness_id(Siglum(scholar.key)), n=scholar.label or scholar.key)
            person.append(element("persName", scholar.name or scholar.key))
            for paragraph in facts.descriptions.get(scholar.key, ()):
                person.append(_as_note(paragraph))
            listed.append(person)
        made.append(listed)
    for tag, kinds in (
        ("listPerson", ("person",)),
        ("listPlace", ("place",)),
        ("listOrg", ("people", "organisation", "unit", "work")),
    ):
        named = [entry for entry in register.entries if entry.kind in kinds]
        if named:
            listed = element(tag)
            for entry in named:
                listed.append(_named(entry, identified.get(entry.key, ())))
            made.append(listed)
    apart = [*encoded.apart(), *(second.apart() if second else ())]
    if apart:
        entries = element("listApp")
        for app in apart:
            entries.append(app)
        made.append(entries)
    absences = encoded.variations.absences
    if absences:
        group = element("spanGrp", type="lacunae")
        for absence in absences:
            own = gap_id(absence.state, absence.span)
            ends = {"from_": f"#{own}-from", "to": f"#{own}-to"}
            span = element("span", id=own, corresp=f"#{witness_id(absence.state)}", **ends)
            words_into(Mixed(span), absence.mark)
            group.append(span)
        made.append(group)
    return made if len(made) else None


#: Element, and element of the name, by the kind of what is named.
_NAMED = {"person": ("person", "persName"), "place": ("place", "placeName")}


def _named(entry: Named, identified: Sequence[Element]) -> Element:
    tag, name = _NAMED.get(entry.kind, ("org", "orgName"))
    made = element(tag, id=name_id(entry.key), type=entry.kind if tag == "org" else None)
    made.append(element(name, entry.name))
    if entry.original:
        made.append(element(name, entry.original, lang="ru", type="original"))
    if entry.coordinates:
        location = element("location")
        location.append(element("geo", f"{entry.coordinates[0]} {entry.coordinates[1]}"))
        made.append(location)
    for paragraph in identified:
        made.append(_as_note(paragraph))
    return made


def name_id(key: str) -> str:
    """The identifier of an entry of the register."""
    return f"name.{legal(key)}"
