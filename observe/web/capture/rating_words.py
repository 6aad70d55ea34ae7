"""What the sheet says of criteria, of the parts of a lesson, and of its time."""

from observe.web.capture.plurals import Sentence, forms
from observe.web.words import gettext as _
from observe.web.words import ngettext


def rating_words() -> dict[str, Sentence]:
    """Sentences of the criteria pane by their keys."""
    return {**_criteria(), **_parts(), **_clock(), **_ends(), **_books()}


def _criteria() -> dict[str, Sentence]:
    return {
        "criteria": _("Criteria"),
        "tab_criteria": _("Criteria, {n} of {of} rated"),
        "rated_of": _("{n} of {of} rated"),
        "notes_for": forms(lambda n: ngettext("{n} note", "{n} notes", n)),
        "no_notes": _("no notes yet"),
        "still_for": _("Still for {part}"),
    }


def _parts() -> dict[str, Sentence]:
    return {
        "segment_of": _("Segment {number} of {of}"),
        "sample_at": _("Segment {segment}, minute {minute}"),
        "interval_number": _("Interval {number}"),
        "minutes_from_to": _("minutes {from} to {to}"),
        "rated_when": _("rated at {time}"),
        "sample_wanted": _("Sample now: minute {minute}"),
        "segment_wanted": _("Segment {number} is over: rate it"),
    }


def _clock() -> dict[str, Sentence]:
    return {
        "minutes": _("{n} min"),
        "clock_since": _("since {time}"),
        "clock_ended": _("over since {time}"),
        "next_sample": _("next sample {time}"),
    }


def _ends() -> dict[str, Sentence]:
    return {
        "lesson_over": _("Lesson over"),
        "lesson_goes_on": _("It goes on"),
        "ended_interval": _("The last interval ran {ran} of {of} seconds and is marked partial."),
        "ended_segment": _("Segment {number} ran {ran} of {of} minutes and is marked partial."),
        "over_earlier": _("The lesson was over at {time}"),
    }


def _books() -> dict[str, Sentence]:
    return {
        "book": _("Book {number}"),
        "books": forms(lambda n: ngettext("{n} book looked at", "{n} books looked at", n)),
    }
