"""Settings and folders that cannot be used are said in one sentence, and nothing is begun."""

from pathlib import Path

import pytest

from observe.cli.main import main


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVE_DATA", str(tmp_path / "data"))
    for name in ("DATABASE_URL", "HTTPS", "PROXIES"):
        monkeypatch.delenv(f"OBSERVE_{name}", raising=False)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "OBSERVE_DATABASE_URL is not an address"),
        ("oracle7://host/observe", "OBSERVE_DATABASE_URL is not an address"),
        ("sqlite:////nowhere/at/all.sqlite3", "The database cannot be used: unable to open"),
    ],
)
def test_a_database_that_cannot_be_opened_is_said_in_a_sentence(
    url: str,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("OBSERVE_DATABASE_URL", url)
    assert said(capsys, "database", "upgrade").startswith(sentence)


def test_a_file_that_is_no_database_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "observe.sqlite3").write_text("Dear colleagues, " * 100)
    assert "file is not a database" in said(capsys, "database", "upgrade")


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter").write_text("Dear colleagues")
    monkeypatch.setenv("OBSERVE_DATA", str(tmp_path / "letter" / "data"))
    assert "letter/data cannot be used: Not a directory" in said(capsys, "database", "upgrade")


def test_nothing_is_served_before_the_tables_are_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Run: observe database upgrade" in said(capsys, "serve", "--port", "8999")


def test_a_backup_of_nothing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no database at" in said(capsys, "database", "backup", str(tmp_path / "copy"))
    assert not (tmp_path / "copy").exists()


def test_a_backup_to_nowhere_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["database", "upgrade"], standalone_mode=False)
    missing = tmp_path / "missing" / "copy"
    assert f"{missing} cannot be used: No such file" in said(
        capsys, "database", "backup", str(missing)
    )


def test_https_is_yes_or_no(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OBSERVE_HTTPS", "false")
    assert "OBSERVE_HTTPS is 'false'. Give yes or no." in said(capsys, "database", "upgrade")
