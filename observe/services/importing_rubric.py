"""The rubric of imported ratings: what the file's codes and values mean, or a bare draft from them."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from observe.core.errors import Invalid
from observe.core.observation import NOT_APPLICABLE, NOT_SEEN
from observe.core.rating import check_value
from observe.core.rubric import Criterion, Rubric, ScaleType
from observe.core.rubric_file import read_rubric
from observe.services.importing_table import Given, LessonRead
from observe.services.ratings_table import Fault

NOT_LEVELS = (NOT_SEEN, NOT_APPLICABLE)
MOST_LEVELS = 30


def draft(path: Path, key: str, lessons: Sequence[LessonRead]) -> Rubric:
    """A bare ungraded rubric: a criterion for each code, one scale from the lowest level to the highest."""
    codes, levels = _codes(lessons), sorted(_levels(lessons))
    if not levels:
        raise Invalid(f"{path.name}: there is no rating in this file.")
    if not 1 < levels[-1] - levels[0] + 1 <= MOST_LEVELS:
        raise Invalid(
            f"{path.name}: the ratings go from {levels[0]} to {levels[-1]}; a rubric has "
            f"2 to {MOST_LEVELS} levels. Write a rubric file instead of --draft-rubric."
        )
    text = yaml.safe_dump(_bare(key, codes, levels), sort_keys=False, allow_unicode=True)
    return read_rubric(text, f"the rubric drafted from {path.name}")


def misfits(rubric: Rubric, lessons: Sequence[LessonRead]) -> Iterator[Fault]:
    """The ratings that mean nothing in this rubric."""
    criteria = _by_code(rubric)
    for lesson in lessons:
        for record in lesson.records.values():
            for (code, occasion), given in record.ratings.items():
                yield from _faults(rubric, criteria, code, occasion, given)


def no_levels(lessons: Sequence[LessonRead]) -> Iterator[Fault]:
    """The ratings from which no level can be drafted."""
    for each in _rated(lessons):
        if not _is_whole(each.value):
            what = f"{each.value[:40]} is no whole number, so no level can be drafted"
            yield Fault(each.line, what)


def values(rubric: Rubric, lesson: LessonRead, observer: str) -> dict[str, Any]:
    """{field: value} of one observer's record, in the words of the rubric."""
    criteria = _by_code(rubric)
    found = {}
    for (code, occasion), given in lesson.records[observer].ratings.items():
        criterion = criteria[code.casefold()]
        found[f"rating/{criterion.criterion}/{occasion}"] = _value(criterion, given.value)
    return found


def _codes(lessons: Sequence[LessonRead]) -> list[str]:
    """Every code of a criterion, in order of first sight."""
    seen = (code for lesson in lessons for r in lesson.records.values() for code, _ in r.ratings)
    return list(dict.fromkeys(seen))


def _levels(lessons: Sequence[LessonRead]) -> set[int]:
    """Every level of the file."""
    return {int(float(each.value)) for each in _rated(lessons)}


def _rated(lessons: Sequence[LessonRead]) -> Iterator[Given]:
    """The ratings that are to be levels, in the order of the file's lessons."""
    for lesson in lessons:
        for record in lesson.records.values():
            yield from (each for each in record.ratings.values() if each.value not in NOT_LEVELS)


def _is_whole(word: str) -> bool:
    return re.fullmatch(r"-?\d{1,6}(\.0+)?", word) is not None


def _bare(key: str, codes: Sequence[str], levels: Sequence[int]) -> dict[str, Any]:
    steps = range(levels[0], levels[-1] + 1)
    return {
        "rubric": key,
        "version": 1,
        "language": "en",
        "title": key.replace("-", " ").capitalize(),
        "kind": "lesson",
        "graded": False,
        "scales": {
            "levels": {
                "type": "ordinal",
                "levels": [{"value": step, "label": str(step)} for step in steps],
            }
        },
        "domains": [{"domain": "all", "title": "All criteria", "criteria": list(_criteria(codes))}],
    }


def _criteria(codes: Sequence[str]) -> Iterator[dict[str, Any]]:
    taken: set[str] = set()
    for code in codes:
        key = re.sub(r"[^a-z0-9]+", "-", code.casefold()).strip("-") or "criterion"
        while key in taken:
            key += "-2"
        taken.add(key)
        yield {
            "criterion": key,
            "title": code,
            "code": code,
            "scale": "levels",
            "not_applicable": True,
        }


def _by_code(rubric: Rubric) -> dict[str, Criterion]:
    """Criteria by id, title and code, in small letters; a code wins over a title."""
    found: dict[str, Criterion] = {}
    for name in ("title", "criterion", "code"):
        found |= {getattr(each, name).casefold(): each for each in rubric.criteria()}
    return found


def _faults(
    rubric: Rubric, criteria: dict[str, Criterion], code: str, occasion: str, given: Given
) -> Iterator[Fault]:
    criterion = criteria.get(code.casefold())
    if criterion is None:
        yield Fault(given.line, f"{code} is not a criterion of {rubric.title}")
        return
    wrong = check_value(criterion, occasion, _value(criterion, given.value), rubric)
    if wrong:
        yield Fault(given.line, wrong)


def _value(criterion: Criterion, word: str) -> Any:
    """What a word of the file is on the criterion's scale."""
    if word in NOT_LEVELS:
        return word
    match criterion.scale.type:
        case ScaleType.ORDINAL | ScaleType.BINARY:
            return int(float(word)) if _is_whole(word) else word
        case ScaleType.NUMBER:
            return _number(word)
        case ScaleType.CODES:
            return [code.strip() for code in word.split("+")]
    return word


def _number(word: str) -> Any:
    try:
        return float(word)
    except ValueError:
        return word
