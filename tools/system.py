"""See that TeX (and, for the tests, a browser and two PDF tools) is there; install what is not.

Where apt-get can be run without a question (as root, or with sudo that asks for no password)
the distribution's packages are installed, after one line that says what and how large.
Everywhere else the step stops with the one command that does it. Called with the names of
what is needed: ``tex``, ``tests``. Looks for files, not for packages, so that a TeX Live
installed by hand is as good as the distribution's.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from needs import faces_for, patterns_for, texts
from patterns import see_to_patterns
from steps import BUILD, ROOT, Command, StepError, guarded, run, say
from typefaces import see_to_faces

TEX = [
    "texlive-luatex",
    "texlive-latex-recommended",
    "texlive-latex-extra",
    "texlive-humanities",  # reledmac
    "texlive-fonts-recommended",
    "texlive-lang-cyrillic",
    "latexmk",
]
FONT = ["fonts-sil-gentiumplus"]
PDF_TOOLS = ["poppler-utils", "qpdf"]
# A validator of PDF/A (PDFBox Preflight), what it needs and what its packages do not ask for.
VALIDATOR = ["libpdfbox2-java", "libjaxb-api-java", "libactivation-java", "libcommons-io-java"]
SHELL = "chromium-headless-shell"  # Chromium without windows: a third of its work, the same pages
DRIVER = ["libatomic1"]  # Playwright's own node needs it, and a minimal system has none

JARS = (
    "preflight",
    "pdfbox2",
    "fontbox2",
    "xmpbox",
    "commons-logging",
    "jaxb-api",
    "javax.activation",
    "commons-io",
)
PROGRAMS = ("lualatex", "latexmk", "kpsewhich")
# One file of each collection that the edition's class and Sphinx's own style draw upon.
STYLES = ("reledmac.sty", "fontspec.sty", "polyglossia.sty", "tabulary.sty", "luatex85.sty", "t2aenc.def")
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)
FONT_FILES = ("GentiumPlus-Regular.ttf", "GentiumPlus-R.ttf")
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Where Playwright keeps a browser of its own, and what that is called.
OWN_FOLDERS = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
OWN_BROWSERS = ("chrome-headless-shell", "headless_shell", "chrome")

OTHER_SYSTEMS = {
    "brew": "brew install --cask mactex-no-gui && brew install poppler qpdf",
    "dnf": (
        "sudo dnf install latexmk poppler-utils qpdf libatomic texlive-gentium-tug "
        "texlive-collection-{luatex,latexrecommended,latexextra,humanities,fontsrecommended,langcyrillic,langgerman}"
    ),
    "pacman": (
        "sudo pacman -S --needed poppler qpdf ttf-gentium-plus "
        "texlive-{luatex,latexrecommended,latexextra,humanities,fontsrecommended,langcyrillic,langgerman,binextra}"
    ),
}
#: The small editions of the tests, which have languages and scripts of their own.
EDITIONS = ROOT / "tests" / "editions"
#: What is set in further scripts for the tests alone.
SPECIMENS = ROOT / "tests" / "test_print_directions.py"
#: Words of languages, divided: their patterns are needed.
DIVIDED = ROOT / "tests" / "data" / "hyphenation"
LISTS = Path("/var/lib/apt/lists")
LISTS_AGE = 24 * 3600  # seconds after which the package lists are fetched anew


def tex_missing() -> bool:
    """Whether LuaLaTeX, latexmk or one of the packages cannot be found."""
    if not all(shutil.which(program) for program in PROGRAMS):
        return True
    found = subprocess.run(["kpsewhich", *STYLES], capture_output=True, text=True, check=False).stdout
    return len(found.split("\n")) - 1 < len(STYLES)


def font_missing() -> bool:
    """Whether Gentium Plus stands neither in the system's font folders nor in TeX's."""
    for folder in FONT_FOLDERS:
        if any(next(Path(folder).expanduser().rglob(name), None) for name in FONT_FILES):
            return False
    if not shutil.which("kpsewhich"):
        return True
    return not subprocess.run(["kpsewhich", *FONT_FILES], capture_output=True, check=False).stdout


def jar(name: str) -> Path | None:
    """A Java archive of the distribution, if it is there."""
    path = Path("/usr/share/java") / f"{name}.jar"
    return path if path.is_file() else None


def find_browser() -> str | None:
    """The Chromium that the tests run: of the distribution, without windows if it is there; else Playwright's own."""
    own = (
        str(path)
        for folder in OWN_FOLDERS
        for name in OWN_BROWSERS
        for path in Path(folder).expanduser().glob(f"chromium*/*/{name}")
    )
    return next(filter(None, map(shutil.which, BROWSERS)), None) or next(own, None)


def browser_missing() -> bool:
    """Whether there is no Chromium, or not the faster one where it can be installed without a question."""
    if shutil.which("apt-get") and not chromium_is_a_snap() and privilege() is not None:
        return not shutil.which(SHELL)
    return find_browser() is None


def driver_library_missing() -> bool:
    """Whether the library is not there that Playwright's program is linked with (Linux only)."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return True
    return False


def missing(needs: list[str]) -> list[str]:
    """The packages, by their Debian names, for what is needed and is not there."""
    packages: list[str] = []
    if "tex" in needs:
        packages += TEX if tex_missing() else []
        packages += FONT if font_missing() else []
    if "tests" in needs:
        packages += [] if all(map(shutil.which, ("pdftotext", "pdfinfo", "qpdf"))) else PDF_TOOLS
        packages += VALIDATOR if shutil.which("apt-get") and not all(map(jar, JARS)) else []
        packages += [SHELL] if browser_missing() else []
        packages += DRIVER if driver_library_missing() else []
    return packages


def chromium_is_a_snap() -> bool:
    """Whether the distribution's chromium is no package but a pointer to a snap (Ubuntu)."""
    release = Path("/etc/os-release")
    return release.is_file() and bool(re.search(r"^ID=ubuntu$", release.read_text(), re.MULTILINE))


def privilege() -> list[str] | None:
    """What to put before apt-get so that it may install without a question; None if nothing will do."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
    ):
        return ["sudo", "-n"]
    return None


def advice(packages: list[str]) -> str:
    """The one command that installs what is missing, for the system at hand."""
    if shutil.which("apt-get"):
        update = "" if any(LISTS.glob("*_Packages*")) else "sudo apt-get update && "
        return f"{update}sudo apt-get install --no-install-recommends {' '.join(packages)}"
    for manager, command in OTHER_SYSTEMS.items():
        if shutil.which(manager):
            return command
    return "install TeX Live with reledmac, the font Gentium Plus, poppler and qpdf"


class Apt:
    """apt-get, run so that it never asks."""

    def __init__(self, prefix: list[str]) -> None:
        quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C"]
        self.command = [*prefix, *quiet, "apt-get", "-o", "DPkg::Lock::Timeout=600"]

    def update(self) -> None:
        """Fetch the package lists."""
        say("system", "fetching the package lists (apt-get update)")
        code, output = run(
            "system", [*self.command, "update"], BUILD / "log" / "apt-update.log", r"^(?:Get|Hit):.*"
        )
        if code:
            raise StepError(f"apt-get update failed: {last_error(output)} (log: build/log/apt-update.log)")

    def size(self, packages: list[str]) -> str | None:
        """What the installation would fetch and take, in apt's words; None if it cannot be planned."""
        plan = [*self.command, "--assume-no", "install", "--no-install-recommends", *packages]
        output = subprocess.run(
            plan, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        ).stdout
        fetched = re.search(r"Need to get (?:[\d.,]+ \w+/)?([\d.,]+ \w+) of archives", output)
        taken = re.search(r"([\d.,]+ \w+) (?:of additional disk space|disk space will be freed)", output)
        return f"{fetched[1]} to fetch, {taken[1]} on disk" if fetched and taken else None

    def install(self, packages: list[str]) -> None:
        """Install, saying first what and how large."""
        newest = max((path.stat().st_mtime for path in LISTS.glob("*_Packages*")), default=0.0)
        if time.time() - newest > LISTS_AGE:
            self.update()
        size = self.size(packages)
        if size is None:
            self.update()
            size = self.size(packages) or "size unknown"
        say("system", f"installing {' '.join(packages)} ({size})")
        started, log = time.monotonic(), BUILD / "log" / "apt-install.log"
        command = [*self.command, "--yes", "install", "--no-install-recommends", *packages]
        code, output = run("system", command, log, r"^(?:Get:\d+|Unpacking|Setting up) .{0,60}")
        if code:
            raise StepError(f"apt-get install failed: {last_error(output)} (log: build/log/apt-install.log)")
        say("system", f"installed in {time.monotonic() - started:.0f} s")


def last_error(output: str) -> str:
    """The last line in which apt says what is wrong."""
    errors = [line for line in output.splitlines() if line.startswith(("E:", "W:"))]
    return errors[-1] if errors else "no reason given"


def playwright_browser(prefix: list[str] | None) -> None:
    """Let Playwright fetch its own Chromium, where the distribution has none to install."""
    say("system", "fetching Chromium for the tests (about 120 MB)")
    system_libraries = ["--with-deps"] if prefix is not None and shutil.which("apt-get") else []
    command: Command = [
        ROOT / ".venv" / "bin" / "python",
        "-m",
        "playwright",
        "install",
        *system_libraries,
        SHELL,
    ]
    log = BUILD / "log" / "browser.log"
    code, _ = run("system", command, log, r"Downloading .{0,60}|\d+% of .*|Setting up .{0,60}")
    if code:
        raise StepError(
            "Chromium could not be fetched; install chromium by hand (log: build/log/browser.log)"
        )


def main() -> None:
    """Install what is missing, or say how."""
    install(missing(sys.argv[1:]))
    if "tex" in sys.argv[1:]:
        editions = [ROOT, *(sorted(EDITIONS.iterdir()) if "tests" in sys.argv[1:] else [])]
        words = list(texts(editions))
        words += list(specimens()) if "tests" in sys.argv[1:] else []
        see_to_patterns(patterns_for(words))
        see_to_faces(faces_for(words))


def specimens() -> Iterator[str]:
    """What the tests set besides their editions: letters of other scripts, and words of languages, a file each."""
    yield SPECIMENS.read_text(encoding="utf-8")
    yield from (f"lang: {file.stem}" for file in sorted(DIVIDED.glob("*.txt")))


def install(packages: list[str]) -> None:
    """Install packages of the distribution, or say how."""
    if not packages:
        return
    prefix = privilege()
    apt_can = shutil.which("apt-get") is not None and prefix is not None
    own_browser = SHELL in packages and (chromium_is_a_snap() or not shutil.which("apt-get"))
    if own_browser:
        packages.remove(SHELL)
    if packages and not apt_can:
        raise StepError(
            f"packages are missing for this step; install them and run make again: {advice(packages)}"
        )
    if packages:
        Apt(prefix or []).install(packages)
    if own_browser:
        playwright_browser(prefix)


if __name__ == "__main__":
    sys.exit(guarded("system", main))
