"""What is kept and what was erased, in words."""

from collections.abc import Mapping

from observe.core.retention import SENSE, YEAR, Kind
from observe.services.erased_things import Thing
from observe.web.words import gettext as _
from observe.web.words import ngettext


def kind_words(kind: Kind) -> tuple[str, str]:
    """A kind of words, and what belongs to it."""
    words: Mapping[Kind, tuple[str, str]] = {
        Kind.NOTES: (
            _("Notes and drafts"),
            _(
                "What observers noted in lessons, summaries that were never sent, reflections, learning"
                " logs, reasons. The levels that were given stay."
            ),
        ),
        Kind.SUMMARIES: (
            _("Summaries, targets and assessments"),
            _(
                "With the replies, comments and targets that belong to them; each teacher reads the day."
                " Assessments of observing, goals and sessions of coaching, leadership feedback and"
                " improvement cycles go after the same time."
            ),
        ),
        Kind.MAILS: (_("Mails"), _("To whom and when; what a sent mail said is not kept at all.")),
        Kind.VISITS: (
            _("Sign-ins"),
            _("When somebody signed in, on what kind of device, and links."),
        ),
        Kind.READ_LOG: (_("Who read what"), _("One line for each person, thing and hour.")),
        Kind.HISTORY: (
            _("History"),
            _("Who changed what and when, also who was given which role."),
        ),
    }
    return words[kind]


def choices(kind: Kind) -> list[tuple[int, str]]:
    """(months, words) of each time that may be chosen for a kind."""
    sense = SENSE[kind]
    return [
        (months, span(kind, months)) for months in range(sense.least, sense.most + 1, sense.step)
    ]


def span(kind: Kind, months: int) -> str:
    """A time as people say it for this kind."""
    years = months // YEAR
    if kind is Kind.SUMMARIES:
        return ngettext("%(num)d school year", "%(num)d school years", years)
    if SENSE[kind].step == YEAR:
        return ngettext("%(num)d year", "%(num)d years", years)
    return ngettext("%(num)d month", "%(num)d months", months)


def counted(thing: Thing, number: int) -> str:
    """How many of a thing."""
    words: Mapping[Thing, str] = {
        Thing.RECORDS: ngettext(
            "%(num)d record lost its notes; its levels stay",
            "%(num)d records lost their notes; their levels stay",
            number,
        ),
        Thing.NOTES: ngettext(
            "%(num)d note or other text in a record",
            "%(num)d notes and other texts in records",
            number,
        ),
        Thing.SUMMARIES: ngettext("%(num)d summary", "%(num)d summaries", number),
        Thing.ANSWERS: ngettext("%(num)d reply or comment", "%(num)d replies and comments", number),
        Thing.TARGETS: ngettext("%(num)d target", "%(num)d targets", number),
        Thing.OWN_WORDS: ngettext(
            "%(num)d reflection, log entry or phrase of one’s own",
            "%(num)d reflections, log entries and phrases of one’s own",
            number,
        ),
        Thing.ASSESSMENTS: ngettext(
            "%(num)d piece of an assessment", "%(num)d pieces of assessments", number
        ),
        Thing.REASONS: ngettext(
            "%(num)d reason or room of a lesson", "%(num)d reasons and rooms of lessons", number
        ),
        Thing.ROLES: ngettext("%(num)d role", "%(num)d roles", number),
        Thing.NAMES: ngettext(
            "%(num)d text lost the name of the person",
            "%(num)d texts lost the name of the person",
            number,
        ),
        Thing.MAILS: ngettext("%(num)d line about a mail", "%(num)d lines about mails", number),
        Thing.VISITS: ngettext("%(num)d sign-in or link", "%(num)d sign-ins and links", number),
        Thing.READINGS: ngettext(
            "%(num)d line of who read what", "%(num)d lines of who read what", number
        ),
        Thing.HISTORY: ngettext("%(num)d line of history", "%(num)d lines of history", number),
        Thing.OTHER: ngettext("%(num)d other entry", "%(num)d other entries", number),
    }
    return words[thing]
