"""`observe rubrics`: what a school sees that checks its own rubric."""

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result

from observe.cli.rubrics import command
from observe.resources import folder

DOC = Path(__file__).parent.parent.parent / "docs" / "rubrics.md"


def blocks() -> list[str]:
    """The YAML of the documentation: the worked example, and one scale of each kind."""
    return re.findall(r"```yaml\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The worked example of the documentation, in a file."""
    file = tmp_path / "questions.yaml"
    file.write_text(blocks()[0], encoding="utf-8")
    return file


def check(*files: Path) -> Result:
    return CliRunner().invoke(command, ["check", *map(str, files)])


def test_the_worked_example_is_a_good_rubric(example: Path) -> None:
    done = check(example)
    said = r"Questions in class, version 1: 1 domain, 3 criteria, sha256:[0-9a-f]{64}\n"
    assert done.exit_code == 0
    assert re.fullmatch(said, done.stdout)


def test_one_scale_of_each_kind_is_written_as_the_documentation_shows(example: Path) -> None:
    text, scales = example.read_text(encoding="utf-8"), blocks()[1]
    example.write_text(re.sub(r"scales:\n.*?(?=domains:)", scales, text, flags=re.DOTALL))
    assert check(example).exit_code == 0, check(example).stderr


def test_the_faults_that_the_documentation_shows_are_those_that_are_told(example: Path) -> None:
    shown = re.findall(r"^questions\.yaml:\d+:\d+: (.*)$", DOC.read_text(encoding="utf-8"), re.M)
    text = example.read_text(encoding="utf-8").replace(": {evidence}.", ".", 1)
    example.write_text(text.replace("scale: four", "scale: fuor", 1), encoding="utf-8")
    assert [line.split(": ", 1)[1] for line in check(example).stderr.splitlines()] == shown


def test_every_fault_of_every_file_is_told_and_a_good_file_still_gets_its_line(
    example: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        example.read_text(encoding="utf-8").replace("version: 1", "version: x\ntitel: x")
    )
    done = check(bad, example)
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        f"{bad}:2:10: version: `x` is not a whole number",
        f"{bad}:3:1: the file: there is no key `titel` here; did you mean `title`?",
    ]
    assert done.stdout.startswith("Questions in class")


def test_the_shipped_rubrics_are_good() -> None:
    files = sorted(folder("rubrics").glob("*.yaml"))
    done = check(*files)
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, len(files))


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    done = check(tmp_path / "none.yaml")
    assert done.exit_code == 2
    assert "does not exist" in done.stderr


def test_the_schema_for_editors_is_a_json_schema() -> None:
    done = CliRunner().invoke(command, ["schema"])
    schema = json.loads(done.stdout)
    assert jsonschema_rs.meta.is_valid(schema)
    assert schema["title"] == "Rubric"
    assert '"null"' not in done.stdout


def test_the_schema_refuses_what_the_check_refuses(example: Path) -> None:
    schema = json.loads(CliRunner().invoke(command, ["schema"]).stdout)
    assert not jsonschema_rs.validator_for(schema).is_valid({"rubric": "Talk & more"})


def test_the_documentation_names_every_shipped_rubric_and_every_key() -> None:
    words = DOC.read_text(encoding="utf-8")
    schema = json.loads(CliRunner().invoke(command, ["schema"]).stdout)
    shapes = [schema, *schema["$defs"].values()]
    keys = {key for shape in shapes for key in shape.get("properties", {})}
    assert [file.name for file in folder("rubrics").glob("*.yaml") if file.name not in words] == []
    assert [key for key in keys if not re.search(rf"\b{key}\b", words)] == []
