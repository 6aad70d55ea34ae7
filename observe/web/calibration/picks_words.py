"""What two observers would tell the teacher: how often the same, and what is lost unpicked."""

from observe.services.feedback_choice import Choices, SamePicks, Share
from observe.web.calibration.figure_words import lessons, percent, points
from observe.web.calibration.talk_words import listed
from observe.web.words import gettext as _
from observe.web.words import ngettext


def before_finishing(choices: Choices) -> str:
    """What a finished talk closes for good; it tells of a partner only whoever has picked themselves."""
    if choices.are_open:
        return ""
    lost = _(
        "Once the talk is finished nobody can pick any more, and nobody reads what was picked."
    )
    if choices.mine is None:
        return f"{_('You have not picked what you would tell the teacher.')} {lost}"
    waits = ngettext(
        "%(names)s has not picked yet what to tell the teacher.",
        "%(names)s have not picked yet what to tell the teacher.",
        len(choices.waits_for),
        names=listed(choices.waits_for),
    )
    return f"{waits} {lost}"


def sentence(picks: SamePicks, name: str) -> str:
    """`On 7 lessons you and Ruth both picked ...: the same strength on 4, the same next step on 3.`"""
    told = _(
        "On %(lessons)s you and %(name)s both picked what you would tell the teacher: the same "
        "strength on %(strength)d, the same next step on %(step)d.",
        lessons=lessons(picks.lessons),
        name=name,
        strength=picks.strength.times,
        step=picks.next_step.times,
    )
    return f"{told} {_how_sure(picks)}".strip()


def _how_sure(picks: SamePicks) -> str:
    """Between which shares it lies; nothing with fewer than five lessons."""
    strength, step = _between(picks.strength), _between(picks.next_step)
    if not strength or not step:
        return ""
    return _(
        "Over many lessons that is between %(strength)s of the time for the strength, and between "
        "%(step)s for the next step.",
        strength=strength,
        step=step,
    )


def _between(share: Share) -> str:
    if share.low is None or share.high is None:
        return ""
    return _("%(low)s and %(high)s", low=points(share.low), high=percent(share.high))
