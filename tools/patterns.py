"""See that the patterns are there by which the edition's languages are divided in print.

British comes with the Python packages, Russian with TeX. The distribution has others only in large
packages, which would also build TeX's formats anew: of these the files alone are taken, without
root, into .cache/texmf, where TeX looks as well (TEXMFHOME). What TeX has already is not fetched.
Which languages an edition has is found by :mod:`needs`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from steps import BUILD, TEXMF, StepError, run, say, where_tex_looks

from apparatus.hyphenation import Rules

#: How large the packages are that have to be fetched, in megabytes.
SIZES = {
    **{"texlive-lang-european": 16, "texlive-lang-german": 21, "texlive-lang-other": 34},
    **{"texlive-lang-greek": 78},
}
FOLDER = TEXMF / "tex" / "generic" / "hyph-utf8" / "patterns" / "txt"


def missing(wanted: Iterable[Rules]) -> list[Rules]:
    """The rules whose patterns TeX does not have."""
    env = os.environ | where_tex_looks()
    return [
        rules
        for rules in wanted
        if subprocess.run(["kpsewhich", rules.files[0]], capture_output=True, env=env, check=False).returncode
    ]


def fetch(package: str, sets: list[Rules]) -> None:
    """Take the patterns of languages out of the package that has them, which is fetched once for all."""
    names, size = [rules.files[0] for rules in sets], SIZES.get(package, "some")
    say("system", f"fetching {', '.join(names)} out of {package} ({size} MB to fetch, little on disk)")
    with fetched(package, f"TeX Live's collection that has {names[0]}") as file:
        unpack(file, tuple(name for rules in sets for name in rules.files), FOLDER)


@contextmanager
def fetched(name: str, otherwise: str) -> Iterator[Path]:
    """A package of Debian, as a file that is there for a while; where there are none, *otherwise* is to be installed."""
    if not shutil.which("apt-get"):
        raise StepError(f"something is missing for this step; {advice(name, otherwise)}")
    with tempfile.TemporaryDirectory() as folder:
        command = ["apt-get", "-o", "APT::Sandbox::User=", "download", name]
        log = BUILD / "log" / f"{name}.log"
        code, _ = run("system", command, log, r"^Get:.*", cwd=Path(folder))
        packages = [*Path(folder).glob("*.deb")]
        if code or not packages:
            raise StepError(
                f"{name} could not be fetched; {advice(name, otherwise)} (log: build/log/{log.name})"
            )
        yield packages[0]


def unpack(package: Path, names: tuple[str, ...], folder: Path) -> None:
    """Take files out of a package of Debian, by their names."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as process,
        tarfile.open(fileobj=process.stdout, mode="r|") as archive,
    ):
        for member in archive:
            name = Path(member.name).name
            if name in names and (file := archive.extractfile(member)):
                (folder / name).write_bytes(file.read())


def advice(package: str, otherwise: str) -> str:
    """The command that installs a package, or what to install instead."""
    if shutil.which("apt-get"):
        return f"install it: sudo apt-get update && sudo apt-get install --no-install-recommends {package}"
    return f"install {otherwise}"


def see_to_patterns(wanted: Iterable[Rules]) -> None:
    """Fetch what is missing, or say how."""
    by_package = attrgetter("debian")
    for package, sets in groupby(sorted(missing(wanted), key=by_package), key=by_package):
        fetch(package, list(sets))
