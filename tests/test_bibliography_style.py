"""The bibliography style: entries in two scripts, labels, order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, Entry, Person, parse_string
from pybtex.plugin import find_plugin

from apparatus.bibliography import fold, style_for
from apparatus.script import DEFAULT, SCHEMES
from apparatus.voice import own_catalogues, voice_for

ARTEMIEV = """@book{artemiev, author={Артемьев, В. П.}, title={Первая дивизия РОА}, langid={russian},
  englishtitle={The First Division of the ROA}, address={London}, publisher={СБОНР}, year=1974}"""


def entries(bib: str, scheme: str = "iso9") -> list[tuple[str, str]]:
    """Label and text of each entry; emphasis as ``*…*``, the tag of a transliteration kept."""
    html = find_plugin("pybtex.backends", "html")()
    made = style_for(scheme)().format_bibliography(parse_string(bib, "bibtex"))
    return [(entry.label, re.sub(r"</?em>", "*", entry.text.render(html))) for entry in made]


def text(bib: str, scheme: str = "iso9") -> str:
    """The only entry, without the tags of transliterations."""
    [(_, entry)] = entries(bib, scheme)
    return re.sub(r"</?(?:transliteration|span|language-\w+)[^>]*>", "", entry)


def labels(bib: str, scheme: str = "iso9") -> list[str]:
    return [label for label, _ in entries(bib, scheme)]


def test_a_russian_book_has_original_transliteration_and_english() -> None:
    assert text(ARTEMIEV) == (
        "Артемьев, В. П. [Artemʹev, V. P.]. *Первая дивизия РОА* [*Pervaâ diviziâ ROA*] "
        "(The First Division of the ROA). London: СБОНР [SBONR], 1974."
    )


def test_a_transliteration_is_told_apart_from_the_brackets_of_the_original() -> None:
    assert "<transliteration>[SBONR]</transliteration>" in entries(ARTEMIEV)[0][1]


def test_the_scheme_is_the_editions() -> None:
    assert "[*Pervai͡a divizii͡a ROA*]" in text(ARTEMIEV, "ala-lc")
    assert labels(ARTEMIEV, "bgn-pcgn") == ["Artem’yev 1974"]
    assert style_for("no such").scheme == DEFAULT


def test_where_running_text_has_the_plain_form_the_entries_have_the_full_one() -> None:
    assert "Артемьев, В. П. [Artemʹev, V. P.]. *Первая дивизия РОА* [*Pervai͡a divizii͡a ROA*]" in text(
        ARTEMIEV, "ala-lc-plain"
    )
    assert labels(ARTEMIEV, "ala-lc-plain") == ["Artemev 1974"]
    assert labels(ARTEMIEV, "ala-lc") == ["Artemʹev 1974"]


def test_an_entry_may_give_its_own_transliteration() -> None:
    own = "translitauthor={Artem'iev, V. P.}, translittitle={Pervaya diviziya ROA}, year="
    bib = ARTEMIEV.replace("year=", own)
    assert "Артемьев, В. П. [Artem'iev, V. P.]. *Первая дивизия РОА* [*Pervaya diviziya ROA*]" in text(bib)
    assert labels(bib) == ["Artem'iev 1974"]


@pytest.mark.parametrize(
    ("bib", "expected"),
    [
        (
            """@article{k, author={Катусев, А. Ф. and Оппоков, В. Г.}, title={Иуды}, englishtitle={Judases},
            journal={Военно-исторический журнал}, number=6, pages={68--81}, year=1990}""",
            "Катусев, А. Ф. [Katusev, A. F.] and В. Г. Оппоков [V. G. Oppokov]. «Иуды» [Iudy] (Judases). "
            "*Военно-исторический журнал* [*Voenno-istoričeskij žurnal*], no. 6 (1990): 68–81.",
        ),
        (
            """@article{a, author={Smith, J.}, title={On}, journal={Slavic Review}, volume=12, number={2},
            pages={5}, year=2001, doi={https://doi.org/10.1/x_y}}""",
            "Smith, J. “On”. *Slavic Review* 12, no. 2 (2001): 5. "
            'DOI <a href="https://doi.org/10.1/x_y">10.1/x_y</a>.',
        ),
        (
            """@incollection{t, author={Tromly, Benjamin}, title={Reinventing Collaboration},
            booktitle={Traitors}, editor={Grinchenko, G. and Narvselius, E.}, pages={87-111},
            address={Cham}, publisher={Palgrave}, year=2018}""",
            "Tromly, Benjamin. “Reinventing Collaboration”. In *Traitors*, edited by G. Grinchenko and "
            "E. Narvselius, 87–111. Cham: Palgrave, 2018.",
        ),
        (
            """@thesis{a, author={Александров, К. М.}, title={Генералитет}, type={phdthesis},
            school={РАН}, year=2016, pagetotal=1136}""",
            "Александров, К. М. [Aleksandrov, K. M.]. *Генералитет* [*Generalitet*]. PhD thesis. "
            "РАН [RAN], 2016. 1136 pp.",
        ),
        (
            """@book{s, author={Strik-Strikfeldt, Wilfried}, title={Gegen Stalin und Hitler}, edition={2. Aufl.},
            translator={Footman, David and Smith, J.}, series={Memoirs}, number=51, volumes=2, year=1970}""",
            "Strik-Strikfeldt, Wilfried. *Gegen Stalin und Hitler.* Translated by David Footman and J. Smith. "
            "2. Aufl. 2 vols. Memoirs 51. 1970.",
        ),
        (
            """@book{g, editor={Артизов, Андрей}, title={Генерал Власов}, edition=3, address={Москва},
            year=2015, isbn={978-5-8243-1989-7}, note={Изд. 2-е: Посев, 2001}}""",
            "Артизов, Андрей [Artizov, Andrej], ed. *Генерал Власов* [*General Vlasov*]. 3rd ed. "
            "Москва [Moskva], 2015. Изд. 2-е: Посев [Izd. 2-e: Posev], 2001. ISBN 978-5-8243-1989-7.",
        ),
        (
            "@misc{w, title={Der Fall}, langid={german}, url={https://example.org/a_b}, urldate={2020-01-02}}",
            '<a href="https://example.org/a_b">https://example.org/a_b</a> (seen 2020-01-02).',
        ),
        ("@book{t, author={A, B. and C, D. and others}, title={T}, year=1}", "A, B., D. C, et al. *T.* 1."),
        (
            "@misc{s, title={[Letter]}, langid={russian}, howpublished={Прага, 3 May}, year=1945}",
            "[Letter]. Прага [Praga], 3 May 1945.",
        ),
        ("@misc{n, title={Клуб «Заря»}, year=1}", "«Клуб „Заря“» [Klub „Zarâ“]. 1."),
        (
            "@book{e, title={T}, pagetotal={xvi, 5?}, volume={1?}, year={1974?}}",
            "*T.* Vol. 1? 1974? xvi, 5? pp.",
        ),
        (
            r"@book{m, title={A}, publisher={Музей «Заря»}, year=1, note={See \emph{Дом B}, \emph{C} d}}",
            "Музей «Заря» [Muzej «Zarâ»], 1. See *Дом* [Dom]* B*, *C* d.",
        ),
        (r"@misc{q, note={{\emph{C} d}}}", "C d."),
        ("@pamphlet{p, title={Sits Like a Book}, year=1950}", "*Sits Like a Book.* 1950."),
    ],
)
def test_an_entry_is_set_by_its_type(bib: str, expected: str) -> None:
    assert text(bib).endswith(expected)


def test_a_title_says_its_language() -> None:
    [(_, entry)] = entries(
        "@book{b, title={Der Fall}, langid={german}, note={From \\emph{\\foreignlanguage{french}{La chute}}}}"
    )
    assert "*<language-de>Der Fall</language-de>" in entry
    assert "From *<language-fr>La chute</language-fr>*" in entry


def test_a_title_in_english_or_supplied_says_none() -> None:
    for fields in ("title={The Fall}, langid={british}", "title={[A letter]}, langid={german}"):
        [(_, entry)] = entries(f"@misc{{b, {fields}}}")
        assert "<language" not in entry


def test_titles_stand_in_the_quotation_marks_of_their_language() -> None:
    assert text("@misc{w, title={Der Fall}, langid={german}}").startswith("„Der Fall“.")


@pytest.mark.parametrize("kind", ["book", "article", "incollection", "thesis", "misc", "unheard-of"])
def test_what_is_lacking_is_not_spoken_of(kind: str) -> None:
    printed = text(f"@{kind}{{lone}}")
    assert "missing" not in printed
    assert "None" not in printed


STYLES = {scheme: style_for(scheme)() for scheme in SCHEMES}
FIELDS = st.sampled_from(
    ["title", "year", "journal", "booktitle", "publisher", "pages", "volume", "edition", "url"]
)
WORDS = st.text(alphabet="Аяж aZ1.-–,«»“”:()", max_size=12)


@given(
    st.sampled_from(["book", "article", "incollection", "thesis", "misc"]),
    st.dictionaries(FIELDS, WORDS),
    st.lists(st.text(alphabet="Аяж aZ.-", min_size=1, max_size=9), max_size=4),
    st.sampled_from(sorted(SCHEMES)),
)
def test_no_entry_makes_the_style_fail(
    kind: str, fields: dict[str, str], people: list[str], scheme: str
) -> None:
    persons = {"author": [Person(name.strip() or "A") for name in people]}
    data = BibliographyData(entries={"k": Entry(kind, fields, persons)})
    [entry] = STYLES[scheme].format_bibliography(data)
    assert re.search("[А-я]", entry.label) is None
    assert entry.label


LIBRARY = """
@book{a, author={Müller, R.}, title={B}, year=2007}
@book{b, author={Щербаков, И.}, title={C}, year=2007}
@book{c, author={Artz, A.}, title={D}, year=2000}
@book{d, author={Артемьев, В. П.}, title={E}, year=1974}
@book{e, author={von der Goltz, R.}, title={F}, year=1920}
@book{f, title={The Vlasov Case: History of a Betrayal}, year=2020}
@book{g, author={Ærø, K.}, title={G}, year=1999}
@book{h, author={Александров, К. М.}, title={Мифы}, year=2010}
@book{i, author={Александров, К. М.}, title={Армия}, year=2006}
@book{j, author={Александров, К. М.}, title={Офицеры}, year=2006}
@book{k, author={Катусев, А. and Оппоков, В.}, title={K}, year=1990}
@book{l, author={A, B. and C, D. and E, F.}, title={L}}
"""


def test_labels_are_latin_and_in_one_order_whatever_the_script() -> None:
    assert labels(LIBRARY) == [
        "A et al.",
        "Ærø 1999",
        "Aleksandrov 2006a",
        "Aleksandrov 2006b",
        "Aleksandrov 2010",
        "Artemʹev 1974",
        "Artz 2000",
        "von der Goltz 1920",
        "Katusev and Oppokov 1990",
        "Müller 2007",
        "Ŝerbakov 2007",
        "Vlasov Case 2020",
    ]


def test_a_name_stands_before_a_title_or_name_that_goes_on_after_it() -> None:
    bib = """@book{a, title={The Vlasov Case}, year=2020}
    @book{b, author={Власов, А. А. and Боярский, В. И.}, title={B}, year=1942}
    @book{c, author={Власов-Волков, А.}, title={C}, year=1900}
    @book{d, author={Власов, П.}, title={D}, year=2000}"""
    assert labels(bib) == [
        "Vlasov and Boârskij 1942",
        "Vlasov 2000",
        "Vlasov Case 2020",
        "Vlasov-Volkov 1900",
    ]


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Émigré", "emigre"), ("Щука", "suka"), ("Strik-Strikfeldt", "strik strikfeldt"), ("Артемьев", "artemev"),
     ("Straße", "strasse"), ("Łódź", "lodz"), ("O’Neill, J.", "oneill j")],
)  # fmt: skip
def test_names_are_folded_for_sorting(name: str, folded: str) -> None:
    assert fold(name, "iso9") == folded


def test_works_without_a_year_are_told_apart_by_their_short_titles() -> None:
    bib = """@book{a, author={Смыслов, О.}, title={Плен. Жизнь}, shorttitle={Плен}}
    @book{b, author={Смыслов, О.}, title={Портрет}, shorttitle={Портрет}}
    @book{c, author={Fritz, S.}, title={Ostkrieg}}"""
    assert labels(bib) == ["Fritz", "Smyslov: Plen", "Smyslov: Portret"]


def test_what_stands_between_the_parts_is_said_in_the_language_of_the_edition():
    bib = """@book{x, editor = {Meier, Anna and Schmidt, Bernd and Roth, Clara}, title = {Quellen}, edition = {2},
        volumes = {3}, address = {Wien}, publisher = {Verlag}, year = {1990}, pagetotal = {200},
        url = {https://a.b}, urldate = {2026-01-01}}
        @incollection{y, author = {Weiß, Emil}, title = {Ein Aufsatz}, booktitle = {Ein Buch}, editor = {Roth, Clara},
        year = {1991}, pages = {1--9}}"""
    voice, _ = voice_for("de", own_catalogues())
    made = style_for(DEFAULT, voice)().format_bibliography(parse_string(bib, "bibtex"))
    said = {entry.key: entry.text.render_as("text") for entry in made}
    assert said == {
        "x": "Meier, Anna, Bernd Schmidt und Clara Roth (Hrsg.). Quellen. 2. Aufl. 3 Bde. Wien: Verlag, 1990. 200 S. "
        "https://a.b (eingesehen 2026-01-01).",
        "y": "Weiß, Emil. „Ein Aufsatz“. In: Ein Buch, hrsg. von Clara Roth, 1–9. 1991.",
    }
