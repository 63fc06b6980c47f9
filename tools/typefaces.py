"""See that the faces are there for the scripts in which the edition is written.

The book's own face has Latin, Greek and Cyrillic. For other scripts the files of Noto's faces are taken out of
Debian's packages, without root, into .cache/texmf, where TeX looks as well (TEXMFHOME). What TeX finds already is not
fetched.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from itertools import groupby

from patterns import fetched, unpack
from steps import TEXMF, say, where_tex_looks

from apparatus.typefaces import SIZES, Face

FOLDER = TEXMF / "fonts" / "truetype" / "noto"


def missing_faces(faces: Iterable[Face]) -> list[Face]:
    """Those whose files TeX does not find."""
    env = os.environ | where_tex_looks()
    return [
        face
        for face in faces
        if subprocess.run(["kpsewhich", face.file], capture_output=True, env=env, check=False).returncode
    ]


def see_to_faces(faces: Iterable[Face]) -> None:
    """Fetch what is missing, a package once, or say how."""
    lacking = sorted(missing_faces(faces), key=lambda face: face.debian)
    for package, of_it in groupby(lacking, key=lambda face: face.debian):
        names = tuple(face.file for face in of_it)
        say("system", f"fetching {', '.join(names)} out of {package} ({SIZES[package]} MB to fetch)")
        with fetched(package, "faces that have the letters of the edition") as archive:
            unpack(archive, names, FOLDER)
