"""What may be wrong with a sentence of a draft, whatever it says."""

import re

QUOTED = re.compile(r"“[^“”]*”")
ARTICLE = re.compile(r"\ba [aeiou]\w+|\ban [bcdfgjklmnpqrstvwxyz]\w+", re.IGNORECASE)
SOUNDS_OTHERWISE = re.compile(r"a (?:uni|use|one|eu)|an hour", re.IGNORECASE)
ENDS_WITHIN = re.compile(r"(?<!\b\w)(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bSt)[.?!] ")
NO_VERB = re.compile(r"^(?:What led|Because|Although|Which)\b[^,:]*: [^,]*$")
MARKS = (
    ("two spaces or a line end", re.compile(r"  |[\n\t]")),
    ("a place that was not filled", re.compile(r"[{}]")),
    ("a space before a mark", re.compile(r" [,.;:?!](?=\s|$)")),
    ("two marks where one belongs", re.compile(r"[,;:][,;:.?!]|[.?!][,;:.]")),
    ("nothing between quotation marks", re.compile(r"“\s*”|“\s|\s”")),
    (
        "a control character",
        re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]"),
    ),
)


def faults_of(text: str) -> list[str]:
    """Every fault in one sentence; what is between quotation marks is somebody else's."""
    own = QUOTED.sub("“q”", text)
    found = [name for name, fault in MARKS if fault.search(own)]
    found += [
        f"article: {told}" for told in ARTICLE.findall(own) if not SOUNDS_OTHERWISE.match(told)
    ]
    checks = {
        "begins small": own[0].isupper() or own[0] == "“",
        "has no end": bool(re.search(r"[.?!]$|q”$", own)) and bool(re.search(r"[.?!][”’]*$", text)),
        "marks not in pairs": text.count("“") == text.count("”") == own.count("“"),
        "a fragment": len(own.split()) > 1 and not NO_VERB.match(own),
        "more than one sentence": not ENDS_WITHIN.search(own),
    }
    return found + [name for name, holds in checks.items() if not holds]
