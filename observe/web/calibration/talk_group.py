"""The talk for a group at a screen: one criterion at a time, big, without names, levels on a tap."""

from collections.abc import Sequence
from typing import Any

from flask import g, render_template, request

from observe.core.comparing import Compared
from observe.services.talking import Talk
from observe.storage.database import NetworkSession
from observe.web.calibration import talk_words
from observe.web.calibration.talk_page import Turned, talk_context


def page_of(session: NetworkSession, talk: Talk, turned: Turned) -> str:
    """The view for a group of one criterion; forms only when they were asked for."""
    g.zone = talk.lesson.zone
    context: dict[str, Any] = {"talk": talk, "lesson": talk.lesson, "say": talk_words}
    context |= talk_context(session, talk, turned)
    context["names"] = talk_words.unnamed(len(talk.observers))
    context["writes"] = request.args.get("write") == "yes" and not talk.closed
    context |= _turned_to(talk.open_criteria, context["open_at"])
    return render_template("calibration/talk_group.html", **context)


def _turned_to(criteria: Sequence[Compared], key: str) -> dict[str, Any]:
    """The criterion that is shown, its place, and its neighbours."""
    keys = [each.criterion.criterion for each in criteria]
    place = keys.index(key) if key in keys else 0
    return {
        "shown": criteria[place] if criteria else None,
        "place": place + 1,
        "before": criteria[place - 1] if place else None,
        "after": criteria[place + 1] if place + 1 < len(criteria) else None,
    }
