"""What a school installs carries all it needs."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OPEN_A_PAGE = """
from pathlib import Path
from observe.settings import Settings
from observe.storage.schema import upgrade
from observe.web.app import create_app
from observe.web.static import asset
import observe
assert "site-packages" in observe.__file__, observe.__file__
url = f"sqlite:///{Path('observe.sqlite3').resolve()}"
upgrade(url)
client = create_app(Settings(database_url=url, secret_key="x", https=False)).test_client()
page = client.get("/sign-in")
assert page.status_code == 200 and "<h1" in page.text, page.text
assert client.get(asset("css/pages.css")).status_code == 200
"""


@pytest.mark.slow
def test_the_wheel_opens_a_page_in_another_environment(tmp_path: Path) -> None:
    run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(tmp_path),
            str(ROOT),
        ],
        ROOT,
    )
    wheel = next(tmp_path.glob("*.whl"))
    venv.create(tmp_path / "elsewhere", with_pip=False)
    python = tmp_path / "elsewhere" / "bin" / "python"
    site = next((tmp_path / "elsewhere" / "lib").glob("python*/site-packages"))
    (site / "needs.pth").write_text(str(libraries()), encoding="utf-8")
    run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--no-deps",
            "--quiet",
            "--target",
            str(site),
            str(wheel),
        ],
        tmp_path,
    )
    run([str(python), "-c", OPEN_A_PAGE], tmp_path)
    assert '"rubric"' in run([str(python), "-m", "observe", "rubrics", "schema"], tmp_path)


def libraries() -> Path:
    import flask

    return Path(flask.__file__).parent.parent


def run(command: list[str], folder: Path) -> str:
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("OBSERVE_")}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=quiet)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
