"""What the sheet says of saving and sending, and of all that may stand in the way."""

from observe.web.capture.plurals import Sentence, forms
from observe.web.words import gettext as _
from observe.web.words import ngettext


def saving_words() -> dict[str, Sentence]:
    """Sentences of the line beside the clock and of banners by key; `<key>_b` stands before `<key>`."""
    return {**_saving(), **_acts(), **_not_kept(), **_late(), **_changed(), **_sending()}


def _saving() -> dict[str, Sentence]:
    return {
        "here": forms(
            lambda n: ngettext("{n} note on this tablet,", "{n} notes on this tablet,", n)
        ),
        "there": forms(lambda n: ngettext("{n} on the server", "{n} on the server", n)),
        "waits_since": _("· waits since {since}"),
        "others_wait": forms(lambda n: ngettext("· {n} change waits", "· {n} changes wait", n)),
        "not_saved": _("NOT SAVED"),
        "count_notes": forms(lambda n: ngettext("{n} note", "{n} notes", n)),
        "count_ratings": forms(lambda n: ngettext("{n} rating", "{n} ratings", n)),
    }


def _acts() -> dict[str, Sentence]:
    return {
        "act_copy": _("Copy the text"),
        "act_export": _("Export this lesson"),
        "act_send": _("Try now"),
        "act_sign_in": _("Sign in"),
        "act_load": _("Load it"),
        "act_include": _("Open again and include"),
        "act_other_sheet": _("Go on there"),
        "did_copy": _("Copied."),
    }


def _not_kept() -> dict[str, Sentence]:
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
        "refused": forms(
            lambda n: ngettext(
                "The server refused {n} change. It is kept here in full and is in the export.",
                "The server refused {n} changes. They are kept here in full and are in the export.",
                n,
            )
        ),
    }


def _late() -> dict[str, Sentence]:
    return {
        "late_more_b": _("Something came after sealing."),
        "late_more": forms(
            lambda n: ngettext(
                "{n} change from another tablet arrived late. It is kept and changes no rating.",
                "{n} changes from another tablet arrived late. They are kept and change no rating.",
                n,
            )
        ),
        "late_here_b": _("Something came after sealing."),
        "late_here": forms(
            lambda n: ngettext(
                "{n} change arrived after your record was sealed. It is kept and changes no rating.",
                "{n} changes arrived after your record was sealed. "
                "They are kept and change no rating.",
                n,
            )
        ),
        "late_here_shut_b": _("Something came after sealing."),
        "late_here_shut": forms(
            lambda n: ngettext(
                "{n} change arrived after your record was sealed and opened to your partner. "
                "It is kept, marked, and changes no rating.",
                "{n} changes arrived after your record was sealed and opened to your partner. "
                "They are kept, marked, and change no rating.",
                n,
            )
        ),
        "late_shut_b": _("Something came after sealing."),
        "late_shut": forms(
            lambda n: ngettext(
                "{n} change from another tablet arrived after your partner had sealed too. "
                "It is kept, marked, and changes no rating.",
                "{n} changes from another tablet arrived after your partner had sealed too. "
                "They are kept, marked, and change no rating.",
                n,
            )
        ),
    }


def _changed() -> dict[str, Sentence]:
    return {
        "waits_too_long_b": _("Not sent since {since}."),
        "waits_too_long": _(
            "What you wrote is on this tablet alone. Find a network, or export the lesson and "
            "keep the file safe."
        ),
        "other_rubric_b": _("This lesson has another rubric now."),
        "other_rubric": _(
            "What you wrote is saved. Your notes go with you; ratings are given anew."
        ),
        "gone_b": _("This lesson is not on your list any more."),
        "gone": _(
            "It may have been cancelled. What you wrote stays on this tablet; export it if you "
            "need it."
        ),
    }


def _sending() -> dict[str, Sentence]:
    return {
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
