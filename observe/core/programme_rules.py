"""What a programme must keep to beyond its shape; each rule yields what breaks it."""

from collections.abc import Callable, Iterator

from observe.core.exercises import Mode
from observe.core.programme import EvidenceKind, StageKind, Where
from observe.core.programme_json import EVIDENCE_OF
from observe.core.programme_standing import FROM_A_LESSON
from observe.core.rubric_part import Part
from observe.core.rubric_rules import repeated
from observe.core.rubric_shape_faults import did_you_mean
from observe.core.rubric_yaml import Tree, Trouble

Troubles = Iterator[Trouble]

LOOKS = (EvidenceKind.SELF_EVALUATION, EvidenceKind.ASSESSMENT)
FITS: dict[str, tuple[EvidenceKind, ...]] = {
    "lesson_kind": FROM_A_LESSON,
    "where": FROM_A_LESSON,
    "beside": FROM_A_LESSON,
    "different_schools": FROM_A_LESSON,
    "closed": (EvidenceKind.PAIR,),
    "rubric": (*FROM_A_LESSON, EvidenceKind.EXERCISE),
    "moment": LOOKS,
    "mode": (EvidenceKind.EXERCISE,),
    "same": (EvidenceKind.EXERCISE,),
}
"""For which evidence each key of `counts` says something."""


def rule_troubles(tree: Tree) -> Troubles:
    """Everything in the file that has a shape but no sense."""
    programme = Part(tree, tree.value)
    for rule in RULES:
        yield from rule(programme)


def one_name_each(programme: Part) -> Troubles:
    """Each stage has an id of its own."""
    yield from repeated((stage["stage"] for stage in programme["stages"]), "stage")


def group_has_a_size(programme: Part) -> Troubles:
    """The largest group is not smaller than the smallest."""
    least, most = programme["group"]["least"], programme["group"]["most"]
    if least.whole is not None and most.whole is not None and most.whole < least.whole:
        yield most.trouble(f"the largest group is smaller than the smallest, {least.whole}")


def weeks_follow_each_other(programme: Part) -> Troubles:
    """A stage is due in the week in which it begins, or later."""
    for stage in programme["stages"]:
        first, last = stage["from_week"].whole or 1, stage["by_week"]
        if last.whole is not None and last.whole < first:
            yield last.trouble(f"it is due before it begins, in week {first}")


def what_comes_first_stands_first(programme: Part) -> Troubles:
    """`after` names stages that stand further up."""
    every = [stage["stage"].text for stage in programme["stages"]]
    for place, stage in enumerate(programme["stages"]):
        for name in stage["after"]:
            if name.text and name.text not in every[:place]:
                yield name.trouble(_not_before(name.text, every, place))


def _not_before(name: str, every: list[str], place: int) -> str:
    if name == every[place]:
        return "a stage does not come after itself"
    if name in every:
        return f"`{name}` stands further down; put it before this stage"
    return f"there is no stage `{name}`{did_you_mean(name, every)}"


def evidence_suits_the_kind(programme: Part) -> Troubles:
    """A workshop counts attendance, a visit lessons or pairs, and so on."""
    for stage in programme["stages"]:
        kind, said = _kind(stage), stage["counts"]["evidence"]
        known = [each.value for each in EVIDENCE_OF[kind]] if kind else []
        if kind and said.text in list(EvidenceKind) and said.text not in known:
            yield said.trouble(f"a stage of kind {kind} counts {' or '.join(known)}")


def keys_suit_the_evidence(programme: Part) -> Troubles:
    """What is asked of the evidence is something that such evidence has."""
    for stage in programme["stages"]:
        evidence = evidence_of(stage)
        for key, fits in FITS.items() if evidence else ():
            asked = stage["counts"][key]
            if asked.there and asked.value is not False and evidence not in fits:
                yield asked.key_trouble(f"`{key}` says nothing of {evidence}; leave it out")


def same_is_for_tests(programme: Part) -> Troubles:
    """Only a test is held against its reference for a stage."""
    for stage in programme["stages"]:
        counts = stage["counts"]
        if counts["same"].there and counts["mode"].text != Mode.TEST:
            yield counts["same"].key_trouble("`same` needs `mode: test`")


def visits_leave_ones_own_school(programme: Part) -> Troubles:
    """A visit is to another school, and several own schools are not asked for."""
    for stage in programme["stages"]:
        where = stage["counts"]["where"]
        if _kind(stage) is StageKind.VISIT and where.text in (Where.OWN, Where.ANYWHERE):
            yield where.trouble("a visit is to another school; write other-school or leave it out")


def company_makes_sense(programme: Part) -> Troubles:
    """A pair is never made by one observer, and nobody is named twice."""
    for stage in programme["stages"]:
        beside = stage["counts"]["beside"]
        names = [each.text for each in beside]
        if evidence_of(stage) is EvidenceKind.PAIR and "nobody" in names:
            yield beside.key_trouble("two or more observe a pair; leave `nobody` out")
        yield from repeated(beside, "name")


def evidence_of(stage: Part) -> EvidenceKind | None:
    """What a stage counts, said or usual; None where the file makes no sense here."""
    kind, said = _kind(stage), stage["counts"]["evidence"]
    if said.there:
        return EvidenceKind(said.text) if said.text in list(EvidenceKind) else None
    return EVIDENCE_OF[kind][0] if kind else None


def _kind(stage: Part) -> StageKind | None:
    return StageKind(stage["kind"].text) if stage["kind"].text in list(StageKind) else None


RULES: tuple[Callable[[Part], Troubles], ...] = (
    one_name_each,
    group_has_a_size,
    weeks_follow_each_other,
    what_comes_first_stands_first,
    evidence_suits_the_kind,
    keys_suit_the_evidence,
    same_is_for_tests,
    visits_leave_ones_own_school,
    company_makes_sense,
)
