"""The sentences that the author's page says by script."""

from observe.web.words import gettext as _
from observe.web.words import ngettext

Sentences = dict[str, str | dict[str, str]]


def draft_words() -> Sentences:
    """Everything that the page says by itself, with or without a network."""
    return {**_saving(), **_lines(), **_evidence(), **_deeds(), **_wordings(), **_opening()}


def _saving() -> Sentences:
    return {
        "saved": _("Saved {time}"),
        "all_saved": _("Saved"),
        "here": _("On this tablet, not on the server yet"),
        "writing": _("Not kept yet"),
        "not_saved": _("NOT SAVED: this tablet keeps nothing. Copy your words before you leave."),
        "refused": _("On this tablet. The server does not take it: {why}"),
        "sign_in": _("Sign in to send it."),
        "go_sign_in": _("Sign in"),
        "wrong_person": _("Somebody else is signed in on this tablet. Nothing is sent as them."),
        "with_reader": _(
            "It is with its reader or released by now. Your words stay on this tablet."
        ),
        "not_yours": _("It is not yours to write any more. Your words stay on this tablet."),
        "met": _("It was changed elsewhere too. What differs stands at its line; nothing is lost."),
        "needs_network": _("This needs the network."),
        "cannot_send": _("It can be sent once everything is on the server."),
        "age": _("Looked at as it was at {time}. The rest is looked at when there is a network."),
    }


def _lines() -> Sentences:
    words = ngettext("{n} word", "{n} words", 1), ngettext("{n} word", "{n} words", 2)
    return {
        "words": {"one": words[0], "other": words[1]},
        "fits": _("{words}, fits one page"),
        "too_many": _("{n} lines, at most {most}"),
        "of_most": _("{n} of at most {most}"),
        "line_of": _("{part}, line {n}"),
        "no_evidence": _("no evidence yet"),
        "rests_on": _("Rests on"),
        "empty": _("an empty line"),
        "untagged": _("no criterion"),
        "when": _("When"),
        "by": _("By"),
        "we_know": _("We will know"),
        "add_strength": _("Add a strength"),
        "add_next_step": _("Add a next step"),
        "add_target": _("Add a target"),
        "add_question": _("Add a question"),
        "drop": _("Take the note “{text}” away from {line}"),
        "changed_by_reader": _("Changed by the reader:"),
        "says": _("{name} says:"),
        "elsewhere": _("Written elsewhere meanwhile:"),
    }


def _evidence() -> Sentences:
    return {
        "unused": _("Evidence not used yet"),
        "all": _("All evidence"),
        "about": _("Evidence on {criterion}"),
        "n_of": _("{n} of {all}"),
        "none_here": _("There is no note here."),
        "use": _("Use the note “{text}”"),
        "used_in": _("in {line}"),
        "helped": _("helped"),
        "hindered": _("got in the way"),
        "added_to": _("The note is added to {line}."),
        "has_it": _("{line} rests on this note already."),
    }


def _deeds() -> Sentences:
    return {
        "undo": _("Undo: {what}"),
        "undone": _("Taken back: {what}"),
        "nothing": _("Nothing to take back"),
        "moved": _("moving a line"),
        "removed": _("leaving a line out"),
        "added": _("adding a line"),
        "rested": _("adding a note"),
        "unrested": _("taking a note away"),
        "reworded": _("other words"),
        "instead": _("putting “{instead}”"),
        "split": _("parting a line"),
        "joined": _("joining two lines"),
        "now_at": _("{line}: now at place {n} of {all}."),
        "done_removed": _("The line is left out."),
        "done_unrested": _("The note is taken away."),
        "done_reworded": _("The line has other words."),
        "done_joined": _("The lines are one."),
        "done_split": _("The line is two now."),
        "cannot_split": _("Put the cursor between two sentences of the line first."),
    }


def _wordings() -> Sentences:
    return {
        "from_rubric": _("From the rubric"),
        "from_me": _("Your phrase"),
        "from_network": _("Shared in the network"),
        "no_wordings": _("There are no other words for this line yet."),
        "none_found": _("No phrase has these letters."),
        "rubric_needs_network": _("The rubric’s own wordings need the network."),
        "kept_phrase": _("Kept as a phrase of yours."),
        "not_kept": _("This was not kept: it needs the network."),
    }


def _opening() -> Sentences:
    return {
        "other_tab": _(
            "This summary is open in another tab, where it is written. "
            "Close that one, and you can write here."
        ),
        "not_here": _(
            "This summary was not opened on this tablet before, so it needs the network."
        ),
        "nobody": _("Nobody is signed in on this tablet. Sign in to see your drafts."),
        "offline": _("There is no network. You can write on; everything stays on this tablet."),
        "too_old": _("This browser keeps nothing, so what you write is only on this page."),
    }
