"""The program ``apparatus``: what a build says and proves, on a terminal."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from building import EDITIONS, ROOT, TRANSCRIBED, build, project
from sessions import commands, said

from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.program import COMMANDS, main, parser
from apparatus.sphinxext.program.reading import read_edition

#: Faults of several kinds: of the notation, of the proof, of Markdown, of settings.
FAULTY = """\
# T

One two three.

:::{apparatus}
two ] too A ; tow X
five ] four A
one
:::

{unknown}`role` and [a link](#nowhere).
"""
COMMAND_NAMES = [command.name for command in COMMANDS]


@pytest.fixture(autouse=True)
def usual_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.parametrize("name", sorted(p.name for p in EDITIONS.iterdir() if (p / "conf.py").is_file()))
def test_an_edition_is_read_and_proved_as_a_build_does(name: str, tmp_path: Path) -> None:
    built = build(EDITIONS / name, tmp_path, builder="dummy", allow="any")
    read, domain = read_edition(EDITIONS / name), domain_of(built.app.env)
    assert domain.edition and domain.edition.collation and read.edition.collation
    assert replace(read.edition, collation=None) == replace(domain.edition, collation=None)
    assert read.edition.collation.rebuilt == domain.edition.collation.rebuilt
    assert read.problems == domain.proof.problems
    assert {document.name: document for document in read.documents} == {
        name: domain.document(name) for name in domain.documents
    }
    assert [message.message for message in read.messages] == [_bare(w) for w in built.warnings]


def _bare(warning: str) -> str:
    return warning.partition("WARNING: ")[2].rpartition(" [")[0]


def test_the_messages_are_those_of_a_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = project(tmp_path / "s", FAULTY, witnesses=TRANSCRIBED, **{"A.txt": "T\nOne too three.\nRole.\n"})
    built = build(source, tmp_path, builder="dummy", allow="any", folder_shown=True)
    wanted = [
        warning for warning in built.warnings if "nowhere" not in warning
    ]  # only an output follows links
    assert len(wanted) > 3
    assert main(["check", str(source)]) == 1
    *found, summary = capsys.readouterr().out.splitlines()
    assert found == [
        line.replace("WARNING: ", "").replace("ERROR: ", "") for w in wanted for line in w.split("\n")
    ]
    assert summary.endswith(f"1 witness compared: {len(read_edition(source).messages)} messages")
    assert main(["check", str(source), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    unknown = next(one for one in data if one["kind"] == "apparatus.unknown_siglum")
    assert (unknown["file"], unknown["line"]) == (str(source / "index.md"), 10)
    assert unknown["message"].startswith("unknown siglum 'X'")


def test_to_check_leaves_nothing_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = project(tmp_path / "s", "# T\n\nOne.\n", witnesses=TRANSCRIBED, **{"A.txt": "T\nOne.\n"})
    before = {path: path.read_bytes() for path in source.rglob("*")}
    assert main(["check", str(source)]) == 0
    assert capsys.readouterr().out == "2 passages, 0 entries, 0 notes, 1 witness compared: nothing to mend\n"
    assert {path: path.read_bytes() for path in source.rglob("*")} == before


def test_a_passage_is_shown_with_entries_remarks_hands_and_all_witnesses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "# T\n\nOne two three.\n\n:::{apparatus}\ntwo ] too A (*sic*) ; tow B^mg ; (so all)\n:::\n\n"
    text += ":::{commentary}\nthree ] A *number*.\n:::\n"
    witnesses = (
        TRANSCRIBED
        + '[witness.B]\nname = "the copy"\n[witness.C]\nname = "a third"\ntranscription = "C.txt"\n'
    )
    source = project(
        tmp_path / "s",
        text,
        witnesses=witnesses,
        **{"A.txt": "T\nOne too three.\n", "C.txt": "T\nOne two three.\n"},
    )
    assert main(["show", "1.1", str(source)]) == 0
    assert capsys.readouterr().out.split("\n", 1)[1] == (
        "  One two three.\n\nApparatus\n  two ] too A (*sic*) ; tow B^mg (so all)\n\n"
        "Notes\n  1 three: A *number*.\n\nA  One [-two-]{+too+} three.\nC  as the text\n"
        "B  not transcribed: the entries say what is known\n"
    )
    assert main(["show", "1.1", str(source), "--color", "always"]) == 0
    coloured = capsys.readouterr().out
    assert "One \x1b[9;31mtwo\x1b[0m\x1b[1;32mtoo\x1b[0m three." in coloured and "[-" not in coloured


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "1.11"], "there is no passage 1.11; did you mean 1.1?"),
        (["witness", "AA"], "there is no witness AA; did you mean A?"),
        (["witness", "E"], "E has no transcription; what the entries say of it: apparatus variants"),
    ],
)
def test_what_is_not_there_is_a_sentence(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, str(EDITIONS / "four-witnesses")]) == 1
    assert capsys.readouterr() == ("", f"apparatus: {told}\n")


@pytest.mark.parametrize("name", ["four-witnesses", "hebrew", "verse"])
def test_a_witness_is_printed_as_its_transcription_has_it(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = read_edition(EDITIONS / name).edition
    assert edition.collation
    for key, rebuilt in edition.collation.rebuilt.items():
        assert main(["witness", key, str(EDITIONS / name)]) == 0
        lines = capsys.readouterr().out.splitlines()
        width = max(len(block.number) for block in edition.text.blocks) + 2
        printed = " ".join(" ".join(line[width:] for line in lines).split())
        assert printed == " ".join(" ".join(block.text for block in rebuilt.blocks).split())


def test_figures_count_who_departs_and_how_often_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stats", str(EDITIONS / "four-witnesses"), "--json"]) == 0
    found = {one["witness"]: one for one in json.loads(capsys.readouterr().out)["witnesses"]}
    edition = read_edition(EDITIONS / "four-witnesses").edition
    accounts = [dict(entry.account.depart) for entry in edition.entries if entry.account]
    assert found["B"]["departs"] == sum("B" in account for account in accounts) > 0
    assert found["B"]["alone"] == sum(
        "B" in a and list(a.values()).count(a["B"]) == 1 for a in accounts
    )  # fmt: skip


def test_the_sessions_of_the_manual_are_what_the_program_says(tmp_path: Path) -> None:
    page = (ROOT / "source" / "manual" / "program.md").read_text(encoding="utf-8")
    shutil.copytree(EDITIONS / "four-witnesses", tmp_path / "edition")
    for command, output in commands(page):
        assert said(command, tmp_path / "edition") == output, command


@pytest.mark.parametrize("name", COMMAND_NAMES)
def test_every_command_says_what_it_does_and_is_in_the_manual(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        parser().parse_args([name, "--help"])
    assert end.value.code == 0
    told = capsys.readouterr().out
    assert next(c for c in COMMANDS if c.name == name).description.split("\n")[0] in told
    page = (ROOT / "source" / "manual" / "program.md").read_text(encoding="utf-8")
    assert f": {name}\n" in page and f"`apparatus {name}" in page


def test_bash_completes_commands_options_and_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", "bash"]) == 0
    script = tmp_path / "apparatus.bash"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    (tmp_path / "records").mkdir()
    for typed, wanted in (
        (["sho"], {"show"}),
        (["rec"], {"record"}),
        (["record", "--dr"], {"--dry-run"}),
        (["variants", "--format", "ne"], {"nexus"}),
        (["check", "rec"], {"records"}),
    ):
        words = " ".join(["apparatus", *typed])
        ask = f"source {script}; COMP_WORDS=({words}); COMP_CWORD={len(typed)}; _shtab_apparatus; echo ${{COMPREPLY[@]}}"
        done = subprocess.run(["bash", "-c", ask], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert set(done.stdout.split()) == wanted, done.stderr


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_a_script_with_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in (*COMMAND_NAMES, "dry-run", "nexus"))
