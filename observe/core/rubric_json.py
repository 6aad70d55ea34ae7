"""A rubric as JSON with the keys of a rubric file, and back; its digest is its address."""

from collections.abc import Iterator, Mapping
from itertools import count, product
from string import ascii_lowercase
from types import MappingProxyType
from typing import Any

from observe.core.canonical import digest
from observe.core.rubric import (
    Criterion,
    Domain,
    LessonKind,
    Level,
    LookFor,
    OccasionKind,
    Occasions,
    Phrase,
    Rubric,
    Scale,
    ScaleType,
)

Json = dict[str, Any]


def rubric_digest(rubric: Rubric) -> str:
    """The address of this version: `sha256:` and 64 hexadecimal digits of its canonical JSON."""
    return digest(as_json(rubric))


def as_json(rubric: Rubric) -> Json:
    """The keys of a rubric file; descriptors' keys are text, codes and their order are spelt out.

    No order of keys carries a meaning, for canonical JSON and databases keep none.
    """
    return _without_none(
        {
            "rubric": rubric.rubric,
            "version": rubric.version,
            "language": rubric.language,
            "title": rubric.title,
            "kind": rubric.kind.value,
            "graded": rubric.graded,
            "occasions": _occasions_json(rubric.occasions),
            "scales": {scale.key: _scale_json(scale) for scale in rubric.scales},
            "domains": [_domain_json(domain) for domain in rubric.domains],
            "translation_of": rubric.translation_of,
        }
    )


def _without_none(json: Json) -> Json:
    return {key: value for key, value in json.items() if value is not None}


def _occasions_json(occasions: Occasions) -> Json:
    parts = {
        "whole": occasions.whole,
        "segments": occasions.segments,
        "minutes": occasions.minutes,
        "samples": list(occasions.samples),
        "intervals": occasions.interval_minutes,
    }
    return {key: value for key, value in parts.items() if value}


def _scale_json(scale: Scale) -> Json:
    levels = [{"value": level.value, "label": level.label} for level in scale.levels]
    return _without_none(
        {
            "type": scale.type.value,
            "levels": levels or None,
            "codes": dict(scale.codes) or None,
            "order": list(scale.codes) or None,
            "strength_from": scale.strength_from,
            "next_step_to": scale.next_step_to,
        }
    )


def _domain_json(domain: Domain) -> Json:
    criteria = [_criterion_json(criterion) for criterion in domain.criteria]
    return {"domain": domain.domain, "title": domain.title, "criteria": criteria}


def _criterion_json(criterion: Criterion) -> Json:
    return _without_none(
        {
            "criterion": criterion.criterion,
            "title": criterion.title,
            "code": criterion.code,
            "scale": criterion.scale.key,
            "occasion": criterion.occasion.value,
            "not_applicable": criterion.not_applicable,
            "part_of": criterion.part_of,
            "descriptors": {str(level): text for level, text in criterion.descriptors.items()},
            "look_fors": [{"look_for": it.look_for, "text": it.text} for it in criterion.look_fors],
            "phrases": {
                "strength": [_phrase_json(phrase) for phrase in criterion.strengths],
                "next_step": [_phrase_json(phrase) for phrase in criterion.next_steps],
            },
        }
    )


def _phrase_json(phrase: Phrase) -> Json:
    parts = {
        "text": phrase.text,
        "try": phrase.try_,
        "when": phrase.when,
        "see": phrase.see,
        "levels": list(phrase.levels),
    }
    return {key: value for key, value in parts.items() if value}


def from_json(json: Json) -> Rubric:
    """The rubric in JSON that was checked before: a published one, or a file without faults."""
    scales = {key: _scale(key, scale) for key, scale in sorted(json["scales"].items())}
    return Rubric(
        rubric=json["rubric"],
        version=json["version"],
        language=json["language"],
        title=json["title"],
        kind=LessonKind(json["kind"]),
        graded=json["graded"],
        occasions=_occasions(json.get("occasions", {"whole": True})),
        scales=tuple(scales.values()),
        domains=tuple(_domains(json["domains"], scales)),
        translation_of=json.get("translation_of"),
    )


def _occasions(json: Json) -> Occasions:
    return Occasions(
        whole=json.get("whole", False),
        segments=json.get("segments", 0),
        minutes=json.get("minutes", 0),
        samples=tuple(json.get("samples", ())),
        interval_minutes=json.get("intervals", 0),
    )


def _scale(key: str, json: Json) -> Scale:
    words: Json = json.get("codes", {})
    codes = {code: words[code] for code in json.get("order") or words}
    return Scale(
        key=key,
        type=ScaleType(json["type"]),
        levels=tuple(Level(**level) for level in json.get("levels", ())),
        codes=MappingProxyType(codes),
        strength_from=json.get("strength_from"),
        next_step_to=json.get("next_step_to"),
    )


def _domains(json: list[Json], scales: Mapping[str, Scale]) -> Iterator[Domain]:
    code = _codes(json)
    for domain in json:
        criteria = (
            _criterion(each, code[each["criterion"]], scales) for each in domain["criteria"]
        )
        yield Domain(domain["domain"], domain["title"], tuple(criteria))


def _codes(domains: list[Json]) -> dict[str, str]:
    """Display codes by criterion: its own, or 1a, 1b in the first domain, 1a.1 for a part of 1a."""
    everything = [each for domain in domains for each in domain["criteria"]]
    found = {each["criterion"]: each["code"] for each in everything if "code" in each}
    own = set(found.values())
    for number, domain in enumerate(domains, start=1):
        _fill(found, domain["criteria"], None, _free((f"{number}{end}" for end in _letters()), own))
    for parent in [each["criterion"] for each in everything if "part_of" not in each]:
        _fill(found, everything, parent, _free((f"{found[parent]}.{n}" for n in count(1)), own))
    return found


def _fill(
    found: dict[str, str], criteria: list[Json], parent: str | None, free: Iterator[str]
) -> None:
    for each in criteria:
        if each.get("part_of") == parent and each["criterion"] not in found:
            found[each["criterion"]] = next(free)


def _free(codes: Iterator[str], own: set[str]) -> Iterator[str]:
    return (code for code in codes if code not in own)


def _letters() -> Iterator[str]:
    """a to z, then aa, ab and so on."""
    return ("".join(pair) for size in (1, 2) for pair in product(ascii_lowercase, repeat=size))


def _criterion(json: Json, code: str, scales: Mapping[str, Scale]) -> Criterion:
    phrases = json.get("phrases", {})
    by_level = sorted((int(level), text) for level, text in json.get("descriptors", {}).items())
    return Criterion(
        criterion=json["criterion"],
        title=json["title"],
        code=code,
        scale=scales[json["scale"]],
        occasion=OccasionKind(json.get("occasion", "whole")),
        not_applicable=json.get("not_applicable", False),
        part_of=json.get("part_of"),
        descriptors=MappingProxyType(dict(by_level)),
        look_fors=tuple(LookFor(**it) for it in json.get("look_fors", ())),
        strengths=tuple(_phrase(phrase) for phrase in phrases.get("strength", ())),
        next_steps=tuple(_phrase(phrase) for phrase in phrases.get("next_step", ())),
    )


def _phrase(json: Json) -> Phrase:
    return Phrase(
        text=json["text"],
        levels=tuple(json.get("levels", ())),
        try_=json.get("try", ""),
        when=json.get("when", ""),
        see=json.get("see", ""),
    )
