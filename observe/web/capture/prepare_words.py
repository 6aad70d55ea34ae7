"""The sentences in which Today says how ready a tablet is for lessons without a network."""

from observe.web.capture.plurals import Sentence, forms
from observe.web.words import gettext as _
from observe.web.words import ngettext


def prepare_words() -> dict[str, Sentence]:
    """Each sentence by its key; one that counts has a form for each plural of the language."""
    return {**_readiness(), **_waiting()}


def _readiness() -> dict[str, Sentence]:
    return {
        "getting_ready": _("Getting this tablet ready for lessons without a network."),
        "ready": _("This tablet is ready for lessons without a network."),
        "lessons_here": forms(
            lambda n: ngettext(
                "{n} lesson to record is on it.", "{n} lessons to record are on it.", n
            )
        ),
        "not_all": _(
            "Not ready yet for lessons without a network: not everything came through. It is tried again."
        ),
        "plain_http": _(
            "This address begins with http, not https, so nothing is kept here "
            "for lessons without a network."
        ),
        "keeps_nothing": _(
            "This browser keeps nothing, perhaps in a private window. Do not begin a lesson in it."
        ),
        "keeps_no_pages": _(
            "This browser keeps no pages, perhaps in a private window, so lessons need the network here."
        ),
    }


def _waiting() -> dict[str, Sentence]:
    return {
        "waits": forms(
            lambda n: ngettext(
                "{n} change is saved on this tablet and waits to be sent.",
                "{n} changes are saved on this tablet and wait to be sent.",
                n,
            )
        ),
        "waits_long": waits_long(),
    }


def waits_long() -> Sentence:
    """What is said, here and on the tablet's own day, once something has waited for five days."""
    return forms(
        lambda n: ngettext(
            "The oldest has waited for {n} day. Some tablets, iPads among them, clear what "
            "a page keeps when it is not opened for seven days: send it now.",
            "The oldest has waited for {n} days. Some tablets, iPads among them, clear what "
            "a page keeps when it is not opened for seven days: send it now.",
            n,
        )
    )
