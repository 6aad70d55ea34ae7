"""Every fault of a programme file is named at its place, all of them at once."""

import json

import pytest

from observe.core.programme import EvidenceKind, Where
from observe.core.programme_file import ProgrammeFaults, read_programme
from observe.core.programme_schema import json_schema

GOOD = """\
programme: spring
version: 1
language: en
title: A spring of observing
for: heads
led_by: facilitator
group: {least: 3, most: 9}
stages:
  - stage: meet
    title: We meet
    kind: workshop
    by_week: 2
  - stage: go
    title: We go and see
    kind: visit
    counts: {beside: [adviser]}
    needed: 2
    from_week: 2
    by_week: 6
    after: [meet]
    signed_off_by: lead
  - stage: test
    title: We test ourselves
    kind: exercise
    counts: {mode: test, same: 60}
    by_week: 8
"""

ONE_FAULT = {
    "a stage named twice": (
        "stage: go",
        "stage: meet",
        "13:12: stage meet, stage: the stage `meet` is already used on line 9",
    ),
    "a kind that there is not": (
        "kind: exercise",
        "kind: exercises",
        "24:11: stage test, kind: `exercises` is not known; use 'self-evaluation', 'assessment', "
        "'workshop', 'practice-lesson', 'paired-lesson', 'work-scrutiny', 'visit', 'exercise', "
        "'final-assessment' or 'training-others'",
    ),
    "a key that is nearly one": (
        "from_week: 2",
        "form_week: 2",
        "18:5: stage go: there is no key `form_week` here; did you mean `from_week`?",
    ),
    "a week before the first": (
        "from_week: 2",
        "from_week: 7",
        "19:14: stage go, by_week: it is due before it begins, in week 7",
    ),
    "a stage that is not there": (
        "after: [meet]",
        "after: [meat]",
        "20:13: stage go, after 1: there is no stage `meat`; did you mean `meet`?",
    ),
    "a stage further down": (
        "after: [meet]",
        "after: [test]",
        "20:13: stage go, after 1: `test` stands further down; put it before this stage",
    ),
    "itself": (
        "after: [meet]",
        "after: [go]",
        "20:13: stage go, after 1: a stage does not come after itself",
    ),
    "evidence of another kind": (
        "{beside: [adviser]}",
        "{evidence: attendance}",
        "16:24: stage go, counts, evidence: a stage of kind visit counts lesson or pair",
    ),
    "what says nothing of such evidence": (
        "{beside: [adviser]}",
        "{moment: final}",
        "16:14: stage go, counts, moment: `moment` says nothing of lesson; leave it out",
    ),
    "a visit at home": (
        "{beside: [adviser]}",
        "{where: own-school}",
        "16:21: stage go, counts, where: a visit is to another school; write other-school or leave "
        "it out",
    ),
    "a pair with nobody": (
        "{beside: [adviser]}",
        "{evidence: pair, beside: [nobody]}",
        "16:30: stage go, counts, beside: two or more observe a pair; leave `nobody` out",
    ),
    "a reference for practice": (
        "{mode: test, same: 60}",
        "{mode: practice, same: 60}",
        "25:30: stage test, counts, same: `same` needs `mode: test`",
    ),
    "a group turned round": (
        "{least: 3, most: 9}",
        "{least: 9, most: 3}",
        "7:25: group, most: the largest group is smaller than the smallest, 9",
    ),
    "nobody who leads": (
        "led_by: facilitator",
        "led_by: teacher",
        "6:9: led_by: `teacher` is not known; use 'facilitator' or 'head'",
    ),
    "nobody for whom it is": ("for: heads\n", "", "1:1: the file: `for` is missing"),
    "somebody named twice": (
        "[adviser]",
        "[head, head]",
        "16:29: stage go, counts, beside 2: the name `head` is already used on line 16",
    ),
}


def faults(text: str) -> list[str]:
    with pytest.raises(ProgrammeFaults) as refusal:
        read_programme(text, "spring.yaml")
    return [str(fault) for fault in refusal.value.faults]


@pytest.mark.parametrize(("old", "new", "expected"), ONE_FAULT.values(), ids=list(ONE_FAULT))
def test_one_fault_is_named_at_its_place_and_nothing_else(
    old: str, new: str, expected: str
) -> None:
    assert GOOD.count(old) == 1
    assert faults(GOOD.replace(old, new)) == [f"spring.yaml:{expected}"]


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    text = GOOD
    for old, new in [
        ("version: 1", "version: one"),
        ("by_week: 2", "by_weak: 2"),
        ("after: [meet]", "after: [meat]"),
        ("same: 60", "same: 600"),
    ]:
        text = text.replace(old, new)
    assert [fault.split(":")[1] for fault in faults(text)] == ["2", "9", "12", "20", "25"]


def test_what_a_file_leaves_out_is_usual_for_the_kind_of_stage() -> None:
    meet, go, _test = read_programme(GOOD, "spring.yaml").stages
    assert meet.counts.evidence is EvidenceKind.ATTENDANCE
    assert (go.counts.evidence, go.counts.where) == (EvidenceKind.LESSON, Where.OTHER)


def test_an_editor_is_told_every_key_by_the_schema() -> None:
    told = json.dumps(json_schema())
    assert all(f'"{key}"' in told for key in ("for", "by_week", "different_schools", "same"))
