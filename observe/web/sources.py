"""From which talk a rule came, in words that name nobody."""

from flask import Flask

from observe.core.rubric import LessonKind
from observe.storage.talk_sources import Source
from observe.web.words import gettext as _


def init_app(app: Flask) -> None:
    """Give templates the filter `source_words`."""
    app.jinja_env.filters.update(source_words=source_words)


def source_words(source: Source) -> str:
    """`From a talk in November 2025, Year 5 maths`, or no more than the month and kind of lesson."""
    month = f"{source.month:%B} {source.month.year}"
    words = _from(source.kind, month)
    return f"{words}, {source.about}" if source.about else words


def _from(kind: str, month: str) -> str:
    return {
        LessonKind.LESSON: _("From a talk in %(month)s", month=month),
        LessonKind.WORK_SAMPLE: _("From a talk in %(month)s about pupils' work", month=month),
        LessonKind.FEEDBACK_TALK: _("From a talk in %(month)s about a feedback talk", month=month),
        LessonKind.OBSERVING: _("From a talk in %(month)s about observing", month=month),
        LessonKind.LEADERSHIP: _("From a talk in %(month)s about leadership", month=month),
    }.get(LessonKind(kind), _("From a talk in %(month)s", month=month))
