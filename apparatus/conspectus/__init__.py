"""The conspectus siglorum: who is cited, as declared in a TOML file."""

from __future__ import annotations

from apparatus.conspectus.hygiene import sigla_hygiene
from apparatus.conspectus.read import read_conspectus

__all__ = ["read_conspectus", "sigla_hygiene"]
