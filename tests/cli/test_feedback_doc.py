"""What docs/feedback.md shows of a draft is what the command says."""

import json
import re
from pathlib import Path

import pytest

from observe.core.feedback import record as shapes
from tests.cli.running import observe

PAGE = (Path(__file__).parents[2] / "docs" / "feedback.md").read_text(encoding="utf-8")
RECORD, SENTENCE = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[:2]
LETTER = re.findall(r"```\n(For .*?)```", PAGE, re.DOTALL)[0]
COMMAND = re.findall(r"^    observe (feedback draft .+)$", PAGE, re.MULTILINE)[0].split()


@pytest.fixture(autouse=True)
def lesson_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lesson.json").write_text(RECORD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_the_example_is_drafted_as_it_is_printed() -> None:
    assert observe(*COMMAND).out == LETTER


def test_the_sentence_that_is_shown_is_one_of_the_draft() -> None:
    assert json.loads(SENTENCE) in observe(*COMMAND, "--json").answer["sentences"]


@pytest.mark.parametrize(
    "shape", [shapes.LessonShape, shapes.NoteShape, shapes.RecordShape, shapes.TargetShape]
)
def test_every_key_of_a_record_is_explained(shape: type[shapes.Shape]) -> None:
    for name, part in shape.model_fields.items():
        assert f"`{part.alias or name}`" in PAGE
