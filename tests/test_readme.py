"""What README says can be typed."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from observe.cli.main import COMMANDS, observe

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", sorted(set(re.findall(r"observe ((?:[a-z]+ ?)+)", README))))
def test_a_command_of_readme_exists(words: str) -> None:
    path = words.split()
    if path[0] in COMMANDS:
        answer = CliRunner().invoke(observe, [*path[:2][: 1 + (path[0] in GROUPS)], "--help"])
        assert answer.exit_code == 0, answer.output


GROUPS = ("database", "import", "jobs", "mail", "network", "programme", "retention", "rubrics")


def test_every_command_of_observe_is_in_readme() -> None:
    told = {words.split()[0] for words in re.findall(r"observe ([a-z]+)", README)}
    assert set(COMMANDS) <= told | {"demo"}


def test_files_and_scripts_of_readme_exist() -> None:
    for name in re.findall(r"\]\(([\w/.-]+)\)", README) + re.findall(
        r"^    (script/\w+)", README, re.M
    ):
        assert (ROOT / name).exists(), name
