"""The words of Sphinx's index: stems, and for what may be a name also its key.

Both, because neither serves alone. Stems keep *army* and *armies* together and know nothing of
Власов and Vlasov; keys know nothing of English, and would take *cat* for *chat*. So ordinary
words have their stem only, words with a capital or a letter beyond ASCII have both.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.search import SearchLanguage, languages
from sphinx.search.en import SearchEnglish

from apparatus.script.folding import is_foldable, keys, words
from apparatus.sphinxext.report import told_if_unwritten
from apparatus.sphinxext.search.stems import FILE, Stems, found_by

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: Stands before a key in the index, where no word has it.
KEY = "~"


class FoldsNames(SearchLanguage):
    """What is added to the language of an edition."""

    def split(self, input: str) -> list[str]:
        found = []
        for word in dict.fromkeys(words(input)):  # the index asks which words there are, not how often
            found.append(word)
            if is_foldable(word) and word.lower() not in self.stopwords:
                found += [KEY + key for key in keys(word)]
        return found

    folder: Path  #: where the stems of builds before are

    @cached_property
    def stems(self) -> Stems:
        """The stems that are known."""
        return Stems(self.folder / FILE, found_by(self.lang))

    def stem(self, word: str) -> str:
        if word.startswith(KEY):
            return word
        # Sphinx remembers stems for one document only; a language has its words in all of them.
        if (known := self.stems.get(word)) is None:
            known = self.stems[word] = super().stem(word)
        return known


def fold_names(app: Sphinx, config: Config) -> None:
    """Let the search language of the edition fold names as well.

    Languages that divide words in a way of their own (Japanese, Chinese) are left alone.
    """
    name = config.html_search_language or config.language
    base = _class_of(languages.get(name, SearchEnglish))
    if issubclass(base, FoldsNames):  # of a build before in this process, with its folder
        base = base.__bases__[1]
    if base.split is SearchLanguage.split:
        facts = {"lang": name, "folder": Path(app.doctreedir)}
        app.add_search_language(type(f"{base.__name__}AndNames", (FoldsNames, base), facts))


def keep_stems(app: Sphinx, exception: Exception | None) -> None:
    """Keep the stems for the next build (``build-finished``)."""
    language = getattr(getattr(app.builder, "indexer", None), "lang", None)
    if isinstance(language, FoldsNames) and "stems" in vars(language):
        with told_if_unwritten():
            language.stems.keep()


def _class_of(declared: str | type[SearchLanguage]) -> type[SearchLanguage]:
    if not isinstance(declared, str):
        return declared
    module, _, name = declared.rpartition(".")
    found: type[SearchLanguage] = getattr(import_module(module), name)
    return found
