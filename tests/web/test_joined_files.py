"""What a browser gets of the scripts and styles, and that joined scripts do what the modules do."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from observe.web import joining_styles, static
from observe.web.joining_modules import CannotJoin, entries, join
from observe.web.minifying import minified

ROOT = Path(__file__).parent.parent.parent
IN_NODE = re.compile(r'^import .* from "node:[^"]+";$', re.M)
SMALL = {
    "js/page.mjs": 'import { first as one, Count } from "./lib/a.mjs";\nimport "./lib/said.mjs";\n'
    "const count = new Count();\ncount.up();\n"
    "console.log(one(2), count.n);\n",
    "js/lib/a.mjs": 'import { deep } from "../deep.mjs";\nconst hidden = deep * 2;\n'
    "export const first = (x) => x + hidden;\nexport class Count {\n  n = 0;\n  up() {\n    this.n += deep;\n  }\n}\n",
    "js/deep.mjs": 'console.log("deep first");\nexport const deep = 10;\n',
    "js/lib/said.mjs": 'import { deep } from "../deep.mjs";\nconsole.log("said", deep);\n',
}


def node(*arguments: str, cwd: Path) -> str:
    """What node says; fails with its complaint."""
    done = subprocess.run(
        [node_program(), *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def node_program() -> str:
    import playwright

    carried = Path(playwright.__file__).parent / "driver" / "node"
    return shutil.which("node") or str(carried)


def reader(sources: dict[str, str]) -> tuple[dict[str, None], Callable[[str], str]]:
    """Reads modules without what they import of node itself, and keeps those lines apart."""
    heads: dict[str, None] = {}

    def read(name: str) -> str:
        heads.update(dict.fromkeys(IN_NODE.findall(sources[name])))
        return IN_NODE.sub("", sources[name])

    return heads, read


def laid_out(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_joined_file_says_what_its_modules_say_in_their_order(tmp_path: Path) -> None:
    joined = {name: join(name, SMALL.__getitem__) for name in entries(SMALL)}
    assert list(joined) == ["js/page.mjs"]
    plain = node("js/page.mjs", cwd=laid_out(tmp_path / "plain", SMALL))
    short = node("js/page.mjs", cwd=laid_out(tmp_path / "short", minified(joined)))
    assert short == plain == "deep first\nsaid 10\n22 10\n"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('import one from "./b.mjs";', "form of import"),
        ('import * as all from "./b.mjs";', "form of import"),
        ('export * from "./b.mjs";', "form of import"),
        ('export { one } from "./b.mjs";', "form of import"),
        ("export default 3;", "form of import"),
        ("export let one = 3;", "form of import"),
        ('  import { one } from "./b.mjs";', "form of import"),
        ('import { two } from "./b.mjs";', "does not export two"),
        ('import { one } from "./a.mjs";', "circle"),
        ('import { one } from "./c.mjs";', "no such module"),
        ('const one = await fetch("/");', "outside of a function"),
        ("for await (const one of many) one();", "outside of a function"),
        ("const later = import(name);", "while the page runs"),
        ('const later = import("./b.mjs");', "while the page runs"),
        ("const one = 1;\nexport { one };", "form of import"),
        ("const here = import.meta.url;", "import.meta"),
    ],
)
def test_a_form_that_cannot_be_joined_is_refused_in_words(line: str, complaint: str) -> None:
    texts = {"a.mjs": f"{line}\n", "b.mjs": "export const one = 1;\n"}
    with pytest.raises(CannotJoin, match=complaint) as refusal:
        join("a.mjs", texts.__getitem__)
    assert "a.mjs" in str(refusal.value)


def test_a_script_that_is_not_well_formed_is_not_served() -> None:
    with pytest.raises(RuntimeError, match="not minified"):
        minified({"a.mjs": "const = 3;"})


def test_every_script_that_is_served_can_be_read_by_a_browser(tmp_path: Path) -> None:
    scripts = {n: c.decode() for n, c in static.served().items() if n.endswith(".mjs")}
    scripts["worker.js"] = static.worker_script()
    laid_out(tmp_path, scripts)
    for name, text in scripts.items():
        node("--check", name, cwd=tmp_path)
        assert not re.search(r'\bfrom"|\bimport"', text), name


def test_joined_and_minified_the_scripts_pass_their_own_tests(tmp_path: Path) -> None:
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("observe/static/js", "tests/static")
        for path in (ROOT / folder).rglob("*.mjs")
    }
    chosen = [n for n in sources if n.endswith(".test.mjs") and "import.meta" not in sources[n]]
    joined, heads = {}, {}
    for name in chosen:
        heads[name], read = reader(sources)
        joined[name] = join(name, read)
    texts = {n: "\n".join([*heads[n], text]) for n, text in minified(joined).items()}
    laid_out(tmp_path, texts)
    said = node("--test", *sorted(chosen), cwd=tmp_path)
    assert re.search(r"(#|ℹ) fail 0", said)
    assert len(chosen) > 8


def test_two_processes_give_the_same_address() -> None:
    asked = [sys.executable, "-c", "from observe.web.static import prefix; print(prefix())"]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.strip() == static.prefix()


def test_no_page_asks_for_a_script_or_style_that_is_not_served() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        for name in re.findall(
            r"asset\(['\"]([^'\"]+\.\w+)['\"]\)", path.read_text(encoding="utf-8")
        ):
            assert static.asset(name).endswith(name), path
    with pytest.raises(LookupError, match="joined"):
        static.asset("js/page.mjs")


def test_the_library_that_minifies_is_not_in_the_server() -> None:
    asked = "import observe.web.static as s, sys; s.prefix(); print('minify' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "False"


def test_a_style_sheet_comes_with_what_it_imports_in_that_order() -> None:
    texts = {
        "css/page.css": '@import "./tokens.css";\n@import "./parts.css";\n\nb { c: d }\n',
        "css/parts.css": ".part { e: f }\n",
        "css/tokens.css": ":root { --x: 1 }\n",
    }
    assert joining_styles.entries(texts) == ["css/page.css"]
    whole = joining_styles.join("css/page.css", texts.__getitem__)
    assert whole == ":root { --x: 1 }\n.part { e: f }\n\nb { c: d }\n"
