"""What readers see and hear of a witness is its label and its state; the key is for files and addresses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, IMPRINT, build, project
from lxml import html

from apparatus.model import Conspectus, Group, Scholar, Siglum, Witness
from apparatus.notation import parse_entry
from apparatus.render.runs import lay_out
from apparatus.render.spoken import spoken_forms, spoken_siglum
from apparatus.render.style import STYLE
from apparatus.sphinxext.html.witness_pages import Shown

TEXT = """\
# The Ferry

The ferry left at dawn.

:::{{apparatus}}
dawn ] noon {second}
ferry ] boat Group
left ] went Nobody
:::

Nobody saw it come back.

:::{{apparatus}}
come back ] return {first}
:::

```{{toctree}}
:hidden:

rest
```
"""
REST = """\
# The rest

:::{conspectus}
:::

:::{establishment} witnesses
:::

:::{establishment} files
:::

:::{whole-apparatus}
:::
"""
WITNESSES = """\
[witness.{first}]
{first_label}
transcription = "one.txt"
[witness.{second}]
{second_label}
transcription = "two.txt"
[witness.Other]
label = "ed. pr."
[group.Group]
members = ["{first}", "Other"]
label = "ω"
[scholar.Nobody]
label = "Madvig"
"""
ONE = "The Ferry\nThe boat left at dawn.\nNobody saw it return.\n"
TWO = "The Ferry\nThe ferry left at noon.\nNobody saw it come back.\n"
#: What a reader does not see of a page, and what of it is not seen and heard.
UNSEEN = "//script | //style | //template"
HEARD = ("aria-label", "title", "alt", "data-positive", "data-negative", "content")
OUTPUTS = ("html", "text", "latex", "epub")


def written(folder: Path, first: str, second: str, labels: tuple[str, str] | None = None) -> dict[str, str]:
    """All that four outputs say of an edition of witnesses with these keys, by output and page."""
    named = [f'label = "{label}"' for label in labels or ()] or ["", ""]
    keys = {"first": first, "second": second}
    conspectus = WITNESSES.format(**keys, first_label=named[0], second_label=named[1])
    files = {"rest.md": REST, "one.txt": ONE, "two.txt": TWO}
    conf = CONF + 'apparatus_layout = "facing"\n'
    source = project(folder / "source", TEXT.format(**keys), witnesses=conspectus, conf=conf, **files)
    said = {}
    for builder in OUTPUTS:
        imprint = IMPRINT if builder == "epub" else {}
        out = build(source, folder, builder=builder, allow="siglum_is_a_word unused", **imprint).out
        for path in sorted(out.rglob("*")):
            if path.suffix in READ and path.is_file() and "_sources" not in path.parts:
                name = re.sub(
                    rf"-({first}|{second})\b", lambda m: "-2" if m[1] == second else "-1", path.name
                )
                said[f"{builder} {name}"] = READ[path.suffix](path)
    return said


def _page(path: Path) -> str:
    tree = html.fromstring(path.read_bytes())
    for node in tree.xpath(UNSEEN):
        node.drop_tree()
    heard = [node.get(name) for node in tree.iter() for name in HEARD if node.get(name)]
    return "\n".join([" ".join(tree.text_content().split()), *heard])


def _tex(path: Path) -> str:
    """What is printed: without the names of destinations, and the digest of the source."""
    text = path.read_text(encoding="utf-8")
    return re.sub(
        r"\\(?:hyperref\[[^]]*\]|label\{[^}]*\}|hypertarget\{[^}]*\}|renewcommand\\crittextdigest.*)",
        "",
        text,
    )


def _plain(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _data(path: Path) -> str:
    """The rows that are searched, not the scripts."""
    text = path.read_text(encoding="utf-8")
    return text if text.startswith("var apparatusSearch") else ""


READ = {".js": _data, ".html": _page, ".xhtml": _page, ".txt": _plain, ".tex": _tex, ".ncx": _page}


def test_an_edition_with_swapped_labels_says_what_one_says_whose_keys_they_are(tmp_path: Path) -> None:
    swapped = written(tmp_path / "swapped", "A", "B", ("B", "A"))
    plain = written(tmp_path / "plain", "B", "A")
    assert plain.keys() == swapped.keys()
    assert {name.partition(" ")[0] for name in plain} == set(OUTPUTS)
    for name, said in plain.items():
        assert swapped[name] == said, name


def test_no_output_says_a_key(tmp_path: Path) -> None:
    said = written(tmp_path, "Qux", "Zot", ("α", "β"))
    for name, text in said.items():
        assert not re.search(r"Qux|Zot|Other|Group|Nobody\b(?! saw)", text), name
    assert "Differences of α" in said["html index-1-differences.html"]
    assert "Without a transcription, and therefore not compared: ed. pr. " in said["html rest.html"]
    assert "The agreement of α, ed. pr. " in said["html rest.html"]
    assert "it is taken to have the lemma, which nothing proves" in said["html rest.html"]  # of the last
    assert "α ed.\N{NO-BREAK SPACE}pr." in said["text rest.txt"]  # a blank divides sigla for the filter


STATE = """\
[witness.A]
label = "𝔄"
state = "A^ac"
transcription = "A.txt"
"""
CORRECTED = """\
# The Ferry

The ferry left at dawn.

:::{apparatus}
dawn A^pc ] noon A^ac
:::

```{toctree}
:hidden:

rest
```
"""


@pytest.fixture(scope="module")
def before_correction(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("state")
    files = {"rest.md": REST, "A.txt": "The Ferry\nThe ferry left at noon.\n"}
    conf = CONF + 'apparatus_layout = "facing"\n'
    source = project(folder / "source", CORRECTED, witnesses=STATE, conf=conf, **files)
    made = {}
    for builder in ("html", "latex"):
        out = build(source, folder, builder=builder).out
        made |= {
            path.name: path.read_text(encoding="utf-8") for path in out.glob("*.*") if path.suffix in READ
        }
    return made


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("index.html", 'aria-label="𝔄 before correction as it stands">𝔄<sup>ac</sup><span'),
        ("index.html", 'aria-label="Differences of 𝔄 before correction">Differences<'),
        ("index-A.html", "<title>The Ferry: 𝔄^ac, as it stands"),
        ("index-A.html", 'aria-label="The text of 𝔄 before correction as it stands, rebuilt'),
        ("index-A.html", '<p class="about-text">The text of 𝔄<sup>ac</sup> as it stands'),
        ("index-A-differences.html", "<title>The Ferry: 𝔄^ac, differences marked"),
        ("index-A-differences.html", "The text of 𝔄<sup>ac</sup> beside the reading text: what 𝔄<sup>ac</sup> lacks"),
        ("rest.html", ">the text of 𝔄<sup>ac</sup> as it stands</a>"),
        ("rest.html", "𝔄<sup>ac</sup> has the lemma, as its transcription proves; so has 𝔄, it is taken"),
        ("rest.html", "<p>𝔄<sup>ac</sup></p>"),  # the state that is transcribed
        ("rest.html", '<span class="siglum">𝔄<sup>ac</sup></span>'),  # what was compared
        ("rest.html", "<td data-head=\"Departs in\"><p>1 entry</p></td>"),  # and departs from the text
        ("project-name-not-set.tex", "\\facingwitness{𝔄\\textsuperscript{ac}}"),
    ],
)  # fmt: skip
def test_a_text_before_correction_is_called_so(before_correction, page: str, said: str) -> None:
    assert said in before_correction[page]


def test_a_state_that_begins_without_a_heading_has_its_siglum_for_one() -> None:
    conspectus = Conspectus((Witness("A", label="ed. pr.", state="A^2"), Witness("B", state="B")))
    assert Shown.of(conspectus, "A").html == "ed. pr.<sup>2</sup>"
    shown = [Shown.of(conspectus, key) for key in "AB"]
    assert [one.aloud(one.spoken) for one in shown] == [' aria-label="ed. pr. in a second hand"', ""]


def test_a_sentence_names_labels_of_witnesses_of_groups_and_of_their_members() -> None:
    conspectus = Conspectus(
        (Witness("A", label="B"), Witness("B", label="A"), Witness("x", label="ed. pr.")),
        (Group("g", ("A", "x"), label="γ"),),
        (Scholar("M", label="Madvig"),),
    )
    (entry, _) = parse_entry("dawn A^2 ] noon g / moon B ; noun M", conspectus.keys)
    assert entry is not None
    assert spoken_forms(entry, "dawn", conspectus, STYLE)[0] == (
        "for “dawn”, witness B in a second hand has the text; witnesses B and ed. pr. read “noon”; "
        "witness A reads “moon”; Madvig reads “noun”"
    )
    assert [run.text for run in lay_out(entry, "dawn", STYLE, conspectus=conspectus) if run.siglum] == [
        *("B", "γ", "A", "Madvig")
    ]
    assert spoken_siglum(Siglum("x", "mg"), conspectus) == "ed. pr. in the margin"
