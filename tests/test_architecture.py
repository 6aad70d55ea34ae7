"""The house stands as it was drawn."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOP = {
    "observe",
    "templates",
    "rubrics",
    "tests",
    "wsgi.py",
    "pyproject.toml",
    "README.md",
    "script",
    "constraints.txt",
    "LICENSE",
    ".ci",
    "docs",
    "bench",
    ".gitignore",
}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return [Path(name) for name in listed]


def test_only_known_folders_stand_at_the_top() -> None:
    assert {path.parts[0] for path in tracked()} <= TOP


def test_templates_and_rubrics_hold_no_python() -> None:
    assert not [
        path
        for path in tracked()
        if path.parts[0] in ("templates", "rubrics") and path.suffix == ".py"
    ]


def test_the_package_imports_nothing_by_itself() -> None:
    assert not ast.parse((ROOT / "observe" / "__init__.py").read_text()).body


def test_layers_and_slices_keep_apart() -> None:
    checked = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout


def test_nobody_catches_everything() -> None:
    for path in (ROOT / "observe").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in ("Exception", "BaseException", "everything"), (
                    f"{path}:{node.lineno}"
                )


def test_services_leave_the_commit_to_whoever_calls_them() -> None:
    for folder in ("core", "services"):
        for path in (ROOT / "observe" / folder).rglob("*.py"):
            assert ".commit()" not in path.read_text(encoding="utf-8"), path


def test_no_file_names_this_machine_or_a_registry() -> None:
    folders = "|".join(("work", "farm", "root"))
    hosts = "|".join(("file" + ":///", "python" + "hosted", "index" + "-url", "registry" + "="))
    told = re.compile(rf"(^|[^A-Za-z0-9_.])/({folders})/|{hosts}")
    for path in tracked():
        if path.suffix != ".png":
            assert not told.search((ROOT / path).read_bytes().decode("utf-8", "ignore")), path


def test_the_same_names_are_used_by_templates_scripts_and_slices() -> None:
    slices = {p.name for p in (ROOT / "observe" / "web").iterdir() if (p / "blueprint.py").exists()}
    shared = {"components"}
    assert {p.name for p in (ROOT / "templates").iterdir() if p.is_dir()} <= slices | shared
    assert {p.name for p in (ROOT / "observe/static/js").iterdir() if p.is_dir()} <= slices
