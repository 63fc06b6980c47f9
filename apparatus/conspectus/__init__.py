"""The conspectus siglorum: who is cited, as declared in a TOML file."""

from __future__ import annotations

from apparatus.conspectus.hygiene import entries_in_text, sigla_hygiene, sigla_of
from apparatus.conspectus.read import read_conspectus

__all__ = ["entries_in_text", "read_conspectus", "sigla_hygiene", "sigla_of"]
