"""See that the patterns are there by which the edition's languages are divided in print.

British comes with the Python packages, Russian with TeX. The distribution has others only in large
packages, which would also build TeX's formats anew: of these the files alone are taken, without
root, into .cache/texmf, where TeX looks as well (TEXMFHOME). What TeX has already is not fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from steps import BUILD, ROOT, TEXMF, StepError, run, say, where_tex_looks

sys.path.insert(0, str(ROOT))

from apparatus.hyphenation import RULES, Rules

#: The languages besides British and Russian whose words the edition has; a build names what is missing.
LANGUAGES = ("de", "la")
FOLDER = TEXMF / "tex" / "generic" / "hyph-utf8" / "patterns" / "txt"


def missing() -> list[Rules]:
    """The rules whose patterns TeX does not have."""
    env = os.environ | where_tex_looks()
    wanted = [RULES[language] for language in LANGUAGES]
    return [
        rules
        for rules in wanted
        if subprocess.run(["kpsewhich", rules.files[0]], capture_output=True, env=env, check=False).returncode
    ]


def fetch(rules: Rules) -> None:
    """Take the patterns out of the package that has them."""
    say("system", f"fetching {rules.files[0]} out of {rules.debian} (about 20 MB to fetch, 0.3 MB on disk)")
    with tempfile.TemporaryDirectory() as folder:
        command = ["apt-get", "-o", "APT::Sandbox::User=", "download", rules.debian]
        log = BUILD / "log" / "patterns.log"
        code, _ = run("system", command, log, r"^Get:.*", cwd=Path(folder))
        packages = [*Path(folder).glob("*.deb")]
        if code or not packages:
            raise StepError(
                f"{rules.debian} could not be fetched; {advice(rules)} (log: build/log/{log.name})"
            )
        unpack(packages[0], rules.files, FOLDER)


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


def advice(rules: Rules) -> str:
    """The command that installs them."""
    if shutil.which("apt-get"):
        return (
            f"install it: sudo apt-get update && sudo apt-get install --no-install-recommends {rules.debian}"
        )
    return f"install TeX Live's collection that has {rules.files[0]}"


def see_to_patterns() -> None:
    """Fetch what is missing, or say how."""
    for rules in missing():
        if not shutil.which("apt-get"):
            raise StepError(f"patterns are missing for this step; {advice(rules)}")
        fetch(rules)
