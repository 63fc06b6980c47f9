"""What programs read of a page: who made what, in which version, under which licence.

In: the edition as a work, a page of it. Out: names and values for ``meta`` elements, an object of JSON-LD, links.
Three vocabularies say the same, because each is read by others: Highwire's names (``citation_…``: search engines of
scholars, reference managers), Dublin Core (``DC.…``: libraries), schema.org as JSON-LD (search engines). The links are
those of FAIR Signposting (its profile, level 1 and 2; RFC 8288, 9264). There is no COinS: where it stands, reference
managers take it for better than all the rest. What is not known is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apparatus.citation.records import Work

#: The namespace of the names that begin with DC, which a link declares.
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
DOI = "https://doi.org/"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the edition: what of it is known besides the work."""

    title: str
    language: str = ""  #: a tag of BCP 47
    address: str = ""  #: its own, whole; empty as long as the edition has none
    type: str = "Chapter"  #: of schema.org


@dataclass(frozen=True, slots=True)
class Rights:
    """Under what the editors' part of the edition may be used."""

    statement: str = ""
    licence: str = ""  #: an address
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to something beside the page: how it is related to it, where it is, of which type."""

    rel: str
    href: str
    type: str = ""


def tags(work: Work, page: Page, rights: Rights) -> Iterator[tuple[str, str]]:
    """The ``meta`` elements of a page: names and values.

    To a reference manager a page is a part of a book (``DC.type``), so that the edition, its version and its editors
    survive the import: what is a page of the web has no field for them.
    """
    values = [
        *(("citation_title", page.title), ("citation_inbook_title", work.title)),
        *(("citation_editor", name) for name in work.editors),
        *(
            ("citation_publication_date", work.released.replace("-", "/")),
            ("citation_language", page.language),
        ),
        *(("citation_public_url", page.address), ("citation_doi", work.doi), ("prism.edition", work.edition)),
        *(("DC.title", page.title), ("DC.type", "BookChapter"), ("DC.source", work.title)),
        *(("DC.contributor", name) for name in work.editors),
        *(("DC.publisher", rights.publisher), ("DC.date", work.released), ("DC.language", page.language)),
        *(("DC.rights", rights.statement), ("DC.rights", rights.licence)),
        ("DC.identifier", (work.doi and DOI + work.doi) or page.address),
    ]
    return ((name, value) for name, value in values if value)


def json_ld(work: Work, page: Page, rights: Rights, site: str) -> dict[str, object]:
    """A page as schema.org has it: a chapter of a book, which has version, editors, date and licence."""
    book: dict[str, object] = {
        "@type": "Book",
        "name": work.title,
        "version": work.version,
        "editor": [_person(name) for name in work.editors],
        "datePublished": work.released,
        "publisher": rights.publisher and {"@type": "Organization", "name": rights.publisher},
        "license": rights.licence,
        "url": site,
        "sameAs": [DOI + doi for doi in (work.doi, work.doi_of_all) if doi],
    }
    chapter = {
        "@type": page.type,
        "name": page.title,
        "inLanguage": page.language,
        "url": page.address,
        "isPartOf": _known(book),
    }
    return {"@context": "https://schema.org", **_known(chapter)}


def _person(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    if not comma:
        return {"@type": "Organization", "name": name}
    named = {"familyName": family.strip(), "givenName": given.strip()}
    return {"@type": "Person", "name": f"{given.strip()} {family.strip()}", **named}


def _known(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value}


def signposts(work: Work, rights: Rights, page: Page, items: Sequence[Link]) -> Iterator[Link]:
    """The links by which programs find their way: what to cite, what describes it, what it consists of, its licence."""
    if cited := (work.doi and DOI + work.doi) or page.address:
        yield Link("cite-as", cited)
    yield Link("type", f"https://schema.org/{page.type}")
    yield Link("type", "https://schema.org/AboutPage")
    if rights.licence:
        yield Link("license", rights.licence)
    yield from items


def linkset(anchor: str, links: Sequence[Link]) -> dict[str, object]:
    """The same links as a set of links in JSON (RFC 9264, 4.2)."""
    context: dict[str, object] = {"anchor": anchor}
    for link in links:
        targets = context.setdefault(link.rel, [])
        assert isinstance(targets, list)
        targets.append({"href": link.href, **({"type": link.type} if link.type else {})})
    return {"linkset": [context]}
