"""Every word of a template can be translated."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
TAKEN_OUT = [
    r"\{% block main_class %\}.*?\{% endblock %\}",
    r"\{#.*?#\}",
    r"\{%-?\s*trans.*?endtrans\s*-?%\}",
    r"\{%.*?%\}",
    r"\{\{.*?\}\}",
    r"<(script|svg|kbd)\b.*?</\1>",
    r"<!--.*?-->",
    r"<[^>]*>",
    r'[\w-]+="[^"]*"',
    r"&\w+;",
    r"Observe",
]
SPOKEN = re.compile(r"\b(aria-label|placeholder|title|alt)=\"[^\"{]*[A-Za-z]{2}[^\"{]*\"")


@pytest.mark.parametrize("name", TEMPLATES)
def test_words_pass_through_gettext(name: str) -> None:
    source = (ROOT / name).read_text(encoding="utf-8")
    assert not SPOKEN.search(source), SPOKEN.search(source)
    for pattern in TAKEN_OUT:
        source = re.sub(pattern, " ", source, flags=re.DOTALL)
    left = re.findall(r"[A-Za-zÀ-ž]{2,}", source)
    assert not left, f"not in gettext: {' '.join(left[:12])}"
