"""What fuzzing has reached and what it has found: every input that is kept is read without a fault."""

from __future__ import annotations

import pytest
from fuzzing import CORPUS, TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_that_is_kept_breaks_what_reads_it(name: str) -> None:
    inputs = sorted((CORPUS / name).iterdir())
    assert inputs
    for path in inputs:
        TARGETS[name](path.read_bytes())
