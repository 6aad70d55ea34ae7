"""What several pages of feedback need: the lines by part, and whose time the page tells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import g

from observe.core.feedback.changes import changes
from observe.core.feedback.editing import words_of
from observe.core.feedback.facts import AT_MOST, Line, Part
from observe.core.feedback.quoting import ended
from observe.core.feedback.spoken import listed
from observe.core.feedback.summary import Summary
from observe.core.permissions import Thing
from observe.services import summary_reading
from observe.storage import lessons, people, summaries
from observe.storage.database import NetworkSession
from observe.web.feedback.blueprint import blueprint
from observe.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one part on the author's page."""

    part: Part
    title: str
    lines: tuple[Line, ...]

    @property
    def most(self) -> int | None:
        """How many lines the part should have at most."""
        return AT_MOST.get(self.part)

    @property
    def too_many(self) -> bool:
        """Whether it has more."""
        return self.most is not None and len(self.lines) > self.most


def sections(summary: Summary, lines: Sequence[Line]) -> Iterator[Section]:
    """The parts of a summary in the order of a letter."""
    for part, title in part_titles(summary).items():
        yield Section(part, title, tuple(line for line in lines if line.part is part))


def to_read(session: NetworkSession, summary_id: UUID) -> Thing:
    """A summary as permissions see it; a teacher from whom it was taken back is told so."""
    summary_reading.check_not_taken_back(session, summary_id, by=g.person)
    return summaries.thing(session, summary_id)


def part_titles(summary: Summary) -> dict[Part, str]:
    """What each part of a summary is called."""
    return {
        Part.OPENING: _("Opening"),
        Part.STRENGTH: _("What worked"),
        Part.NEXT_STEP: _("Next step"),
        Part.TARGET: _("Target"),
        Part.QUESTION: _("A question for %(name)s", name=summary.first_name),
    }


def in_schools_time(session: NetworkSession, summary: Summary) -> None:
    """Let this page tell the time of the lesson's school."""
    g.zone = lessons.find(session, summary.lesson_id).zone


def in_own_time(session: NetworkSession) -> None:
    """Let this page tell the time of the person's school."""
    g.zone = people.zone_of(session, g.person)


blueprint.app_template_filter("listed")(listed)
blueprint.app_template_filter("words_of")(words_of)
blueprint.app_template_global("changes")(changes)
blueprint.app_template_filter("ended")(ended)
