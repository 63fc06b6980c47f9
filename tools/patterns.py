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


def fetch(rules: Rules) -> None:
    """Take the patterns out of the package that has them."""
    size = SIZES.get(rules.debian, "some")
    say("system", f"fetching {rules.files[0]} out of {rules.debian} ({size} MB to fetch, 0.3 MB on disk)")
    with fetched(rules.debian, f"TeX Live's collection that has {rules.files[0]}") as package:
        unpack(package, rules.files, FOLDER)


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
    for rules in missing(wanted):
        fetch(rules)
