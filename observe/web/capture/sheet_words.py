"""The sentences that the sheet says by script, from the same catalogue as the pages."""

from observe.core.rubric import LessonKind
from observe.web.capture.line_words import line_words
from observe.web.capture.plurals import Sentence, forms
from observe.web.capture.rating_words import rating_words
from observe.web.capture.saving_words import saving_words
from observe.web.words import gettext as _
from observe.web.words import ngettext


def sheet_words(kind: str = LessonKind.LESSON) -> dict[str, Sentence]:
    """Each sentence by its key for a kind of lesson; one that counts has a form for each plural."""
    return {
        **saving_words(),
        **_lesson(),
        **_pair(),
        **_no_lesson(),
        **line_words(kind),
        **rating_words(),
        **_finishing(),
        **_closed(),
    }


def _lesson() -> dict[str, Sentence]:
    return {
        "room": _("room {room}"),
        "beside": _("beside {names}"),
        "rules": forms(
            lambda n: ngettext("{n} rule from a talk", "{n} rules from talks", n),
        ),
        "more_rules": forms(lambda n: ngettext("{n} older rule", "{n} older rules", n)),
        "target_since": _("Target of {since}, due {due}"),
        "target_seen": _("Seen again"),
        "target_not_yet": _("Not yet"),
        "target_open": _("No chance to see it? Leave both open."),
    }


def _pair() -> dict[str, Sentence]:
    return {
        "pair_code": _(
            "Six letters for the other tablet: {code}. You are a pair as soon as both tablets have "
            "reached the server, with the same teacher and the same rubric."
        ),
        "pair_other_rubric": _(
            "{name} used the same six letters with another rubric, {title}, so you are no pair. "
            "Go on alone, or begin again with that rubric: what you wrote here stays."
        ),
        "seal_beside": _(
            "Sealing closes your record. You can open it again only until a partner has sealed. "
            "It does not wait for the network."
        ),
        "seal_alone": _(
            "Sealing closes your record: no rating changes after it. It does not wait for the network."
        ),
    }


def _no_lesson() -> dict[str, Sentence]:
    return {
        "to_today": _("To Today"),
        "no_record_b": _("No lesson was chosen."),
        "no_record": _("Start one from Today."),
        "nobody_b": _("Nobody is signed in on this tablet."),
        "nobody": _("Sign in, and start the lesson from Today."),
        "no_network_here_b": _("This lesson is not on this tablet yet."),
        "no_network_here": _(
            "It needs the network once to get here. Start an unplanned lesson from Today, or come "
            "back when there is a network."
        ),
        "not_yours_b": _("This lesson is not on your list."),
        "not_yours": _("It was cancelled, was finished some time ago, or is not one of yours."),
        "what_became": _("See what became of it"),
        "no_store_b": _("This tablet keeps nothing."),
        "no_store": _(
            "What you write would be lost, so nothing can be recorded here. "
            "The check says what is wrong."
        ),
        "to_check": _("Check this tablet"),
    }


def _finishing() -> dict[str, Sentence]:
    return {
        "finish": _("Finish and seal"),
        "all_rated": _("Every criterion has a rating."),
        "open_criteria": forms(
            lambda n: ngettext(
                "{n} criterion has no rating yet:", "{n} criteria have no rating yet:", n
            )
        ),
        "times": forms(lambda n: ngettext("{n} time", "{n} times", n)),
        "seal_question": _("Close this record? Its ratings then stay as they are."),
        "seal_yes": _("Seal it now"),
        "seal_no": _("Go on writing"),
    }


def _closed() -> dict[str, Sentence]:
    return {
        "closed_b": _("{state}."),
        "state_closing": _("Sealed on this tablet"),
        "closing_more": _(
            "It closes on the server as soon as there is a network. Nothing more is needed."
        ),
        "state_sealed": _("Sealed"),
        "sealed_alone": _("Your record is closed."),
        "waits": _("Your record is closed. It stays with you until {names} has sealed too."),
        "all_sealed": _("All records are sealed. They can be laid side by side now."),
        "state_withdrawn": _("Withdrawn"),
        "withdrawn_more": _("This record was withdrawn. It is kept and takes no part in the pair."),
        "compare": _("Compare your records"),
        "to_pair": _("To the pair"),
        "reopen": _("Open it again"),
        "late_ratings": _("Ratings that arrived after sealing. They are never used."),
        "taken_back": _("taken back"),
        "not_seen": _("Not seen"),
        "not_applicable": _("Does not apply"),
    }
