"""Build the edition: ``build.py html``, ``epub``, ``tei``, ``variants``, ``pdf`` (:mod:`variants` for other papers), ``offprints``, ``site``.

``proof`` is the book as a proof sheet, set upon what the last one has left, which says on every page that it is one.
``site`` is the pages with what else is built and up to date offered on them and put beside them; ``html``
is the pages alone, which offer nothing.

Nothing is built when nothing has changed: each output keeps digests of all that it was
made from (contents, not times of change, so that a fresh checkout or a removed file is
seen for what it is). Changed text is built upon the documents read before; changed code,
settings or packages, another Python, and any build that did not end well begin afresh.
The last matters most: Sphinx does not repeat the warnings of documents that it does not
read again, so a build that failed must forget them, or it would pass the second time.

What a step makes stands in a folder of its own until it is proved. A build that fails leaves
the outputs as the last proved build left them.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from settling import forget, kept, settled
from steps import BUILD, ROOT, StepError, guarded, named, put, run, say, where_tex_looks
from variants import Variant, variant

NAME = "the-russian-liberation-movement"
# Beside the pages and the bibliographies: the files that pages include or offer.
OFFERED = ("CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSES", "tests/test_essay.py")
TEXT = ("source", "bib", *OFFERED)
CODE = (
    "apparatus",
    "conf.py",
    "requirements.lock",
    "tools/build.py",
    "tools/settling.py",
    "tools/variants.py",
)
DOCTREES = BUILD / "doctrees"  # outside every output: the EPUB builder would pack them
PROVED = DOCTREES / "proved"  # stands while all that was read was read without a warning
STEPS = ("html", "epub", "tei", "variants", "pdf", "proof", "offprints", "site")
DOWNLOADS = BUILD / "downloads.json"  # what the pages offer
CONCORDANCE = BUILD / "pdf" / "concordance.json"  # where everything stands in the PDF; the pages quote it
UNRELEASED = (
    "the text is no longer that of the published version; say what you changed below a heading “## [Unreleased]” "
    "in CHANGELOG.md, and the version has a plus behind it"
)
# Three runs are the rule. Where a foot runs over to a later page it may take more until all numbers stand still.
MOST_RUNS = 12
# What is one file or a few: how it is called, and the endings; the last is that by which the step is up to date.
FILES = {
    "epub": ("the book", ("epub",)),
    "tei": ("the file", ("xml",)),
    "variants": ("the tables", ("json", "nex", "schema.json", "csv")),
}
OF_ENTRY = re.compile(r"[^\t]*-[^\W\d_]+[0-9]+\t")
PROOF_SHEET = r"\def\critproofsheet{}"


def files(inputs: tuple[str, ...]) -> Iterator[Path]:
    """The files an output is made from; what editors and Python leave behind is none."""
    for name in inputs:
        path = ROOT / name
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "__pycache__")) for part in file.relative_to(ROOT).parts)
            if file.is_file() and not hidden and not file.name.endswith("~"):
                yield file


def digests(epoch: str) -> dict[str, str]:
    """What decides whether to build (``text``) and whether to begin afresh (``code``)."""
    code, text = (
        hashlib.sha256(f"{sys.version}\n{sys.prefix}\n{epoch}\n{os.environ.get('BASE', '')}".encode()),
        hashlib.sha256(),
    )
    for file in files(CODE):
        code.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    for file in files(TEXT):
        code.update(f"{file.relative_to(ROOT)}\0".encode())  # a page that is gone leaves its output behind
        text.update(f"{file.relative_to(ROOT)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return {"code": code.hexdigest(), "text": text.hexdigest()}


def last_change() -> str:
    """The time of the commit that is built, in seconds; the date of every output.

    Not of the last commit that touched a source: a clone without history does not know it.
    Without git (an unpacked archive, whose files have the time of its commit) the newest file has it.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        if not re.fullmatch(r"\d{1,11}", epoch):
            raise StepError(
                f"SOURCE_DATE_EPOCH is “{epoch[:40]}”; it is a number of seconds, such as 1764288000"
            )
        return epoch
    trusted = f"safe.directory={ROOT}"  # the checkout may belong to another user, in a container
    command = ["git", "-c", trusted, "log", "-1", "--format=%ct"]
    try:
        commit = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        commit = ""
    return commit or str(max(int(file.stat().st_mtime) for file in files((*TEXT, *CODE))))


def settings(epoch: str) -> dict[str, str]:
    """The environment in which the same sources give the same bytes, and long log lines stay whole."""
    fixed = {"SOURCE_DATE_EPOCH": epoch, "FORCE_SOURCE_DATE": "1", "TZ": "UTC", "LATEXOPTS": ""}
    # No reader's locale: it may name one that is not installed, and it decides what months are called.
    fixed |= {"LC_ALL": "C", "LANG": "C", "LANGUAGE": "", "PYTHONUTF8": "1"}
    # TeX's own files and those below the folder in which it runs; no others are read or written.
    fixed |= {"openin_any": "p", "openout_any": "p"}
    whole = {"max_print_line": "10000", "error_line": "254", "half_error_line": "238"}
    return {**os.environ, **fixed, **whole, **where_tex_looks()}


def sphinx(step: str, builder: str, output: Path, env: dict[str, str], *options: str) -> None:
    """Run one Sphinx builder; any warning fails the build, after all of them have been shown."""
    PROVED.unlink(missing_ok=True)
    warnings = BUILD / "log" / f"{step}-warnings.log"
    warnings.parent.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [sys.executable, "-m", "sphinx", "-b", builder, "-c", ".", "-d", DOCTREES]
    if base := os.environ.get("BASE"):  # the address at which the pages will stand
        command += ["-D", f"html_baseurl={base}"]
    command += ["-j", "auto", "-W", "--keep-going", "-n", "-q", "-w", warnings, *options, "source", output]
    code, fault = relayed([*command, "--color"] if sys.stderr.isatty() else command, env, warnings)
    if code:
        shutil.rmtree(DOCTREES, ignore_errors=True)
        reason = fault or f"mend what is reported above, then run make {step} again"
        raise StepError(f"not built: {reason} (log: {named(warnings)})")
    PROVED.touch()


#: Where Sphinx stops reporting faults of the edition and begins to show a fault of a program.
BROKEN = re.compile(r"--- Logging error ---|Traceback \(most recent call last\)|Versions$|Exception occurred")


def relayed(command: list[str | Path], env: dict[str, str], log: Path) -> tuple[int, str]:
    """Run Sphinx and pass on what it reports, but no traceback; gives the exit code and what broke, if anything did."""
    broken: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stderr or ():
            if broken or BROKEN.match(line):
                broken.append(line)
            else:
                print(line, end="", file=sys.stderr, flush=True)
    if broken:
        with log.open("a", encoding="utf-8") as record:
            record.writelines(broken)
    return process.returncode, what_broke("".join(broken)) if broken else ""


def what_broke(traceback: str) -> str:
    """The cause that a traceback names, in a sentence: of the system, or of a program."""
    causes = re.findall(r"^\s*(?:[\w.]+\.)?(\w+(?:Error|Exception|Interrupt)\b.*)$", traceback, re.MULTILINE)
    cause = causes[-1] if causes else "no cause is named"
    if refusal := re.match(r"\w+: \[Errno \d+\] (.*)", cause):
        return f"the system says “{refusal[1]}”; see to that, then run make again"
    return f"this is a fault of the program, please report it: {cause}"


def first_error(log: Path) -> str:
    """The first error of a TeX log, on one line; an error of our class says in full what is missing."""
    text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
    if ours := re.search(r"Class crit Error: (.*?)\n\n", text, re.DOTALL):
        return " ".join(re.sub(r"\n\(crit\)", " ", ours[1]).split())
    found = re.search(r"^(?:! |\S+?:\d+: )(.*)$", text, re.MULTILINE)
    return found[1].strip() if found else "no error is named in the log"


def typeset(folder: Path, env: dict[str, str], before: str = "") -> Path:
    """Run LuaLaTeX until the line numbers stand still; give the PDF. TeX reads *before* first."""
    say("pdf", "typesetting with LuaLaTeX, as often as the line numbers need")
    settled(partial(one_run, folder, env, before), partial(kept, folder, NAME), MOST_RUNS)
    check_print(folder)
    return folder / f"{NAME}.pdf"


def one_run(folder: Path, env: dict[str, str], before: str) -> None:
    """Set the book once. TeX has no shell, and no rc file is read, which would run as a program."""
    log = BUILD / "log" / "lualatex.log"
    options = ("--no-shell-escape", "--interaction=nonstopmode", "--file-line-error", f"--jobname={NAME}")
    command = ["lualatex", *options, rf"{before}\input{{{NAME}.tex}}"]
    code, _ = run("pdf", command, log, r"crit page \w+|\[\d+", cwd=folder, env=env)
    if code:
        where = where_it_stopped(folder)
        fault = first_error(folder / f"{NAME}.log")
        raise StepError(f"not built: {where}LuaLaTeX says “{fault}” (log: {named(log)})")
    if (folder / f"{NAME}.idx").is_file():
        index = ["makeindex", "-q", "-s", "python.ist", "-o", f"{NAME}.ind", f"{NAME}.idx"]
        code, said = run("pdf", index, BUILD / "log" / "makeindex.log", r"^$", cwd=folder, env=env)
        if code:
            raise StepError(f"not built: makeindex says “{said.strip()[-200:]}”")


def where_it_stopped(folder: Path) -> str:
    """The file and line of the source that LaTeX was at when it stopped."""
    sys.path.insert(0, str(ROOT))
    from apparatus.latex_log import error_of_print

    error = error_of_print(folder, NAME)
    return f"{error.origin}: " if error and error.origin else ""


def check_print(folder: Path) -> None:
    """Let nothing pass that is lost, on top of something else or an empty box in the book."""
    sys.path.insert(0, str(ROOT))
    from apparatus.latex_log import faults_of_print

    faults = faults_of_print(folder, NAME)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        raise StepError(f"not built: mend what is reported above (log: {named(folder / f'{NAME}.log')})")


def build_html(env: dict[str, str], afresh: bool) -> None:
    """The edition for the screen; unless *afresh*, upon the pages that stand, which are copied for that."""
    folder, output = BUILD / "html-pages", output_of("html", Variant()).parent
    shutil.rmtree(folder, ignore_errors=True)
    restored(output)
    if output.is_dir() and not afresh:
        shutil.copytree(output, folder)  # with their times, by which Sphinx knows what to write again
    say("html", "reading the source, proving the apparatus, writing the pages")
    try:
        sphinx("html", "html", folder, env)
        put_in_place(folder, output)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(folder: Path, output: Path) -> None:
    """Let a folder that is proved be the output; there is no time at which half of it stands there."""
    before = restored(output)
    shutil.rmtree(before, ignore_errors=True)
    if output.exists():
        output.rename(before)
    folder.rename(output)
    shutil.rmtree(before, ignore_errors=True)


def restored(output: Path) -> Path:
    """Put back what a build that was killed in the midst of it had moved aside; gives where that would be."""
    before = output.with_name(f"{output.name}-before")
    if before.is_dir() and not output.exists():
        before.rename(output)
    return before


def build_files(step: str, env: dict[str, str]) -> None:
    """What Sphinx alone makes: the book for reading programs, the file of TEI, the tables of variants."""
    folder, output = BUILD / f"{step}-files", output_of(step, Variant())
    shutil.rmtree(folder, ignore_errors=True)
    what, endings = FILES[step]
    say(step, f"reading the source, proving the apparatus, writing {what}")
    sphinx(step, step, folder, env)
    for ending in endings:
        put((folder / f"{NAME}.{ending}").read_bytes(), output.with_name(f"{NAME}.{ending}"))


def build_pdf(env: dict[str, str], book: Variant) -> None:
    """The edition on paper. Always typeset from nothing: old line numbers are never a start."""
    folder = BUILD / f"latex{book.suffix}"
    shutil.rmtree(folder, ignore_errors=True)
    say("pdf", "reading the source, proving the apparatus, writing the LaTeX")
    sphinx("pdf", "latex", folder, env, *book.settings)
    pdf, output = typeset(folder, env), output_of("pdf", book)
    put(pdf.read_bytes(), output)
    if book == Variant():  # the PDF of record: its pages are quoted
        sys.path.insert(0, str(ROOT))
        from apparatus.concordance import from_aux, write_concordance

        aux = pdf.with_suffix(".aux").read_text(encoding="utf-8", errors="replace")
        put(write_concordance(from_aux(aux)).encode(), CONCORDANCE)


def build_proof(env: dict[str, str]) -> None:
    """The book as a proof sheet: set upon what the last one has left, or from nothing where that is of no use."""
    folder = BUILD / "latex-proof"
    say("proof", "reading the source, proving the apparatus, writing the LaTeX")
    sphinx("proof", "latex", folder, env)
    pdf = None
    if kept(folder, NAME) != kept(folder / "nothing", NAME):
        with suppress(StepError):
            pdf = typeset(folder, env, PROOF_SHEET)
    if pdf is None:
        forget(folder, NAME)
        pdf = typeset(folder, env, PROOF_SHEET)
    put(pdf.read_bytes(), output_of("proof", Variant()))


def pages_of(book: Variant) -> int:
    """How many pages a book has, as LuaLaTeX counted them; 0 if its log is gone."""
    log = BUILD / f"latex{book.suffix}" / f"{NAME}.log"
    text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
    found = re.findall(r"^Output written on .*?\((\d+) pages?", text, re.MULTILINE)
    return int(found[-1]) if found else 0


def offers(now: dict[str, str]) -> list[dict[str, str]]:
    """What is built of this very text and can be offered: the book, the EPUB, the TEI, offprints of sections."""
    wanted = [(kind, kind, Variant()) for kind in ("epub", "pdf", "tei", "variants")]
    wanted += [("offprint", "pdf", Variant(section=section)) for section in sections()]
    found = []
    for kind, step, book in wanted:
        output, record = output_of(step, book), BUILD / ".made" / f"{step}{book.suffix}.json"
        if output.is_file() and stored(record) == now:
            pages = {"pages": str(pages_of(book))} if step == "pdf" else {}
            others = [output.with_name(f"{NAME}.{ending}") for ending in FILES.get(step, ("", ()))[1][:-1]]
            found += [
                {"kind": kind, "file": str(file.relative_to(BUILD)), "section": book.section, **pages}
                for file in (*filter(Path.is_file, others), output)
            ]
    return found


def sections() -> list[str]:
    """The sections of the text that can be printed by themselves; none before the pages are built."""
    record = BUILD / "sections.txt"
    return record.read_text(encoding="utf-8").splitlines() if record.is_file() else []


def check_offered() -> None:
    """See that every file that the pages offer stands beside them."""
    folder = output_of("html", Variant()).parent
    for one in json.loads(DOWNLOADS.read_text(encoding="utf-8")):
        if not (folder / Path(one["file"]).name).is_file():
            raise StepError(
                f"the pages offer {Path(one['file']).name}, which is not beside them; please report it"
            )


def new_under_an_old_number() -> bool:
    """Whether the text is no longer what was published, but the version has no plus: two texts would be cited alike."""
    built, published = BUILD / "anchors.tsv", ROOT / "source" / "anchors.tsv"
    if not (built.is_file() and published.is_file()) or passages_in(built) == passages_in(published):
        return False
    return "## [Unreleased]" not in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def passages_in(record: Path) -> list[str]:
    """The lines of a record of anchors that are of passages: the others are of entries and notes, 2.3-a1."""
    return [line for line in record.read_text(encoding="utf-8").splitlines() if not OF_ENTRY.match(line)]


def output_of(step: str, book: Variant) -> Path:
    """The file that a step makes."""
    if step == "html":
        return BUILD / "html" / "index.html"
    if step == "proof":
        return BUILD / step / f"{NAME}-proof.pdf"
    return BUILD / step / f"{NAME}{book.suffix}.{FILES[step][1][-1] if step in FILES else step}"


def stored(path: Path) -> dict[str, str]:
    """The digests of an earlier build; nothing if there was none or the file is not whole."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def build(step: str) -> None:
    """Build one output, if anything it is made from has changed."""
    epoch = last_change()
    now, book, listed = digests(epoch), variant(os.environ) if step == "pdf" else Variant(), None
    if step == "site":
        listed, step = json.dumps(offers(now)), "html"
    output = output_of(step, book)
    if step == "html" and CONCORDANCE.is_file():
        now["printed"] = hashlib.sha256(CONCORDANCE.read_bytes()).hexdigest()
    if listed is not None:
        now["offers"] = listed
    record, read = BUILD / ".made" / f"{step}{book.suffix}.json", BUILD / ".made" / "read.json"
    before = stored(record)
    if before == now and output.is_file():
        say(step, f"{named(output)} is up to date")
        return
    started = time.monotonic()
    record.parent.mkdir(parents=True, exist_ok=True)
    record.unlink(missing_ok=True)
    if not PROVED.is_file() or stored(read).get("code") != now["code"]:
        shutil.rmtree(DOCTREES, ignore_errors=True)
    read.write_text(json.dumps(now), encoding="utf-8")
    if step == "html":
        put((listed or "[]").encode(), DOWNLOADS)
        build_html(settings(epoch), afresh=before.get("code") != now["code"])
        if new_under_an_old_number():
            say("html", UNRELEASED)
    elif step in FILES:
        build_files(step, settings(epoch))
    elif step == "proof":
        build_proof(settings(epoch))
    else:
        build_pdf(settings(epoch), book)
    record.write_text(json.dumps(now), encoding="utf-8")
    say(step, f"{named(output)} is built ({time.monotonic() - started:.0f} s)")


def main() -> None:
    """Build what the command line names."""
    if len(sys.argv) != 2 or sys.argv[1] not in STEPS:
        raise StepError(f"usage: build.py {'|'.join(STEPS)}")
    if not any(files(TEXT)):
        raise StepError("there is nothing to build: the folder source is empty or missing")
    step = sys.argv[1]
    if step == "offprints":
        build_offprints()
        return
    build(step)
    if step == "pdf" and output_of("html", Variant()).is_file():
        # The pages say on what page and line of the book their entries stand, and offer the book if they offer anything.
        build("site" if "offers" in stored(BUILD / ".made" / "html.json") else "html")
    if step == "site":
        check_offered()


def build_offprints() -> None:
    """Print every section by itself, and offer it on the pages."""
    build("site")
    for section in sections():
        os.environ["SECTION"] = section
        build("pdf")
    build("site")
    check_offered()


if __name__ == "__main__":
    sys.exit(guarded(sys.argv[1] if len(sys.argv) > 1 else "build", main))
