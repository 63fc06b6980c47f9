"""The catalogues of what the engine says to readers: brought up to date with the code, or begun for a language.

``messages.py`` puts into each catalogue of ``apparatus/locale`` the messages that the code has, and takes out those that it
has no longer; ``messages.py nl`` begins one for Dutch. What is to be translated then has an empty ``msgstr``.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "apparatus"
FOLDER = PACKAGE / "locale"
#: How the code marks its messages, in Python and in scripts: see ``apparatus/voice.py``.
KEYWORDS = {"say": None, "phrase": None, "plural": (1, 2), "several": (1, 2)}
METHODS = [("**.py", "python"), ("**.js", "javascript")]


def extracted() -> Catalog:
    """All messages of the code, each with the files that say it."""
    found = extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS)
    template = Catalog()
    for file, _, message, comments, context in sorted(
        found, key=lambda one: (one[0].replace("\\", "/"), one[1])
    ):
        places = [(f"apparatus/{file}".replace("\\", "/"), 1)]
        template.add(message, None, places, auto_comments=comments, context=context)
    return template


def renewed(file: Path, template: Catalog) -> str:
    """The text of a catalogue with the messages of the template, and the translations that it has for them."""
    catalogue = read_po(io.BytesIO(file.read_bytes()), locale=file.stem.replace("-", "_"))
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return as_text(catalogue)


def begun(tag: str, template: Catalog) -> str:
    """The text of a new catalogue."""
    catalogue = Catalog(locale=tag.replace("-", "_"), fuzzy=False)
    catalogue.update(template)
    return as_text(catalogue)


def as_text(catalogue: Catalog) -> str:
    """A catalogue as it is written: a header without dates, messages with their files and no lines, which change often."""
    catalogue.header_comment = f"# What the engine says to readers, in {catalogue.locale.english_name}."
    catalogue.fuzzy = False
    written = io.BytesIO()
    write_po(written, catalogue, width=100, include_lineno=False, omit_header=True)
    forms = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    head = [
        catalogue.header_comment,
        'msgid ""',
        'msgstr ""',
        f'"Language: {catalogue.locale_identifier}\\n"',
        f'"Plural-Forms: {forms}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
    ]
    return "\n".join(head) + "\n\n" + written.getvalue().decode().strip() + "\n"


def main(tags: list[str]) -> None:
    """Begin the catalogues of *tags*, and renew all that there are."""
    template = extracted()
    FOLDER.mkdir(exist_ok=True)
    for tag in tags:
        file = FOLDER / f"{tag}.po"
        if not file.exists():
            file.write_text(begun(tag, template), encoding="utf-8", newline="\n")
    for file in sorted(FOLDER.glob("*.po")):
        file.write_text(renewed(file, template), encoding="utf-8", newline="\n")
        left = sum(
            not all([message.string] if isinstance(message.string, str) else message.string)
            for message in read_po(io.BytesIO(file.read_bytes()))
            if message.id
        )
        print(f"{file.relative_to(PACKAGE.parent)}: {left or 'nothing'} to translate")


if __name__ == "__main__":
    main(sys.argv[1:])
