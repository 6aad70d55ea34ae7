"""What is found, as a part of a newsletter that a facilitator can go on writing."""

from collections.abc import Mapping, Sequence

from observe.core.feedback.spoken import listed
from observe.core.newsletter import Part
from observe.services.newsletter_findings import Agreement, Findings, Named, Rule, Themes
from observe.web.dates import term_name
from observe.web.words import gettext as _
from observe.web.words import ngettext


def offered(found: Findings) -> Mapping[str, Part]:
    """The parts that can be put in today, by the word that asks for each."""
    agreement = found.agreement and _agreement(found.agreement)
    themes = found.themes and _themes(found.themes)
    rules = _rules(found.rules, term_name(found.term)) if found.rules else None
    every = {"agreement": agreement, "themes": themes, "rules": rules}
    return {name: part for name, part in every.items() if part}


def _agreement(told: Agreement) -> Part:
    who = _("Heads and advisers") if told.by_role else _("Those who observe")
    share, low, high = (_percent(n) for n in (told.same.value, told.same.low, told.same.high))
    sentence = _(
        "%(who)s gave the same level on %(share)s %% of the criteria.",
        who=who,
        share=share,
    )
    limits = _(
        "With %(lessons)d lessons and %(people)d people it lies between %(low)s and %(high)s %%.",
        lessons=told.lessons,
        people=told.people,
        low=low,
        high=high,
    )
    chance = _luck(told)
    by = _("Counted by “%(rubric)s”.", rubric=told.rubric)
    text = " ".join(filter(None, (sentence, limits, chance, by)))
    return Part(_("How far we see the same"), text, figures=True)


def _luck(told: Agreement) -> str:
    if told.same.chance is None:
        return ""
    return _("Luck alone gives about %(chance)s %%.", chance=_percent(told.same.chance))


def _percent(share: float | None) -> str:
    return str(round(100 * (share or 0.0)))


def _themes(told: Themes) -> Part:
    summed = ngettext(
        "%(num)d summary of this school year was released to %(teachers)d teachers.",
        "%(num)d summaries of this school year were released to %(teachers)d teachers.",
        told.summaries,
        teachers=told.teachers,
    )
    strong = _("Named most as a strength: %(titles)s.", titles=_named(told.strengths))
    following = _("Named most as a next step: %(titles)s.", titles=_named(told.next_steps))
    parts = (summed, told.strengths and strong, told.next_steps and following)
    return Part(_("What summaries speak of"), " ".join(part for part in parts if part))


def _named(most: Sequence[Named]) -> str:
    return listed([f"{each.title} ({each.times})" for each in most])


def _rules(rules: Sequence[Rule], term: str) -> Part:
    lines = "\n\n".join(f"{each.criterion}: {each.text}" for each in rules)
    return Part(_("New rules from talks, %(term)s", term=term), lines)
