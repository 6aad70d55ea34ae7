"""Coaching in words: who coaches whom, what becomes of goals, what should come of it."""

from datetime import datetime
from uuid import UUID

from observe.core.coaching import GoalState, Onward, Partnership
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _


def coaches_told(found: Partnership, me: UUID, at: datetime | None = None) -> str:
    """`You coach Ruth Adeyemi.`, as one of the two reads it; now, or at a moment."""
    other = found.name_of(found.other_of(me))
    coach = found.coach_at(at) if at else found.coach_id
    if coach is None:
        return _("You and %(name)s coach each other.", name=other)
    if coach == me:
        return _("You coach %(name)s.", name=other)
    return _("%(name)s coaches you.", name=other)


def goal_states() -> dict[GoalState, str]:
    """What becomes of a goal."""
    return {
        GoalState.OPEN: _("we work on it"),
        GoalState.REACHED: _("reached"),
        GoalState.SET_ASIDE: _("set aside"),
    }


def ways_onward() -> dict[Onward, str]:
    """What should come of the coaching."""
    return {
        Onward.AS_IT_IS: _("Go on as it is"),
        Onward.TURN_ROUND: _("Turn the roles round"),
        Onward.OTHERWISE: _("Go on, but otherwise"),
        Onward.END: _("Bring it to an end"),
    }


@blueprint.context_processor
def _told() -> dict[str, object]:
    return {"goal_states": goal_states, "ways_onward": ways_onward}
