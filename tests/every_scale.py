"""Rubrics that nobody would write: each scale type at each occasion, with all that a criterion can have."""

from typing import Any

from observe.core.rubric_file import read_rubric
from observe.core.rubric_json import rubric_digest
from observe.services.rubrics import publish
from tests.factories import NOW, School

TWELVE = {
    "explains": "Explains or shows",
    "asks": "Asks the class",
    "listens": "Listens to an answer",
    "feeds-back": "Tells pupils how it is going",
    "helps-one": "Helps one pupil or group",
    "walks": "Walks round and looks",
    "organises": "Organises or hands out",
    "corrects": "Deals with behaviour",
    "waits": "Waits",
    "reads": "Reads aloud",
    "writes": "Writes on the board",
    "away": "Is out of the room",
}
SETTINGS = {"class": "Whole class", "groups": "Groups", "pairs": "Pairs", "alone": "Each alone"}
WORDS = ["Not yet", "Seldom", "At times", "Half the time", "Often", "Mostly", "Throughout"]


def _levels(number: int) -> list[dict[str, Any]]:
    return [{"value": n, "label": word} for n, word in enumerate(WORDS[:number], start=1)]


SCALES: dict[str, Any] = {
    **{f"levels-{n}": {"type": "ordinal", "levels": _levels(n)} for n in range(2, 8)},
    "yes-no": {
        "type": "binary",
        "levels": [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"}],
    },
    "setting": {"type": "nominal", "codes": SETTINGS},
    "doing": {"type": "codes", "codes": TWELVE},
    "tapped": {"type": "count"},
    "typed": {"type": "number"},
    "said": {"type": "text"},
}
TITLES = {
    "yes-no": "The aim was said",
    "setting": "How the class works",
    "doing": "What the teacher does",
    "tapped": "Questions to the whole class",
    "typed": "Pupils present",
    "said": "In one line",
}
OCCASIONS = {
    "every-scale-apart": {"whole": True, "segments": 3, "minutes": 15, "samples": [4, 9, 14]},
    "every-scale-by-minutes": {"whole": True, "intervals": 2},
}
KINDS = {
    "every-scale-apart": ["whole", "segment", "sample"],
    "every-scale-by-minutes": ["whole", "interval"],
}


def _criterion(occasion: str, scale: str) -> list[dict[str, Any]]:
    """A criterion of this scale; one with four levels has words, look-fors and a part of its own."""
    key = f"{occasion}-{scale}"
    plain = {
        "criterion": key,
        "title": TITLES.get(scale, f"Time to think, {scale[-1]} levels"),
        "scale": scale,
        "occasion": occasion,
    }
    if scale == "tapped":
        return [plain]
    if scale != "levels-4":
        return [plain | {"not_applicable": scale in ("levels-7", "yes-no", "doing", "said")}]
    words = {n: f"{WORDS[n - 1]} is there time to think before an answer." for n in range(1, 5)}
    look_fors = [
        {"look_for": "pause", "text": "Pauses before taking an answer"},
        {"look_for": "everybody", "text": "Everybody has something to say"},
    ]
    whole = plain | {"not_applicable": True, "descriptors": words, "look_fors": look_fors}
    part = plain | {"criterion": f"{key}-after", "title": "Waits after it too", "part_of": key}
    return [whole, part]


def body_of(name: str) -> dict[str, Any]:
    """One of the two rubrics as its file would say it."""
    return {
        "rubric": name,
        "version": 1,
        "language": "en",
        "title": name.replace("-", " ").capitalize(),
        "kind": "lesson",
        "graded": True,
        "occasions": OCCASIONS[name],
        "scales": SCALES,
        "domains": [
            {
                "domain": kind,
                "title": kind.capitalize(),
                "criteria": [one for scale in SCALES for one in _criterion(kind, scale)],
            }
            for kind in KINDS[name]
        ],
    }


def publish_every_scale(school: School) -> None:
    """Both rubrics in this network, beside the shipped ones."""
    import yaml

    with school.database.write(school.network_id) as session:
        for name in OCCASIONS:
            rubric = read_rubric(yaml.safe_dump(body_of(name), sort_keys=False), f"{name}.yaml")
            publish(session, rubric, by=None, at=NOW)
            school.rubrics[name] = rubric_digest(rubric)
