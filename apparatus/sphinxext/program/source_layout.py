"""The layout of a source file, as MyST's own parser divides it into blocks."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from apparatus.revision import ENDS, Fence, Layout, Leaf, continuation

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: The name of a directive, as it stands behind its fence.
NAME = re.compile(r"\{([^}]*)\}")
#: A line that closes a fence.
CLOSES = re.compile(r"(:{3,}|`{3,}|~{3,})[ \t]*$")
#: Blocks that are one for what stands below them: nothing may be put between their parts.
WHOLE = {"table_open", "dl_open", "amsmath", "math_block", "html_block", "line_block"}
FENCES = {"colon_fence", "fence"}
HEADING = re.compile(r"#{1,6}[ \t]+$")


def layout_of(text: str, markdown: MarkdownIt, series: Collection[str]) -> Layout:
    """The blocks and the series of a file."""
    found = _Layouts(ENDS.split(text), markdown, series)
    found.read("\n".join(found.lines), 0)
    by_line = sorted(found.leaves, key=lambda leaf: leaf.start)
    return Layout(tuple(by_line), tuple(sorted(found.fences, key=lambda fence: (fence.start, -fence.end))))


class _Layouts:
    def __init__(self, lines: list[str], markdown: MarkdownIt, series: Collection[str]) -> None:
        self.lines, self.markdown, self.series = lines, markdown, series
        self.leaves: list[Leaf] = []
        self.fences: list[Fence] = []

    def read(self, text: str, offset: int) -> None:
        """Note what stands in *text*, whose first line is number *offset*."""
        whole: tuple[int, str] | None = None  # level and name of what is one
        tokens = self.markdown.parse(text)
        for i, token in enumerate(tokens):
            if whole is not None:
                whole = None if (token.level, token.type) == whole else whole
            elif token.map is None:
                continue
            elif token.type in WHOLE:
                start, end = token.map[0] + offset, self._end(token.map[1] + offset)
                self.leaves.append(Leaf(start, end, self._indent(start)))
                if token.type.endswith("_open"):
                    whole = (token.level, token.type.replace("_open", "_close"))
            elif token.type in ("paragraph_open", "heading_open"):
                self._leaf(token, tokens[i + 1], offset)
            elif token.type in FENCES and (name := NAME.match(token.info.strip())):
                self._directive(name[1], token, offset)

    def _leaf(self, token: Token, inline: Token, offset: int) -> None:
        assert token.map
        start, end = token.map[0] + offset, self._end(token.map[1] + offset)
        first = inline.content.split("\n")[0]
        at = self.lines[start].find(first)
        prefix = HEADING.sub("", self.lines[start][:at] if at >= 0 else "")
        self.leaves.append(Leaf(start, end, continuation(prefix), bool(token.hidden)))

    def _directive(self, name: str, token: Token, offset: int) -> None:
        assert token.map
        start, end = token.map[0] + offset, self._end(token.map[1] + offset)
        prefix = self._before_fence(start, token.markup)
        last = self.lines[end - 1]
        closing = CLOSES.match(last[len(prefix) :] if last.startswith(prefix) else last.lstrip(" \t>"))
        is_closed = end - start > 1 and bool(closing) and last.strip(" \t>")[0] == token.markup[0]
        if name in self.series:
            self.fences.append(Fence(name, start, end, prefix, is_closed))
        elif name == "verse":
            self.leaves.append(Leaf(start, end, prefix))
        else:
            self.read(token.content, start + 1)

    def _before_fence(self, start: int, markup: str) -> str:
        return continuation(self.lines[start].partition(markup)[0])

    def _indent(self, start: int) -> str:
        line = self.lines[start]
        return continuation(line[: len(line) - len(line.lstrip(" \t>-*+"))])

    def _end(self, end: int) -> int:
        """The line behind the last that is not empty."""
        while end > 1 and (end > len(self.lines) or not self.lines[end - 1].strip(" \t>")):
            end -= 1
        return end
