"""Where the patterns come from by which words are divided, and what is said where they are not installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import patterns
import pytest
from building import CONF, ROOT, TRANSCRIBED, build, project
from steps import StepError

from apparatus.hyphenation import RULES, pattern_of, patterns_by, rules_of
from apparatus.sphinxext.latex import division


def nothing(name: str) -> None:
    return None


@pytest.mark.parametrize(
    ("tag", "known"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("DE-at-1996", "de"),
        ("en-gb", "en-GB"),
        ("ru", "ru"),
        ("en", ""),
        ("en-US", "en-US"),
        ("da", "da"),
        ("la", "la"),
        ("la-x-classic", "la-x-classic"),
        ("la-IT", "la"),
        ("de-1901", "de-1901"),
        ("grc", "grc"),
        ("sa-Latn", "sa-Latn"),
        ("orv", ""),
        ("got", ""),
    ],
)
def test_a_variety_of_a_language_is_divided_as_the_language(tag: str, known: str) -> None:
    assert rules_of(tag) is RULES.get(known)


@pytest.mark.parametrize(
    "line", ["% note", "# note", "LEFTHYPHENMIN 2", "NEXTLEVEL", ".aﬀ2o", "f1f/ff=f,1,2", "8s’8", ""]
)
def test_what_of_a_dictionary_is_no_pattern_for_tex_is_left_out(line: str) -> None:
    assert pattern_of(line) == ""


def test_a_pattern_is_kept_as_it_is() -> None:
    assert pattern_of(" .ac5t2iva\n") == ".ac5t2iva"


def test_british_is_that_of_pyphen_and_needs_no_tex() -> None:
    found = patterns_by(RULES["en-GB"], nothing)
    assert found is not None and len(found.patterns) > 11_000 and ".ab4i" in found.patterns


def test_a_set_of_tex_is_read_with_the_words_that_it_would_divide_wrongly(tmp_path: Path) -> None:
    (tmp_path / "hyph-ru.pat.txt").write_text("% note\n.аб1р\n.ади2\n", encoding="utf-8")
    (tmp_path / "hyph-ru.hyp.txt").write_text("ас-бест\n", encoding="utf-8")
    found = patterns_by(RULES["ru"], lambda name: tmp_path / name)
    assert found and (found.patterns, found.words) == ((".аб1р", ".ади2"), ("ас-бест",))
    assert patterns_by(RULES["ru"], nothing) is None


def test_patterns_that_are_not_installed_are_named_at_the_first_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(division, "find_file", nothing)
    text = "# A\n\nThe [Heer]{.language-de} of the\n[Wehrmacht]{.language-de}, [hær]{.language-da}.\n"
    source = project(tmp_path / "source", text, conf=CONF, witnesses="")
    built = build(source, tmp_path / "out", builder="latex", allow="print")
    assert built.warnings == (
        "index.md:7: WARNING: in print: words in 'de' are not divided, for hyph-de-1996.pat.txt is not installed; "
        "it is in Debian's texlive-lang-german, and in TeX Live's collection of the language [apparatus.print]",
    )
    assert sorted(file.name for file in built.out.glob("hyph-*")) == ["hyph-da.pat.txt", "hyph-en-GB.pat.txt"]


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="needs dpkg-deb")
def test_of_a_package_the_set_up_takes_the_patterns_and_nothing_else(tmp_path: Path) -> None:
    inside = tmp_path / "package" / "usr" / "share" / "txt"
    inside.mkdir(parents=True)
    for name in ("hyph-de-1996.pat.txt", "hyph-de-1901.pat.txt"):
        (inside / name).write_text(name, encoding="utf-8")
    control = tmp_path / "package" / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        "Package: small\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: patterns\n",
        encoding="utf-8",
    )
    command = ["dpkg-deb", "--root-owner-group", "--build", "package", "small.deb"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    patterns.unpack(tmp_path / "small.deb", RULES["de"].files, tmp_path / "taken")
    assert {file.name: file.read_text() for file in (tmp_path / "taken").iterdir()} == {
        "hyph-de-1996.pat.txt": "hyph-de-1996.pat.txt"
    }


def test_where_a_package_cannot_be_fetched_the_set_up_names_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patterns, "run", lambda *arguments, **options: (100, "no network"))
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(StepError, match=r"install --no-install-recommends texlive-lang-german \(log: "):
        patterns.fetch("texlive-lang-german", [RULES["de"]])


@pytest.mark.parametrize("tag", sorted(tag for tag, rules in RULES.items() if rules.pyphen))
def test_every_dictionary_that_is_named_is_there(tag: str) -> None:
    found = patterns_by(RULES[tag], nothing)
    assert found is not None and len(found.patterns) > 50


def test_every_set_has_one_place_from_which_it_comes() -> None:
    assert all(bool(rules.pyphen) != bool(rules.hyph_utf8 and rules.debian) for rules in RULES.values())


def test_a_text_in_a_language_without_patterns_is_named_at_its_first_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(division, "inform", said.append)
    text = "# Aiwaggeljo\n\nGudjinassaus.\n\nAtta unsar.\n"
    source = project(tmp_path / "source", text, conf=CONF, witnesses="")
    build(source, tmp_path / "out", builder="latex", apparatus_text_language="got")
    assert said == [
        f"{source}/index.md:5: in print words in 'got' are not divided, for no patterns of the language are kept"
    ]


def test_the_manual_has_every_language_with_where_its_patterns_come_from() -> None:
    manual = (ROOT / "source" / "manual" / "languages.md").read_text(encoding="utf-8")
    table = manual.partition("| language | words divided in print by |")[2].partition("\n\n")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ") and "`" in row]
    for tag, rules in RULES.items():
        [row] = [row for row in rows if f"`{tag}`" in row.split("|")[1]]
        assert (rules.debian or "pyphen") in row, tag


def test_the_witness_on_facing_pages_is_in_the_language_of_the_text(tmp_path: Path) -> None:
    files = {"A.txt": "De fele\nFeles iacet.\nЗємлѧ.\n"}
    text = "# De fele\n\nFeles sedet.\n\n:::{apparatus}\nsedet ] iacet A\n:::\n\n{lang=cu}\nЗємлѧ.\n"
    source = project(tmp_path / "source", text, conf=CONF, witnesses=TRANSCRIBED, **files)
    settings = {"apparatus_layout": "facing", "apparatus_text_language": "it"}
    built = build(source, tmp_path / "out", builder="latex", **settings)
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    left = re.findall(r"\\witnessparagraph\{\}\{\}\{(.*)\}%", tex)
    assert left == [
        "\\critlanguage{it}{De fele}",
        "\\critlanguage{it}{Feles iacet.}",
        "\\critlanguage{cu}{Зємлѧ.}",
    ]
