"""The sentences that the sheet says by script, from the same catalogue as the pages."""

from observe.web.capture.line_words import line_words
from observe.web.capture.plurals import Sentence
from observe.web.capture.plurals import forms as _forms
from observe.web.words import gettext as _
from observe.web.words import ngettext


def sheet_words() -> dict[str, Sentence]:
    """Each sentence by its key; one that counts has a form for each plural of the language."""
    return {
        **_saving(),
        **_banners(),
        **_lesson(),
        **line_words(),
        **_ratings(),
        **_clock(),
        **_finishing(),
    }


def _saving() -> dict[str, Sentence]:
    return {
        "here": _forms(
            lambda n: ngettext("{n} note on this tablet,", "{n} notes on this tablet,", n)
        ),
        "there": _forms(lambda n: ngettext("{n} on the server", "{n} on the server", n)),
        "others_wait": _forms(lambda n: ngettext("· {n} change waits", "· {n} changes wait", n)),
        "not_saved": _("NOT SAVED"),
        "count_notes": _forms(lambda n: ngettext("{n} note", "{n} notes", n)),
        "count_ratings": _forms(lambda n: ngettext("{n} rating", "{n} ratings", n)),
        "act_copy": _("Copy the text"),
        "act_export": _("Export this lesson"),
        "act_send": _("Try now"),
        "act_sign_in": _("Sign in"),
        "act_load": _("Load it"),
        "act_include": _("Open again and include"),
    }


def _banners() -> dict[str, Sentence]:
    return {
        "too_long_b": _("NOT SAVED."),
        "too_long": _("One line is longer than 20 kB. Shorten it or put it in two lines."),
        "not_saved_more_b": _("NOT SAVED."),
        "not_saved_more": _(
            "This tablet could not keep the last changes; they are only on the screen. "
            "It tries again by itself."
        ),
        "wrong_person_b": _("Somebody else is signed in."),
        "wrong_person": _(
            "Your record is safe on this tablet and is not sent until you sign in again."
        ),
        "refused_b": _("Not everything was taken."),
        "refused": _forms(
            lambda n: ngettext(
                "The server refused {n} change. It is kept here in full and is in the export.",
                "The server refused {n} changes. They are kept here in full and are in the export.",
                n,
            )
        ),
        "late_more_b": _("Something came after sealing."),
        "late_more": _forms(
            lambda n: ngettext(
                "{n} change from another tablet arrived late. It is kept and changes no rating.",
                "{n} changes from another tablet arrived late. They are kept and change no rating.",
                n,
            )
        ),
        "sign_in_b": _("Saved on this tablet."),
        "sign_in": _("Sign in to send."),
        "new_version_b": _("There is a new version of Observe."),
        "new_version": _(
            "Everything is saved on this tablet. It is sent once the new version is loaded."
        ),
        "newer_b": _("There is a new version of Observe."),
        "newer": _(
            "Everything is saved on this tablet. Load it now or after the lesson; nothing is lost."
        ),
        "no_network_b": _("No network."),
        "no_network": _(
            "{notes} and {ratings} are saved on this tablet. "
            "They go to the server by themselves when the network is back."
        ),
        "busy_b": _("The server does not take anything just now."),
        "busy": _("Everything is saved on this tablet and is sent as soon as it does."),
    }


def _lesson() -> dict[str, Sentence]:
    return {
        "room": _("room {room}"),
        "beside": _("beside {names}"),
        "agreed_on": _("Agreed on {day}."),
        "target_since": _("Target of {since}, due {due}"),
        "target_seen": _("Seen again"),
        "target_not_yet": _("Not yet"),
        "target_open": _("No chance to see it? Leave both open."),
        "pair_code": _("The other observer types {code}"),
        "seal_beside": _(
            "Sealing closes your record. You can open it again only until a partner has sealed. "
            "It does not wait for the network."
        ),
        "seal_alone": _(
            "Sealing closes your record: no rating changes after it. It does not wait for the network."
        ),
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


def _ratings() -> dict[str, Sentence]:
    return {
        "criteria": _("Criteria"),
        "tab_criteria": _("Criteria, {n} of {of} rated"),
        "rated_of": _("{n} of {of} rated"),
        "notes_for": _forms(lambda n: ngettext("{n} note", "{n} notes", n)),
        "no_notes": _("no notes yet"),
        "segment_of": _("Segment {number} of {of}"),
        "sample_at": _("Segment {segment}, minute {minute}"),
        "interval_number": _("Interval {number}"),
        "interval_minutes": _("Minutes {from} to {to}"),
    }


def _clock() -> dict[str, Sentence]:
    return {
        "minutes": _("{n} min"),
        "clock_since": _("since {time}"),
        "next_sample": _("next sample {time}"),
    }


def _finishing() -> dict[str, Sentence]:
    return {
        "finish": _("Finish and seal"),
        "all_rated": _("Every criterion has a rating."),
        "open_criteria": _forms(
            lambda n: ngettext(
                "{n} criterion has no rating yet:", "{n} criteria have no rating yet:", n
            )
        ),
        "times": _forms(lambda n: ngettext("{n} time", "{n} times", n)),
        "seal_question": _("Close this record? Its ratings then stay as they are."),
        "seal_yes": _("Seal it now"),
        "seal_no": _("Go on writing"),
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
    }
