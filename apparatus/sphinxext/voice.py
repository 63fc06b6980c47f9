"""The language in which the edition speaks to readers: found when ``conf.py`` is read, asked for by all who say something.

It is that of ``apparatus_language``, else Sphinx's ``language``. An edition can bring a catalogue of its own, for a language
that the engine has none for or for words that it would say otherwise: ``apparatus-interface.po`` in one of
Sphinx's ``locale_dirs``, as ``locales/nl/LC_MESSAGES/apparatus-interface.po``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from apparatus.sphinxext.config import call_usual_series, says_language, settings
from apparatus.sphinxext.report import inform, report
from apparatus.sphinxext.schedule import ConfigInited
from apparatus.voice import ENGLISH, Voice, candidates, own_catalogues, voice_for

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: The catalogue of an edition, in its ``locale_dirs``.
FILE = "apparatus-interface.po"
#: A digest of the edition's catalogues, kept so that all is read again when one changes; no setting of an edition.
DIGEST = "apparatus_catalogues"

NOT_SAID = "no language is set: the text is marked as of none, and its words are not divided in print; set language in conf.py"

_voices: WeakKeyDictionary[Config, Voice] = WeakKeyDictionary()


def voice_of(config: Config) -> Voice:
    """The voice of the edition."""
    return _voices.get(config, ENGLISH)


def find_voice(app: Sphinx, config: Config) -> None:
    """Read the catalogues of the edition's language, and report what is wrong with them (``config-inited``)."""
    tag = settings(config).language or str(config.language or "en")
    files = list(_of_edition(Path(app.srcdir), config, tag))
    _voices[config], problems = voice_for(tag, [*files, *own_catalogues()])
    config[DIGEST] = (
        hashlib.sha256(b"".join(path.read_bytes() for _, path in files)).hexdigest() if files else ""
    )
    call_usual_series(config, _voices[config].say)
    report(problems)
    if not says_language(config):
        inform(NOT_SAID)


def _of_edition(source: Path, config: Config, tag: str) -> Iterator[tuple[str, Path]]:
    """The catalogues that an edition brings, each with its language."""
    for folder in config.locale_dirs:
        for name in candidates(tag):
            path = source / folder / name.replace("-", "_") / "LC_MESSAGES" / FILE
            if path.is_file():
                yield name, path


def setup(app: Sphinx) -> None:
    app.config.add(DIGEST, "", "env", (str,))
    app.connect("config-inited", find_voice, priority=ConfigInited.FIND_VOICE)
