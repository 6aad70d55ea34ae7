"""`observe programme`: what a group sees that checks its own programme."""

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result

from observe.cli.programme import command
from observe.core.programme import EvidenceKind, StageKind
from observe.core.programme_json import EVIDENCE_OF
from observe.core.programme_rules import FITS
from observe.core.rubric_yaml import read_tree
from observe.resources import HERE

DOC = Path(__file__).parent.parent.parent / "docs" / "programme.md"
WORDS = DOC.read_text(encoding="utf-8")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The worked example of the documentation, in a file."""
    (text,) = re.findall(r"```yaml\n(.*?)```", WORDS, re.DOTALL)
    file = tmp_path / "spring.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def check(*files: Path) -> Result:
    return CliRunner().invoke(command, ["check", *map(str, files)])


def test_the_worked_example_is_a_good_programme(example: Path) -> None:
    done = check(example)
    said = (
        "A spring of looking, version 1: 3 stages in 14 weeks, for 4 to 12 people, "
        r"sha256:[0-9a-f]{64}\n"
    )
    assert done.exit_code == 0, done.stderr
    assert re.fullmatch(said, done.stdout)


def test_the_faults_that_the_documentation_shows_are_those_that_are_told(example: Path) -> None:
    shown = re.findall(r"^spring\.yaml:(\d+:\d+: .*)$", WORDS, re.M)
    text = example.read_text(encoding="utf-8").replace("kind: visit", "kind: vist")
    example.write_text(text.replace("after: [see]", "after: [sea]"), encoding="utf-8")
    done = check(example)
    assert done.exit_code == 2
    assert [line.split(".yaml:", 1)[1] for line in done.stderr.splitlines()] == shown


def test_a_good_file_still_gets_its_line_beside_a_bad_one(example: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("programme: Bad\n", encoding="utf-8")
    done = check(bad, example)
    assert (done.exit_code, done.stdout.count("A spring of looking")) == (2, 1)
    assert f"{bad}:1:12: programme: use only small letters" in done.stderr


def test_an_editor_finds_no_fault_in_the_shipped_programmes() -> None:
    schema = json.loads(CliRunner().invoke(command, ["schema"]).stdout)
    files = sorted((HERE / "programmes").glob("*.yaml"))
    assert len(files) == 2
    for file in files:
        told = read_tree(file.read_text(encoding="utf-8")).value
        assert jsonschema_rs.is_valid(schema, told)
        assert not jsonschema_rs.is_valid(schema, told | {"by": 1})


def test_the_documentation_knows_every_kind_of_stage_and_what_it_counts() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.*?) \|", WORDS, re.M))
    for kind in StageKind:
        told = [
            each for each in re.findall(r"`([a-z-]+)`", rows[kind]) if each in list(EvidenceKind)
        ]
        assert told == list(EVIDENCE_OF[kind]), kind


def test_the_documentation_knows_every_key_of_what_counts() -> None:
    assert all(f"| `{key}` |" in WORDS for key in FITS)
