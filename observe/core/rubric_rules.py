"""What a rubric must keep to beyond its shape; each rule yields what breaks it."""

import re
from collections.abc import Callable, Iterable, Iterator

from observe.core.rubric import OccasionKind, ScaleType
from observe.core.rubric_part import Part
from observe.core.rubric_shape_faults import did_you_mean
from observe.core.rubric_yaml import Tree, Trouble

Troubles = Iterator[Trouble]

LEVELLED = (ScaleType.ORDINAL, ScaleType.BINARY)
CODED = (ScaleType.NOMINAL, ScaleType.CODES)
BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def rule_troubles(tree: Tree) -> Troubles:
    """Everything in the file that has a shape but no sense."""
    rubric = Part(tree, tree.value)
    for rule in RULES:
        yield from rule(rubric)


def criteria(rubric: Part) -> Iterator[Part]:
    """Every criterion of the file, in its order."""
    for domain in rubric["domains"]:
        yield from domain["criteria"]


def scale_of(rubric: Part, criterion: Part) -> Part:
    """The scale that a criterion names; an empty part when there is none."""
    return rubric["scales"][criterion["scale"].text]


def levels_of(scale: Part) -> set[int]:
    """The levels that a scale has, and those that it would have if it counted rightly."""
    found = {level["value"].whole for level in scale["levels"]} - {None}
    return {value for value in found if value is not None} | set(counted(scale))


def counted(scale: Part) -> list[int]:
    """The values that the levels of a scale should have, counted from the first whole number."""
    values = [level["value"].whole for level in scale["levels"]]
    first = next((value - place for place, value in enumerate(values) if value is not None), None)
    return [] if first is None else [first + place for place in range(len(values))]


def can_judge(scale: Part) -> bool:
    """Whether it is known which levels a scale has, if any."""
    levelless = scale["type"].text in set(ScaleType) - set(LEVELLED)
    return bool(levels_of(scale)) or levelless


def repeated(names: Iterable[Part], thing: str) -> Troubles:
    """The second and later of equal names."""
    seen: dict[str, Part] = {}
    for name in names:
        if name.text and seen.setdefault(name.text, name) is not name:
            line = name.tree.place(seen[name.text].path).line
            yield name.trouble(f"the {thing} `{name.text}` is already used on line {line}")


def one_name_each(rubric: Part) -> Troubles:
    """Domains, criteria and display codes are named once in a rubric, look-fors in a criterion."""
    yield from repeated((domain["domain"] for domain in rubric["domains"]), "domain")
    yield from repeated((each["criterion"] for each in criteria(rubric)), "criterion")
    yield from repeated((each["code"] for each in criteria(rubric)), "code")
    for each in criteria(rubric):
        yield from repeated((tick["look_for"] for tick in each["look_fors"]), "look-for")


def scales_hold_what_their_type_needs(rubric: Part) -> Troubles:
    """Levels for ordinal and binary, codes for nominal and codes, nothing for the rest."""
    for scale in rubric["scales"]:
        kind = scale["type"].text
        if kind in list(ScaleType):
            yield from _needs(scale, kind, "levels", LEVELLED)
            yield from _needs(scale, kind, "codes", CODED)


def _needs(scale: Part, kind: str, key: str, types: tuple[ScaleType, ...]) -> Troubles:
    if kind in types and not scale[key].there:
        yield scale.trouble(f"a scale of type {kind} needs `{key}`")
    if kind not in types and scale[key].there:
        yield scale[key].key_trouble(f"a scale of type {kind} has no `{key}`; leave them out")


def binary_has_two_levels(rubric: Part) -> Troubles:
    """A yes-or-no scale has exactly two levels."""
    for scale in rubric["scales"]:
        if scale["type"].text == ScaleType.BINARY and len(list(scale["levels"])) > 2:
            yield scale["levels"].key_trouble("a binary scale has exactly two levels")


def order_names_each_code(rubric: Part) -> Troubles:
    """`order`, where it stands, holds every code of the scale once."""
    for scale in rubric["scales"]:
        codes = [str(code.key) for code in scale["codes"]]
        named = [code.text for code in scale["order"]]
        if scale["order"].there and sorted(named) != sorted(codes):
            known = ", ".join(codes) or "there is none"
            yield scale["order"].key_trouble(f"`order` names each code once: {known}")


def levels_follow_each_other(rubric: Part) -> Troubles:
    """Level values go up by one, and no two levels have the same label."""
    for scale in rubric["scales"]:
        for level, expected in zip(scale["levels"], counted(scale), strict=False):
            if level["value"].whole not in (None, expected):
                what = f"levels go up by one, the lowest first; here comes {expected}"
                yield level["value"].trouble(what)
        yield from repeated((level["label"] for level in scale["levels"]), "label")


def thresholds_are_levels(rubric: Part) -> Troubles:
    """`strength_from` and `next_step_to` are levels, and no level is both."""
    for scale in rubric["scales"]:
        high, low = scale["strength_from"], scale["next_step_to"]
        for bound in (high, low) if can_judge(scale) else ():
            yield from _known_level(bound, levels_of(scale))
        if None not in (high.whole, low.whole) and high.whole <= low.whole:  # type: ignore[operator]
            what = f"a level of {high.whole} would be a strength and a next step at once"
            yield high.trouble(f"{what}; make strength_from higher than next_step_to")


def _known_level(level: Part, known: set[int]) -> Troubles:
    if level.whole is not None and level.whole not in known:
        yield level.trouble(_no_such_level(level.whole, known))


def _no_such_level(level: int, known: set[int]) -> str:
    if not known:
        return f"there is no level {level}: this scale has no levels"
    return f"there is no level {level}; the scale has {min(known)} to {max(known)}"


def occasions_make_sense(rubric: Part) -> Troubles:
    """Segments have minutes, samples lie inside them in order, intervals stand alone."""
    occasions = rubric["occasions"]
    if isinstance(occasions.value, dict) and not any(part.value for part in occasions):
        yield occasions.trouble("say what is rated: `whole: true`, `segments` or `intervals`")
    if occasions["segments"].there and occasions["intervals"].there:
        yield occasions["intervals"].key_trouble("a rubric has segments or intervals, not both")
    yield from _segment_keys(occasions)
    yield from _samples(occasions)


def _segment_keys(occasions: Part) -> Troubles:
    if occasions["segments"].there and not occasions["minutes"].there:
        yield occasions["segments"].key_trouble("`segments` need `minutes`, the length of one")
    for key in ("minutes", "samples"):
        if occasions[key].there and not occasions["segments"].there:
            yield occasions[key].key_trouble(f"`{key}` need `segments`, how many there are")


def _samples(occasions: Part) -> Troubles:
    before, end = 0, occasions["minutes"].whole or 240
    for sample in occasions["samples"]:
        minute = sample.whole
        if minute is not None and minute > end:
            yield sample.trouble(f"minute {minute} lies after the end of a segment of {end}")
        if minute is not None and minute <= before:
            yield sample.trouble(f"minute {minute} does not come after minute {before}")
        before = minute or before


def scales_are_known(rubric: Part) -> Troubles:
    """Each criterion names a scale of the file."""
    known = [str(scale.key) for scale in rubric["scales"]]
    for each in criteria(rubric):
        name = each["scale"]
        if name.text and name.text not in known:
            yield name.trouble(f"there is no scale `{name.text}`{did_you_mean(name.text, known)}")


def occasions_are_offered(rubric: Part) -> Troubles:
    """Each criterion is rated for something that the rubric has."""
    offered = _offered(rubric["occasions"])
    for each in criteria(rubric):
        occasion = each["occasion"]
        kind = occasion.text or OccasionKind.WHOLE.value
        if offered and kind in list(OccasionKind) and kind not in offered:
            place = occasion if occasion.there else each
            yield place.trouble(_not_offered(kind, offered))


def _offered(occasions: Part) -> list[str]:
    keys = {"segment": "segments", "sample": "samples", "interval": "intervals"}
    whole = ["whole"] if occasions["whole"].value or not occasions.there else []
    return whole + [name for name, key in keys.items() if occasions[key].there]


def _not_offered(occasion: str, offered: list[str]) -> str:
    use = " or ".join(f"`occasion: {name}`" for name in offered)
    return f"`occasions` at the top has no {occasion}; write {use}, or add it there"


def parts_have_a_whole(rubric: Part) -> Troubles:
    """A sub-behaviour is part of a criterion of its domain that is not itself a part."""
    for domain in rubric["domains"]:
        parents = {each["criterion"].text: each["part_of"].text for each in domain["criteria"]}
        for each in domain["criteria"]:
            yield from _part(each, parents)


def _part(criterion: Part, parents: dict[str, str]) -> Troubles:
    parent = criterion["part_of"]
    if not parent.text:
        return
    if parent.text == criterion["criterion"].text:
        yield parent.trouble("a criterion is not part of itself")
    elif parent.text not in parents:
        near = did_you_mean(parent.text, list(parents))
        yield parent.trouble(f"there is no criterion `{parent.text}` in this domain{near}")
    elif parents[parent.text]:
        what = f"`{parent.text}` is itself part of `{parents[parent.text]}`"
        yield parent.trouble(f"{what}; parts do not have parts")


def descriptors_have_levels(rubric: Part) -> Troubles:
    """A descriptor stands for a level that there is."""
    for each in criteria(rubric):
        scale = scale_of(rubric, each)
        for descriptor in each["descriptors"] if can_judge(scale) else ():
            yield from _descriptor(descriptor, levels_of(scale))


def _descriptor(descriptor: Part, known: set[int]) -> Troubles:
    level = descriptor.key
    if isinstance(level, int) and level not in known:
        yield descriptor.key_trouble(_no_such_level(level, known))


def phrases_fit(rubric: Part) -> Troubles:
    """A strength quotes its evidence, a next step may; both only for levels that there are."""
    for each in criteria(rubric):
        phrases, scale = each["phrases"], scale_of(rubric, each)
        yield from _evidence(phrases)
        for phrase in (*phrases["strength"], *phrases["next_step"]):
            for level in phrase["levels"] if can_judge(scale) else ():
                yield from _known_level(level, levels_of(scale))


def _evidence(phrases: Part) -> Troubles:
    for strength in phrases["strength"]:
        if strength["text"].text and "{evidence}" not in strength["text"].text:
            what = "a strength quotes what was seen; put {evidence} where the note shall stand"
            yield strength["text"].trouble(what)
    for phrase in (*phrases["strength"], *phrases["next_step"]):
        yield from _braces(phrase["text"])
        for key in ("try", "when", "see"):
            yield from _no_braces(phrase[key])


def _braces(text: Part) -> Troubles:
    found = BRACES.findall(text.text)
    if found.count("{evidence}") > 1:
        yield text.trouble("{evidence} stands here more than once; keep one")
    for other in sorted({brace for brace in found if brace != "{evidence}"}):
        yield text.trouble(f"`{other}` means nothing here; only {{evidence}} is filled in")


def _no_braces(text: Part) -> Troubles:
    if BRACES.search(text.text):
        yield text.trouble("nothing is filled in here; {evidence} belongs in `text`")


RULES: tuple[Callable[[Part], Troubles], ...] = (
    one_name_each,
    scales_hold_what_their_type_needs,
    binary_has_two_levels,
    order_names_each_code,
    levels_follow_each_other,
    thresholds_are_levels,
    occasions_make_sense,
    scales_are_known,
    occasions_are_offered,
    parts_have_a_whole,
    descriptors_have_levels,
    phrases_fit,
)
