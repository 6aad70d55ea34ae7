"""The sentences of exercises: modes, how near the reference, and how a group spreads."""

from collections.abc import Sequence
from typing import Any

from observe.core.exercise_outcomes import Outcome, Spread, Tally
from observe.core.exercises import Exercise, Group, Mode, Stage, Use
from observe.core.observation import NOT_APPLICABLE, NOT_SEEN
from observe.core.rubric import Criterion
from observe.services.exercise_takings import Sitting
from observe.services.practice import Entry
from observe.web.dates import day_short
from observe.web.words import gettext as _
from observe.web.words import ngettext


def mode_words(mode: Mode) -> str:
    """`Practice`, `Test`, `Group`, or that it is for the reference."""
    words = {
        Mode.PRACTICE: _("Practice"),
        Mode.TEST: _("Test"),
        Mode.GROUP: _("Group"),
        Mode.REFERENCE: _("For the reference"),
    }
    return words[mode]


def use_words() -> dict[Use, tuple[str, str]]:
    """What an exercise may be for, each with what that means."""
    return {
        Use.PRACTICE: (_("Practice"), _("The reference and its reason come with each rating.")),
        Use.TEST: (_("Test"), _("The result by criterion comes at the end, without reasons.")),
        Use.GROUP: (_("Groups only"), _("Sealed until you show the spread to the room.")),
    }


def mode_sentence(mode: Mode) -> str:
    """What happens with what one gives here."""
    told = {
        Mode.PRACTICE: _(
            "Choose a level, then see the reference and why. What you have seen the reference of stays."
        ),
        Mode.TEST: _(
            "Nothing is shown until you have finished. Then you see how near you were on each criterion."
        ),
        Mode.GROUP: _(
            "Rate by yourself. It stays sealed until your facilitator shows the spread, without names."
        ),
        Mode.REFERENCE: _(
            "You and a second expert rate apart. Neither sees anything of the other until both have sealed."
        ),
    }
    return told[mode]


def stage_words(stage: Stage, sealed: int) -> str:
    """How far an exercise is, in a few words."""
    if stage is Stage.RATING:
        return _("%(sealed)d of 2 experts have sealed", sealed=sealed)
    known = {
        Stage.SETTLING: _("the experts settle the reference"),
        Stage.PUBLISHED: _("published"),
        Stage.WITHDRAWN: _("withdrawn"),
    }
    return known[stage]


def state_words(state: str) -> str:
    """How far an expert is."""
    known = {"planned": _("not begun"), "under way": _("under way"), "sealed": _("sealed")}
    return known[state]


def about_words(exercise: Exercise) -> str:
    """`12 criteria, about 25 minutes, a text and a video`."""
    criteria = len(exercise.criteria)
    told = [
        ngettext("%(num)d criterion", "%(num)d criteria", criteria),
        ngettext("about %(num)d minute", "about %(num)d minutes", exercise.minutes),
        medium_words(exercise),
    ]
    return ", ".join(told)


def medium_words(exercise: Exercise) -> str:
    """What one looks at."""
    if exercise.link and exercise.has_text:
        return _("a video and a text")
    return _("a video") if exercise.link else _("a text")


def value_words(criterion: Criterion, value: Any) -> str:
    """`3 Secure`, `not seen`, or that nothing was given."""
    if value is None:
        return _("nothing")
    words = {NOT_SEEN: _("not seen"), NOT_APPLICABLE: _("does not apply")}
    return words.get(value) or level_words(criterion, criterion.scale.position(value) or 0)


def level_words(criterion: Criterion, place: int) -> str:
    """`3 Secure`."""
    level = criterion.scale.levels[place]
    return f"{level.value} {level.label}"


def gap_words(found: Outcome) -> str:
    """`the same`, `one apart`, or that no level was given."""
    if found.gap is None:
        return _("no level given")
    numbers = {0: _("the same"), 1: _("one apart"), 2: _("two apart"), 3: _("three apart")}
    return numbers.get(found.gap) or _("%(gap)d apart", gap=found.gap)


def result_sentence(found: Tally, *, who: str = "") -> str:
    """`You gave the reference level on 9 of 12 criteria; guessing gives about 3.`; bold in brackets."""
    if not found.rated:
        return _("No level was given, so there is nothing to compare.")
    told = _("%(same)d of %(all)d", same=found.same, all=found.rated)
    blind = _rounded(found.blind_same)
    if who:
        return _(
            "%(who)s gave the reference level on [%(told)s] criteria; luck alone gives about %(blind)d.",
            **{"who": who, "told": told, "blind": blind},
        )
    return _(
        "You gave the reference level on [%(told)s] criteria; luck alone gives about %(blind)d.",
        told=told,
        blind=blind,
    )


def _rounded(mean: float) -> int:
    """A mean as one says it, halves upwards."""
    return int(mean + 0.5)


def near_sentence(found: Tally) -> str:
    """How often at most one apart, what luck gives, and to what no level was given."""
    said = []
    if found.rated and found.says_near:
        said.append(
            _(
                "At most one apart on %(near)d of %(all)d; luck alone gives about %(blind)d.",
                **{"near": found.near, "all": found.rated, "blind": _rounded(found.blind_near)},
            )
        )
    if found.none:
        said.append(
            ngettext(
                "On %(num)d criterion you gave no level.",
                "On %(num)d criteria you gave no level.",
                found.none,
            )
        )
    return " ".join(said)


def blind_note() -> str:
    """What luck means here."""
    return _("Luck alone means choosing each level blindly, all of them equally often.")


def short_result(found: Tally) -> str:
    """`9 of 12 the same`."""
    return _("%(same)d of %(all)d the same", same=found.same, all=found.rated)


def beside_short(found: Tally) -> str:
    """`luck alone about 3, 11 at most one apart`."""
    told = _("luck alone about %(blind)d", blind=_rounded(found.blind_same))
    near = _("%(near)d at most one apart", near=found.near)
    return f"{told}, {near}" if found.says_near else told


def rated_words(sitting: Sitting) -> str:
    """`Rated 3 of 12.`"""
    done = len(sitting.rows) - len(sitting.left)
    return _("Rated %(done)d of %(all)d.", done=done, all=len(sitting.rows))


def entry_words(entry: Entry) -> str:
    """What one presses."""
    if entry.settles:
        return _("Settle the reference")
    if entry.taking is None or entry.taking.begun_at is None:
        return _("Begin")
    finished = entry.taking.finished_at is not None
    revealed = entry.group is not None and entry.group.revealed_at is not None
    over = finished or revealed or entry.exercise.withdrawn_at is not None
    return _("Look") if over else _("Go on")


def counts_words(entry: Entry) -> str:
    """Why it would count in no figure; empty where it counts."""
    if entry.knew:
        return _("You know its reference, so this time counts in no figure.")
    return (
        _("You have finished it before, so this time counts in no figure.") if entry.before else ""
    )


def done_words(entry: Entry) -> str:
    """What became of it."""
    taking, group = entry.taking, entry.group
    if entry.settles:
        return _("both experts have sealed")
    if entry.mode is Mode.REFERENCE:
        return _("published") if entry.exercise.published_at else _("sealed")
    if group is not None and group.revealed_at is None:
        return _("sealed, the spread is not shown yet")
    if taking is not None and taking.finished_at is not None:
        return _("finished on %(day)s", day=day_short(taking.finished_at))
    if entry.exercise.withdrawn_at is not None:
        return _("withdrawn")
    return _("the spread was shown before you had sealed")


def group_words(group: Group) -> str:
    """`17 Nov 2026: the spread was shown`."""
    day = day_short(group.held_on)
    if group.called_off_at is not None:
        return _("%(day)s: called off", day=day)
    if group.revealed_at is not None:
        return _("%(day)s: the spread was shown", day=day)
    return _("%(day)s: sealed", day=day)


def spread_sentence(found: Sequence[Spread]) -> str:
    """On how many criteria most of the room gave the level of the reference; bold in brackets."""
    told = [each for each in found if each.counts is not None]
    if not told:
        return _("Fewer than five people sealed a level, so nothing is shown of them.")
    most = sum(2 * (each.same or 0) > each.rated for each in told)
    return ngettext(
        "Most of the group gave the reference level on [%(most)d of %(num)d] criterion.",
        "Most of the group gave the reference level on [%(most)d of %(num)d] criteria.",
        len(told),
        most=most,
    )


def spread_words(found: Spread) -> str:
    """`5 of 8 gave the level of the reference, 7 at most one apart.`"""
    if found.counts is None:
        return _("Fewer than five people gave a level, so only the reference stands here.")
    told = _(
        "%(same)d of %(all)d gave the level of the reference, %(near)d at most one apart.",
        **{"same": found.same or 0, "all": found.rated, "near": found.near or 0},
    )
    if not found.silent:
        return told
    silent = ngettext("%(num)d gave no level.", "%(num)d gave no level.", found.silent)
    return f"{told} {silent}"


def sealed_words(sealed: int, asked: int) -> str:
    """`5 of 8 have sealed`."""
    if not asked:
        return _("Nobody takes part yet")
    return _("%(sealed)d of %(asked)d have sealed", sealed=sealed, asked=asked)
