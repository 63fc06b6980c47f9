"""The whole order of a build stands in ``schedule.py``: nothing else has a number of its own."""

from __future__ import annotations

import ast
import enum
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import apparatus.sphinxext
from apparatus.sphinxext import schedule

FOLDER = Path(apparatus.sphinxext.__file__).parent
STAGES = {
    name: stage
    for name, stage in vars(schedule).items()
    if isinstance(stage, type) and issubclass(stage, enum.IntEnum) and stage is not enum.IntEnum
}
#: The stages of which an event is not asked by name.
TRANSFORMS = {"SphinxTransform": "Transform", "SphinxPostTransform": "PostTransform"}


def sources() -> dict[str, str]:
    paths = [path for path in FOLDER.rglob("*.py") if path.name != "schedule.py"]
    return {str(path.relative_to(FOLDER)): path.read_text(encoding="utf-8") for path in paths}


def member(node: ast.expr | None) -> tuple[str, str] | None:
    """``Stage.NAME``, if that is what is written and there is such a member."""
    if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
        return None
    stage = STAGES.get(node.value.id)
    return (node.value.id, node.attr) if stage and node.attr in stage.__members__ else None


def event_of(stage: str) -> str:
    """``EnvUpdated`` → ``env-updated``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", stage).lower()


def priorities(source: str) -> Iterator[tuple[ast.AST, tuple[str, str] | None, str | None]]:
    """Each place where a priority is named or wanted: the node, its member, the stage that it must be of."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            given = [word.value for word in node.keywords if word.arg == "priority"]
            if isinstance(node.func, ast.Attribute) and node.func.attr == "connect":
                event = node.args[0].value if isinstance(node.args[0], ast.Constant) else ""
                yield node, member(given[0] if given else None), str(event)
            elif given:
                yield node, member(given[0]), "head"
        elif isinstance(node, ast.ClassDef):
            bases = [base.id for base in node.bases if isinstance(base, ast.Name) and base.id in TRANSFORMS]
            named = [
                part.value
                for part in node.body
                if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "default_priority"
            ]
            if bases or named:
                wanted = event_of(TRANSFORMS[bases[0]]) if bases else "transform"
                yield node, member(named[0] if named else None), wanted


def faults(source: str) -> list[str]:
    return [
        f"line {node.lineno}: {found} where a member of the stage {wanted!r} is wanted"  # type: ignore[attr-defined]
        for node, found, wanted in priorities(source)
        if found is None or event_of(found[0]) != wanted
    ]


def test_every_handler_and_transform_stands_where_the_schedule_says():
    assert {file: found for file, source in sources().items() if (found := faults(source))} == {}


def test_every_place_in_the_schedule_is_taken_once():
    taken = Counter(found for source in sources().values() for _, found, _ in priorities(source))
    assert taken == Counter((name, each) for name, stage in STAGES.items() for each in stage.__members__)


def test_each_stage_is_written_down_in_its_order():
    assert len(STAGES) > 10
    for stage in STAGES.values():
        assert [*stage] == sorted(stage)
        assert len(stage.__members__) == len({*stage})  # no two at one number


@pytest.mark.parametrize(
    "source",
    [
        "app.connect('env-updated', prove)",
        "app.connect('env-updated', prove, priority=510)",
        "app.connect('env-updated', prove, priority=EnvUpdated.PROOF)",
        "app.connect('doctree-read', prove, priority=EnvUpdated.PROVE)",
        "app.add_css_file('a.css', priority=900)",
        "class Marks(SphinxPostTransform):\n    default_priority = 4",
        "class Marks(SphinxPostTransform):\n    pass",
        "class Marks(SphinxPostTransform):\n    default_priority = Transform.DISTRUST",
    ],
)
def test_a_number_or_a_member_of_another_stage_is_caught(source):
    assert len(faults(source)) == 1


def test_no_comment_quotes_a_number_of_the_schedule():
    quoted = re.compile(r"\(\d{1,3}\)|\bpriority \d")
    for file, source in sources().items():
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            is_prose = token.type == tokenize.COMMENT or token.string.lstrip("rf").startswith('"""')
            assert not (is_prose and quoted.search(token.string)), f"{file}:{token.start[0]}"
