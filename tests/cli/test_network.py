"""`observe network create`."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from observe.cli.main import main
from observe.cli.network import command
from observe.settings import from_environment
from observe.web.app import create_app
from tests.browser import Browser


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVE_DATA", str(tmp_path))
    monkeypatch.setenv("OBSERVE_HTTPS", "no")
    monkeypatch.delenv("OBSERVE_DATABASE_URL", raising=False)


def create(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["create", *arguments])


def test_a_network_begins_with_a_link_for_its_facilitator() -> None:
    made = create("Dales", "--email", "Margaret.Obi@dales.example", "--url", "https://o.example/")
    assert made.stdout.startswith("https://o.example/link/")
    app = create_app(from_environment())
    browser = Browser(app)
    password = "plum boat lantern 7"
    browser.post(
        made.stdout.strip().removeprefix("https://o.example"), password=password, again=password
    )
    assert "The first week" in browser.get("/people")
    assert "Margaret Obi" in browser.get("/me")
    app.extensions["observe_database"].engine.dispose()


def test_without_an_address_the_path_is_printed_alone() -> None:
    assert create("Dales", "--email", "m@dales.example", "--name", "Margaret").stdout.startswith(
        "/link/"
    )


def test_a_slip_in_the_address_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["network", "create", "Dales", "--email", "margaret"])
    assert stopped.value.code == 2
    assert "name@school.example" in capsys.readouterr().err


def test_a_facilitator_who_lost_the_link_gets_a_new_one() -> None:
    first = create("Dales", "--email", "m@dales.example").stdout
    again = CliRunner().invoke(command, ["link", "M@dales.example"]).stdout
    app = create_app(from_environment())
    assert "This link has run out" in Browser(app).get(first.strip(), status=410)
    assert "Choose a password" in Browser(app).get(again.strip())
    app.extensions["observe_database"].engine.dispose()


def test_a_link_is_made_for_nobody_but_a_facilitator(capsys: pytest.CaptureFixture[str]) -> None:
    create("Dales", "--email", "m@dales.example")
    with pytest.raises(SystemExit):
        main(["network", "link", "head@dales.example"])
    assert "is a facilitator here" in capsys.readouterr().err


def test_all_of_a_network_is_written_to_a_file_and_deleted(tmp_path: Path) -> None:
    create("Dales", "--email", "m@dales.example")
    file = tmp_path / "dales.zip"
    told = CliRunner().invoke(command, ["export", "Dales", str(file)])
    assert "rows of Dales" in told.stdout
    with ZipFile(file) as packed:
        assert "m@dales.example" in packed.read("tables/person.jsonl").decode()
    waits = CliRunner().invoke(command, ["delete", "Dales", "--typed", "Dales"])
    assert "It is deleted on" in waits.stdout
    assert "goes on" in CliRunner().invoke(command, ["delete", "Dales", "--keep"]).stdout
    gone = CliRunner().invoke(command, ["delete", "Dales", "--typed", "Dales", "--at-once"])
    assert "Deleted: " in gone.stdout
    again = CliRunner().invoke(command, ["delete", "Dales", "--typed", "Dales"])
    assert "There is no network yet" in str(again.exception)


def test_a_network_is_not_deleted_by_a_slip(capsys: pytest.CaptureFixture[str]) -> None:
    create("Dales", "--email", "m@dales.example")
    with pytest.raises(SystemExit):
        main(["network", "delete", "Dales", "--at-once"])
    assert "Type the name as it stands here: Dales." in capsys.readouterr().err
