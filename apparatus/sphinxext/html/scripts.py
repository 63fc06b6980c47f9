"""What the scripts say to readers: their messages, which a page in another language brings along.

They stand in the scripts too; a test compares the two.
"""

from __future__ import annotations

from apparatus.voice import phrase, several

SAID_BY_SCRIPTS = (
    # apparatus.js: an entry beside its lemma, and the keys
    phrase("Previous"),
    phrase("Next"),
    phrase("Close"),
    phrase("Keys"),
    phrase("next entry of the apparatus"),
    phrase("previous entry of the apparatus"),
    phrase("next note"),
    phrase("previous note"),
    phrase("open what has the focus"),
    phrase("close, and back to the text"),
    phrase("search"),
    phrase("this list"),
    phrase("Use letters as keys"),
    # cite.js: the menu beside a number
    phrase("[address]"),
    phrase("Cite passage {number}"),
    phrase("Copied"),
    phrase("To copy"),
    # whole-apparatus.js: the table of all entries
    phrase("{number} of {all} entries"),
    # passages-search.js: what was found
    phrase("text"),
    phrase("note"),
    phrase("note {number}"),
    phrase("variant"),
    phrase("variant of {who}"),
    phrase("conjecture"),
    phrase("conjecture by {who}"),
    phrase("remark"),
    phrase("p. {page}, l. {line}"),
    phrase("p. {page}, ll. {first}–{last}"),
    phrase("page"),
    # how a page and a line may be called where one looks for them
    phrase("p, pp, page"),
    phrase("l, ll, line, lines"),
)
COUNTED_BY_SCRIPTS = (
    several("{number} entry", "{number} entries"),
    several("One place was found.", "{number} places were found."),
)
