"""A small edition with a register of names."""

from __future__ import annotations

from pathlib import Path

from building import CONF, project

TEXT = """\
# Of Stalin

The end of *Andrei* Vlasov and of KONR in London.

:::{apparatus}
Andrei ] Andrey A
:::

:::{commentary}
KONR ] Not Stalin’s London.
:::

- Власов В. П.: Первая дивизия, about [Stalin](https://example.org) and Vlasov, Vlasov.

```{toctree}
:hidden:

names
```
"""


NAMES = "# Names\n\n:::{index-of-names}\n:::\n"


REGISTER = """\
[vlasov]
name = "Vlasov, Andrei"
kind = "person"
original = "Власов, Андрей"
dates = "1901–1946"
identification = "a *general*"
forms = ["Andrei Vlasov", "Vlasov", "Власов В. П."]

[stalin]
name = "Stalin, Iosif"
kind = "person"
forms = ["Stalin"]

[konr]
name = "KONR"
kind = "organisation"
forms = ["KONR"]

[london]
name = "London"
kind = "place"
forms = ["London"]
"""


WITNESS = '[witness.A]\nname = "the first copy"\n'


WITH_NAMES = CONF + 'apparatus_register = "names.toml"\n'


def edition(
    folder: Path, text: str = TEXT, *, register: str = REGISTER, witnesses: str = WITNESS, **files: str
) -> Path:
    pages = {"names.md": NAMES, "names.toml": register, **files}
    return project(folder, text, conf=WITH_NAMES, witnesses=witnesses, **pages)
