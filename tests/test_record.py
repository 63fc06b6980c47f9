"""``apparatus record``: what the messages propose stands in the source, and nothing else in it is changed."""

from __future__ import annotations

import difflib
import io
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from building import CONF, EDITIONS, TRANSCRIBED, project

from apparatus import written
from apparatus.model import Entry, Origin
from apparatus.notation import parse_entries, parse_entry, write_entry
from apparatus.revision.lines import Lines, rewritten
from apparatus.sphinxext.program import main, record
from apparatus.sphinxext.program.reading import read_edition

#: A block of every form in which text may stand, each with a word that the witness has otherwise.
FORMS = """\
# The Ferry

% a comment of the editor
The road was long
  and the ferry waited.
:::{apparatus}
long
  ]   longe   C ;
  broad C^2 (a *remark*)

:::

- First item was led
  over.
- Second item was led.

  - Inner item was led.

1. One tight led
1. Two tight led

> A quotation was led
> on two lines.
>
> Another was led.

:::{verse}
Tyger led, Tyger led
  In the forests led
:::

| led a | led b |
|-------|-------|
| led c | led d |

::::{container} x

Inside it was led.

:::{commentary}
Inside ] A note.
:::
::::

Term
=====

A paragraph with **led** *strong*.
:::{commentary}
strong ] Touching.
:::

Last paragraph was led"""
COPY = """\
The Ferry
The road was longe and the ferry waited.
First item was lead over.
Second item was lead.
Inner item was lead.
One tight lead
Two tight lead
A quotation was lead on two lines.
Another was lead.
Tyger lead, Tyger lead
In the forests lead
lead a
lead b
lead c
lead d
Inside it was lead.
Term
A paragraph with lead strong.
Last paragraph was lead
"""
WITNESSES = """\
[witness.B]
name = "the copy"
transcription = "B.txt"

[witness.C]
name = "another"
silence = "unknown"
"""
SMALL = "# T\n\nOne two three.\n"
SMALL_COPY = {"A.txt": "T\nOne too three.\n"}


def small(folder: Path, text: str = SMALL) -> Path:
    return project(folder, text, witnesses=TRANSCRIBED, **SMALL_COPY)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\N{ZERO WIDTH NO-BREAK SPACE}"])
def test_only_lines_of_series_are_added_or_changed(
    end: str, start: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = project(tmp_path / "s", FORMS, witnesses=WITNESSES, **{"B.txt": COPY})
    index = source / "index.md"
    before = start + index.read_text(encoding="utf-8").replace("\n", end)
    index.write_bytes(before.encode())
    assert main(["record", str(source), "--yes"]) == 0
    assert capsys.readouterr().out.endswith("entries: 17 new, 1 changed in 1 file; nothing is left to mend\n")
    after = index.read_bytes().decode()
    old, new = before.split(end), after.split(end)
    changes = [line for line in difflib.ndiff(old, new) if line[0] in "+-"]
    assert [line for line in changes if line[0] == "-"] == ["-   ]   longe   C ;"]
    assert "+   ]   longe   C B ;" in changes
    added = {line[2:].lstrip(" >") for line in changes if line[0] == "+"} - {"]   longe   C B ;"}
    assert all(
        line in ("", ":::{apparatus}", ":::") or line.endswith("led ] lead B") or "^" in line
        for line in added
    )
    assert after.count("\n") == after.count(end) and after.startswith(start) and after.endswith(":::")
    assert not list(source.glob(".*"))


@pytest.mark.parametrize("name", ["four-witnesses", "hebrew", "play", "verse"])
def test_an_edition_without_its_apparatus_is_proved_in_one_run(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / name
    shutil.copytree(EDITIONS / name, source)
    for path in source.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        bare = re.sub(
            r"^[ >]*:::\{(apparatus|accidentals)\}.*?^[ >]*:::\n", "", text, flags=re.DOTALL | re.MULTILINE
        )
        path.write_text(bare, encoding="utf-8")
    before = read_edition(source)
    assert {"apparatus.unrecorded_difference"} <= {message.kind for message in before.messages}
    main(["record", str(source), "--yes"])
    capsys.readouterr()
    after = read_edition(source)
    assert {message.kind for message in after.messages} <= {"apparatus.siglum_unused"}
    assert after.edition.text.joined == before.edition.text.joined
    assert any(isinstance(entry.item, Entry) for entry in after.edition.entries)


def test_an_entry_joins_its_series_in_the_order_of_the_text(tmp_path: Path) -> None:
    text = "# T\n\nOne two three four.\n\n:::{apparatus}\nOne ] on A\n\nfour ] fower A\n:::\n"
    source = project(tmp_path / "s", text, witnesses=TRANSCRIBED, **{"A.txt": "T\nOn too three fower.\n"})
    index = source / "index.md"
    index.write_text(index.read_text(encoding="utf-8").replace("on A", "On A"), encoding="utf-8")
    assert main(["record", str(source), "--yes"]) == 0
    assert "\n:::{apparatus}\nOne ] On A\ntwo ] too A\n\nfour ] fower A\n:::\n" in index.read_text(
        encoding="utf-8"
    )


def test_what_is_not_so_is_taken_out_and_an_empty_series_goes(tmp_path: Path) -> None:
    text = "# T\n\nOne two three.\n\n:::{apparatus}\nOne ] Won A\n:::\n\nFour five.\n\n:::{apparatus}\nFour ] Fower A\nfive ] fife A C\n:::\n"
    source = project(
        tmp_path / "s",
        text,
        witnesses=TRANSCRIBED + '[witness.C]\nname = "c"\nsilence = "unknown"\n',
        **{"A.txt": "T\nOne two three.\nFower five.\n"},
    )
    assert main(["record", str(source), "--yes"]) == 0
    found = (source / "index.md").read_text(encoding="utf-8").partition("# T")[2]
    assert found == "\n\nOne two three.\n\nFour five.\n\n:::{apparatus}\nFour ] Fower A\nfive ] fife C\n:::\n"


def test_words_and_signs_go_into_the_series_that_are_declared_for_them(tmp_path: Path) -> None:
    conf = CONF + (
        'apparatus_series = {"apparatus": {"label": "A", "holds": "readings", "form": "run-in", "variants": "substantive"},\n'
        '"signs": {"label": "S", "holds": "readings", "form": "run-in", "variants": "accidental"}}\n'
    )
    source = project(
        tmp_path / "s",
        "# T\n\nOne, and so two.\n",
        conf=conf,
        witnesses=TRANSCRIBED,
        **{"A.txt": "T\nOne and so too.\n"},
    )
    assert main(["record", str(source), "--yes"]) == 0
    found = (source / "index.md").read_text(encoding="utf-8")
    assert ":::{signs}\nOne, ] One A\n:::" in found and ":::{apparatus}\ntwo ] too A\n:::" in found


def test_several_files_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = "# T\n\nOne two.\n\n```{include} part.md\n```\n\n```{toctree}\n:hidden:\n\nsecond\n```\n"
    second = "---\nedited-text: true\n---\n\n# Second\n\nFive six.\n"
    source = project(
        tmp_path / "s",
        index,
        witnesses=TRANSCRIBED,
        conf=CONF + 'exclude_patterns = ["part.md"]\n',
        **{
            "part.md": "Three four.\n",
            "second.md": second,
            "A.txt": "T\nOne too.\nThree fower.\nSecond\nFive sex.\n",
        },
    )
    assert main(["record", str(source), "--yes"]) == 0
    assert "3 new in 3 files" in capsys.readouterr().out
    assert (source / "part.md").read_text(
        encoding="utf-8"
    ) == "Three four.\n\n:::{apparatus}\nfour ] fower A\n:::\n"


def test_an_edition_may_have_files_beside_the_folder_of_its_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = small(tmp_path / "e" / "source", SMALL + "\n```{include} ../part.md\n```\n")
    (source / "conf.py").rename(tmp_path / "e" / "conf.py")
    (tmp_path / "e" / "part.md").write_text("Four five.\n", encoding="utf-8")
    (source / "A.txt").write_text("T\nOne too three.\nFower five.\n", encoding="utf-8")
    assert main(["record", str(tmp_path / "e"), "--yes"]) == 0
    assert "2 new in 2 files; nothing is left to mend" in capsys.readouterr().out
    assert "Four ] Fower A" in (tmp_path / "e" / "part.md").read_text(encoding="utf-8")


def test_it_can_be_kept_to_a_witness_or_a_passage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "# T\n\nOne two.\n\nThree four.\n"
    copies = {"A.txt": "T\nOne too.\nThree fower.\n", "B.txt": "T\nWon two.\nThree fore.\n"}
    witnesses = TRANSCRIBED + '[witness.B]\nname = "b"\ntranscription = "B.txt"\n'
    for arguments, wanted in (
        (["--passage", "1.2"], ["four ] fower A ; fore B"]),
        (["--witness", "A"], ["two ] too A", "four ] fower A"]),
        (["--witness", "B", "--passage", "1.1"], ["One ] Won B"]),
    ):
        source = project(tmp_path / "".join(arguments), text, witnesses=witnesses, **copies)
        assert main(["record", str(source), "--yes", *arguments]) == 1  # something is left
        found = (source / "index.md").read_text(encoding="utf-8")
        assert [line for line in found.splitlines() if " ] " in line] == wanted
    assert main(["record", str(source), "--witness", "X"]) == 1
    assert "there is no witness X" in capsys.readouterr().err


def kept(source: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(source.rglob("*")) if path.is_file()}


def test_it_is_shown_and_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = small(tmp_path / "s")
    before = kept(source)
    assert main(["record", str(source), "--dry-run"]) == 0
    assert "+two ] too A\n" in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))  # no terminal
    assert main(["record", str(source)]) == 1
    assert "nobody can be asked here" in capsys.readouterr().err
    for answer in ("n\n", "", "nay\n"):
        monkeypatch.setattr(sys, "stdin", Typing(answer))
        assert main(["record", str(source)]) == 1
        assert capsys.readouterr().err == "Write this? [y/N] nothing is written\n"
    assert kept(source) == before
    monkeypatch.setattr(sys, "stdin", Typing("y\n"))
    assert main(["record", str(source)]) == 0
    assert "two ] too A" in (source / "index.md").read_text(encoding="utf-8")
    assert main(["record", str(source)]) == 0
    assert capsys.readouterr().out.endswith("there is nothing to write\n")


class Typing(io.StringIO):
    """Somebody at a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_file_that_was_changed_meanwhile_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = small(tmp_path / "s")
    real = record.check_proved

    def while_it_is_proved(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        with (source / "index.md").open("a") as file:
            file.write("\nMore.\n")

    monkeypatch.setattr(record, "check_proved", while_it_is_proved)
    assert main(["record", str(source), "--yes"]) == 1
    assert "index.md was changed since it was read; nothing is written" in capsys.readouterr().err
    assert (source / "index.md").read_text(encoding="utf-8").endswith("One two three.\n\nMore.\n")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"index.md": "---\nedited-text: 1\n---\n\nOne.\n\n:::{apparatus}\nOne : Two A\n:::\n"},
            "no ' ] ' between",
        ),
        (
            {"index.md": "---\nedited-text: 1\n---\n\nOne.\n\n:::{apparatus}\nTwo ] Too A\n:::\n"},
            "is not in block",
        ),
        ({"A.txt": ""}, "mend first what cannot be read"),
        ({"conf.py": "1 +"}, "syntax error"),
        ({"witnesses.toml": "[witness"}, "mend first what cannot be read"),
    ],
)
def test_an_edition_that_is_not_read_as_it_is_meant_is_left_alone(
    files: dict[str, str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = small(tmp_path / "s")
    for name, text in files.items():
        (source / name).write_text(text, encoding="utf-8")
    before = kept(source)
    assert main(["record", str(source), "--yes"]) == 1
    said = capsys.readouterr()
    assert told in said.err and "Traceback" not in said.err
    assert kept(source) == before


def test_a_document_that_is_not_utf_8_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = small(tmp_path / "s")
    (source / "index.md").write_bytes(b"---\nedited-text: 1\n---\n\nOne two thr\xe9e.\n")
    before = kept(source)
    assert main(["record", str(source), "--yes"]) == 1
    assert "UTF-8" in capsys.readouterr().err
    assert kept(source) == before


# --- a further witness ----------------------------------------------------------------


def test_a_further_witness_is_declared_copied_and_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "# T\n\nOne two three.\n\n:::{apparatus}\ntwo ] too A\n:::\n\nFour five.\n"
    source = project(
        tmp_path / "s",
        text,
        witnesses="# of all\n" + TRANSCRIBED.rstrip(),
        **{"A.txt": "T\nOne too three.\nFour five.\n"},
    )
    further = tmp_path / "1818.txt"
    further.write_bytes(b"\xef\xbb\xbfT\r\n\r\nOne too\r\nthree.\r\n\r\nFower five.\r\n")
    before = (source / "index.md").read_text(encoding="utf-8")
    assert main(["record", str(source), "--add", str(further), "--yes"]) == 0
    assert capsys.readouterr().out.endswith(
        "1818 is taken in; entries: 1 new, 1 changed in 1 file; nothing is left to mend\n"
    )
    assert (source / "1818.txt").read_bytes() == b"T\n\nOne too\nthree.\n\nFower five.\n"
    assert (source / "witnesses.toml").read_text(encoding="utf-8") == (
        "# of all\n" + TRANSCRIBED + '\n[witness.1818]\ntranscription = "1818.txt"\nblocks_by = "blank"\n'
    )
    assert (source / "index.md").read_text(encoding="utf-8") == (
        before.replace("too A", "too A 1818") + "\n:::{apparatus}\nFour ] Fower 1818\n:::\n"
    )


@pytest.mark.parametrize(
    ("given", "content", "told"),
    [
        ("no.txt", None, "there is no file no.txt"),
        ("B.txt", b"", "B.txt has no text"),
        ("B.txt", b"caf\xe9", "B.txt is not UTF-8 (byte 3); save it as UTF-8"),
        ("B.docx", b"PK\x03\x04", "B.docx is no plain text; save the transcription as plain text in UTF-8"),
        ("A=B.txt", b"T\nOne.\n", "A is declared already"),
        ("a b=B.txt", b"T\nOne.\n", "'a b' can be no siglum"),
        (
            "B.txt",
            b"Quite another work, of other words altogether.\n",
            "seems to be another work: 0% of its words",
        ),
    ],
)
def test_what_is_no_further_witness_is_a_sentence(
    given: str,
    content: bytes | None,
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = project(tmp_path / "s", SMALL, witnesses=TRANSCRIBED, **{"A.txt": "T\nOne two three.\n"})
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / given.rpartition("=")[2]).write_bytes(content)
    before = kept(source)
    assert main(["record", "s", "--add", given, "--yes"]) == 1
    said = capsys.readouterr()
    assert told in said.err and "Traceback" not in said.err and said.out == ""
    assert kept(source) == before


def test_two_equal_witnesses_are_taken_in_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = project(tmp_path / "s", SMALL, witnesses=TRANSCRIBED, **{"A.txt": "T\nOne two three.\n"})
    shutil.copy(source / "A.txt", tmp_path / "B.txt")
    assert main(["record", str(source), "--add", f"B={tmp_path / 'B.txt'}", "--yes"]) == 0
    said = capsys.readouterr()
    assert "B.txt has the same text as A" in said.err and said.out.endswith(
        "B is taken in; entries: none; nothing is left to mend\n"
    )
    assert read_edition(source).edition.conspectus.witness.keys() == {"A", "B"}


# --- several files, all or none -------------------------------------------------------


def test_files_are_written_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"1")
    one.chmod(0o640)
    written.put_all({one: b"a", two: b"b"})
    assert (one.read_bytes(), two.read_bytes(), one.stat().st_mode & 0o777) == (b"a", b"b", 0o640)
    real, moved = Path.replace, []

    def stop(self: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) == 2:
            raise OSError("no")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(OSError, match="no"):
        written.put_all({one: b"c", two: b"d"})
    assert (one.read_bytes(), two.read_bytes()) == (b"a", b"b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_an_interruption_waits_until_all_files_are_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {tmp_path / name: name.encode() for name in ("one", "two")}
    real = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        os.kill(os.getpid(), 2)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        written.put_all(files)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_interrupted_while_it_proves_the_program_has_changed_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = small(tmp_path / "s")
    before = kept(source)

    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(record, "check_proved", interrupted)
    assert main(["record", str(source), "--yes"]) == 130
    assert capsys.readouterr().err.endswith("apparatus: interrupted; nothing was changed that is not whole\n")
    assert kept(source) == before


# --- an entry changed in its lines ----------------------------------------------------


@pytest.mark.parametrize(
    ("written_so", "said", "changed"),
    [
        ("led ] lead A", "led ] lead A B", "led ] lead A B"),
        ("led\n   ]  lead  A\n ;  ledde C (a  *b*)", "led ] lead A B ; ledde C (a *b*)", "led\n   ]  lead  A B\n ;  ledde C (a  *b*)"),
        ("led ] lead A ;\n  ledde C", "led ] lead A ; ledde C ; lede B", "led ] lead A ;\n  ledde C ; lede B"),
        ("led A ] lead B\n  C", "led A ] lead C", "led A ] lead\n  C"),
        ("led   A ] lead C", "led ] lead C", "led ] lead C"),
        ("led ] lead  A ; ledde B", "led ] ledde B", "led ] ledde B"),
        ("led … way  ] lead A", "led … way ] lead B", "led … way  ] lead B"),
        ('"A b"  ] "c ; d" A', '"A b" ] "c ; d" A B', '"A b"  ] "c ; d" A B'),
        ("led ] lead A", "way ] path A B", "way ] path A B"),
        ("led ]  lead A {spelling} (x)", "led ] lead A B {spelling} (x)", "led ]  lead A B {spelling} (x)"),
    ],
)  # fmt: skip
def test_what_an_entry_keeps_stays_as_it_was_written(written_so: str, said: str, changed: str) -> None:
    sigla = {"A", "B", "C"}
    (old,), problems = parse_entries(written_so.split("\n"), Origin("", 1), sigla)
    new, more = parse_entry(said, sigla)
    assert not problems and not more and new
    assert rewritten(written_so, old, new, sigla, ()) == changed
    assert write_entry(new, sigla) == said


@pytest.mark.parametrize("text", ["", "a", "a\n", "a\r\nb", "a\rb\n\r\n", "\n\n"])
def test_lines_that_are_not_changed_stay_as_they_are(text: str) -> None:
    assert Lines(text).changed([]) == text
