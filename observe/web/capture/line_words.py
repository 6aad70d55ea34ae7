"""The sentences that the sheet says of its lines: writing, tagging, own short forms, taking back."""

from observe.core.rubric import LessonKind
from observe.web.capture.plurals import Sentence, forms
from observe.web.words import gettext as _
from observe.web.words import ngettext


def line_words(kind: str) -> dict[str, Sentence]:
    """Each sentence by its key, in the words of a kind of lesson."""
    words = {**_lines(), **_moves(), **_tray(), **_shortcuts(), **_undo(), **_undone_lines()}
    return {**words, **(_talk() if kind == LessonKind.FEEDBACK_TALK else {})}


def _talk() -> dict[str, Sentence]:
    """In a talk the other speaker is no pupil; what is kept of it is the same letter."""
    return {"speaker_P": _("L"), "spoke_P": _("Leader:"), "undo_pupil": _("L at {time}")}


def _lines() -> dict[str, Sentence]:
    return {
        "tab_notes": _("Notes, {n}"),
        "speaker_T": _("T"),
        "speaker_P": _("P"),
        "spoke_T": _("Teacher:"),
        "spoke_P": _("Pupil:"),
        "helped": _("+ helped"),
        "hindered": _("− hindered"),
        "private": _("private"),
        "safeguarding": _("safeguarding"),
        "late": _("arrived after sealing"),
        "no_criterion": _("no criterion yet"),
        "without_criterion": forms(
            lambda n: ngettext("{n} without a criterion", "{n} without a criterion", n)
        ),
        "all_lines": _("Show all lines"),
        "another": _("Another…"),
        "more_tags": forms(lambda n: ngettext("{n} more", "{n} more", n)),
        "none_found": _("No criterion begins with “{letters}”."),
    }


def _moves() -> dict[str, Sentence]:
    return {
        "split_where": _("Put the cursor where the second line begins."),
        "did_split": _("Split in two."),
        "did_join": _("Joined to the line above."),
        "did_delete": _("Line deleted."),
        "did_apart": forms(lambda n: ngettext("{n} line written.", "{n} lines written.", n)),
        "line_too_long": _(
            "This is {size}, and a line holds 20 kB. It is in the field and not saved yet."
        ),
        "into_lines": forms(lambda n: ngettext("Put it in {n} line", "Put it in {n} lines", n)),
        "as_before": _("Back to what was there before"),
        "other_text": _("Your other tablet wrote another text"),
        "take_other": _("Take this text instead"),
        "keep_this": _("Keep the line as it is"),
    }


def _tray() -> dict[str, Sentence]:
    return {
        "lines_left": forms(
            lambda n: ngettext("{n} line without a criterion", "{n} lines without a criterion", n)
        ),
        "tray_last": _("The last one has its criterion"),
        "tray_next": _("Next"),
        "tray_skip": _("Skip"),
        "tray_done": _("Every line has a criterion."),
        "tray_skipped": forms(
            lambda n: ngettext(
                "{n} line was skipped and has no criterion yet.",
                "{n} lines were skipped and have no criterion yet.",
                n,
            )
        ),
    }


def _shortcuts() -> dict[str, Sentence]:
    return {
        "shortcut_change": _("Change"),
        "shortcut_remove": _("Take away"),
        "shortcut_one_word": _("The short form is one word without a space."),
        "shortcut_long": _("Say what it stands for, in up to 200 letters."),
        "shortcut_kept": _("{short} is kept on this tablet."),
        "shortcut_gone": _("{short} was taken away."),
        "shortcut_failed": _("This tablet could not keep it. Try again."),
    }


def _undo() -> dict[str, Sentence]:
    return {
        "undo_lookfor": _("look-for of {code}"),
        "undo_target": _("target"),
        "undo_sample": _("next book"),
        "undo_end": _("end of the lesson"),
        "undo_rating": _("{code} rated {value}"),
        "undo_rating_not_seen": _("{code} not seen"),
        "undo_rating_not_applicable": _("{code} does not apply"),
        "undo_rating_back": _("{code} without a rating"),
        "undo_rating_change": _("{code} changed"),
        "undo_count": _("{code} counted"),
        "undo_count_back": _("{code} one less"),
        "undo_change": _("change"),
        "did_undo": _("Taken back: {what}."),
        "did_redo": _("Done again: {what}."),
        "undo_kept": _("{what}: changed on another tablet since, so it stays as it is there."),
    }


def _undone_lines() -> dict[str, Sentence]:
    return {
        "undo_line": _("line of {time}"),
        "undo_words": _("words of {time}"),
        "undo_split": _("{time} split"),
        "undo_join": _("{time} joined"),
        "undo_delete": _("{time} deleted"),
        "undo_apart": _("{time} in lines"),
        "undo_take": _("other text of {time}"),
        "undo_tag": _("{code} at {time}"),
        "undo_untag": _("{code} off {time}"),
        "undo_plus": _("+ at {time}"),
        "undo_minus": _("− at {time}"),
        "undo_no_mark": _("no mark at {time}"),
        "undo_teacher": _("T at {time}"),
        "undo_pupil": _("P at {time}"),
        "undo_nobody": _("no speaker at {time}"),
        "undo_private": _("{time} private"),
        "undo_not_private": _("{time} not private"),
        "undo_safeguarding": _("{time} for safeguarding"),
        "undo_no_safeguarding": _("{time} not for safeguarding"),
    }
