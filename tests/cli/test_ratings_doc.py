"""What docs/ratings.md shows is what the commands say."""

import re
from pathlib import Path

import pytest

from tests.cli.running import observe

PAGE = (Path(__file__).parents[2] / "docs" / "ratings.md").read_text(encoding="utf-8")
ROWS, *ANSWERS = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = re.findall(r"^    observe (.+)$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("command", "answer"), list(zip(COMMANDS, ANSWERS, strict=True)))
def test_an_example_of_the_page_comes_out_as_it_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, answer: str
) -> None:
    (tmp_path / "ratings.csv").write_text(ROWS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert observe(*command.split()).out.startswith(answer)


@pytest.mark.parametrize("option", sorted(set(re.findall(r"`(--[a-z-]+)", PAGE))))
def test_an_option_of_the_page_exists(option: str) -> None:
    told = observe("agreement", "--help").out + observe("plan", "--help").out
    assert option in told
