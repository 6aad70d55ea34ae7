"""The sentences of the check: what was tried, what is wrong, and who can mend it."""

from observe.web.capture.plurals import Sentence, forms
from observe.web.words import gettext as _
from observe.web.words import ngettext


def check_words() -> dict[str, Sentence]:
    """Each sentence by its key."""
    return {
        **_frame(),
        **_names(),
        **_address(),
        **_server(),
        **_sending(),
        **_timing(),
        **_worker(),
        **_pages(),
        **_storage(),
        **_promise(),
    }


def _frame() -> dict[str, Sentence]:
    return {
        "state_waiting": _("not tried yet"),
        "trying": _("{name} is being tried."),
        "state_fine": _("fine"),
        "state_look": _("look at it"),
        "state_broken": _("broken"),
        "who_you": _("You can mend it here."),
        "who_technician": _("The school's technician can mend it."),
        "who_keeper": _("Whoever keeps the server can mend it."),
        "verdict_good": _("Lessons can be recorded here, with and without a network."),
        "verdict_careful": _("Lessons can be recorded here; something should be looked at."),
        "verdict_stop": _("Do not rely on this tablet before this is mended."),
        "counts": _("{fine} fine, {look} to look at, {broken} broken."),
        "copied_result": _("The result is copied. Paste it into a mail to your technician."),
        "check_failed": _(
            "The check itself broke here. Send the result to whoever keeps the server."
        ),
        "not_tried": _("It could not be tried, because the server was not reached."),
        "not_tried_http": _("It cannot be tried on an address without https."),
    }


def _names() -> dict[str, Sentence]:
    return {
        "name_address": _("The address"),
        "name_server": _("The way to the server"),
        "name_cookies": _("Staying signed in"),
        "name_large": _("Sending a whole lesson"),
        "name_clock": _("The clock"),
        "name_speed": _("How fast the server answers"),
        "name_worker": _("Opening without a network"),
        "name_pages": _("Pages kept on this tablet"),
        "name_storage": _("Writing to this tablet"),
        "name_room": _("Room on this tablet"),
        "name_promise": _("Kept for good"),
        "name_private": _("No private window"),
    }


def _address() -> dict[str, Sentence]:
    return {
        "address_https": _("It begins with https, and the browser opened it."),
        "address_trial": _(
            "This is the server's own machine: enough for a trial, not for other tablets."
        ),
        "address_http": _(
            "It begins with http, or its certificate is not accepted. On such an address a browser "
            "keeps no page for a day without a network. Observe needs https."
        ),
    }


def _server() -> dict[str, Sentence]:
    return {
        "server_fine": _("The server answers, and nothing on the way changes what it says."),
        "server_silent": _(
            "No answer came. Is the network on? Is a filter in the way, or the server off?"
        ),
        "server_fault": _("The server, or the proxy before it, answers that it is in trouble."),
        "server_other": _(
            "Something else answers in its place: the sign-in page of a guest network, a filter, "
            "or a wrong address."
        ),
        "server_header": _(
            "The proxy takes a header away that tells the server's answers from those of a guest network. "
            "Without it nothing is sent. Let X-Observe-Protocol pass."
        ),
    }


def _sending() -> dict[str, Sentence]:
    return {
        "cookies_fine": _("The browser keeps the sign-in."),
        "cookies_lost": _(
            "The sign-in is forgotten at once: cookies are blocked for this address, or it has no https."
        ),
        "large_fine": _("As much as a tablet sends at once passes."),
        "large_refused": _(
            "The proxy refuses what a tablet sends at once. Let it take requests of 1 MB "
            "(nginx: client_max_body_size 1m)."
        ),
        "large_lost": _("A large request got no answer: something on the way cuts it off."),
        "large_other": _("Something else answers in the server's place when much is sent."),
    }


def _timing() -> dict[str, Sentence]:
    return {
        "clock_fine": _("It agrees with the server's."),
        "clock_ahead": forms(
            lambda n: ngettext(
                "It is {n} minute ahead of the server's. Let the tablet set it by itself; "
                "the times on your notes come from it.",
                "It is {n} minutes ahead of the server's. Let the tablet set it by itself; "
                "the times on your notes come from it.",
                n,
            )
        ),
        "clock_behind": forms(
            lambda n: ngettext(
                "It is {n} minute behind the server's. Let the tablet set it by itself; "
                "the times on your notes come from it.",
                "It is {n} minutes behind the server's. Let the tablet set it by itself; "
                "the times on your notes come from it.",
                n,
            )
        ),
        "speed_fine": _("In {n} thousandths of a second."),
        "speed_slow": _("In {n} thousandths of a second: slow, but recording never waits for it."),
        "speed_crawls": _("In {n} thousandths of a second: pages will be slow to open here."),
    }


def _worker() -> dict[str, Sentence]:
    return {
        "worker_fine": _("The browser lets Observe open without a network."),
        "worker_not_yet": _(
            "It is set up, but not for this page yet. Reload the page and try again."
        ),
        "worker_none": _(
            "This browser does not let pages open without a network. Leave the private window, or use "
            "Safari on an iPad, Chrome or Edge elsewhere."
        ),
        "worker_http": _("Only an address with https opens without a network."),
        "worker_certificate": _(
            "The browser does not trust the server's certificate, even if the page could be opened. "
            "It has to come from an authority that the tablet knows, for this very name."
        ),
        "worker_refused": _(
            "The browser could not fetch the file worker.js as the server sends it: "
            "a filter changes or blocks it."
        ),
        "worker_stuck": _(
            "It was begun and did not end: a filter holds files back, or the network is very slow."
        ),
    }


def _pages() -> dict[str, Sentence]:
    return {
        "pages_fine": forms(
            lambda n: ngettext(
                "The pages are here, and the sheet of {n} rubric.",
                "The pages are here, and the sheets of {n} rubrics.",
                n,
            )
        ),
        "pages_no_sheet": _(
            "The pages are here, but no sheet yet. Sign in and open Today once with this network."
        ),
        "pages_need_worker": _("They come once opening without a network works."),
        "pages_missing": _(
            "They are not here yet. Open Today once with this network, and try again."
        ),
    }


def _storage() -> dict[str, Sentence]:
    return {
        "storage_fine": _("What is written is kept, and can be read again."),
        "storage_wrong": _("What was written came back changed. Restart the tablet and try again."),
        "storage_refused": _(
            "The browser refuses to keep anything: the tablet is full, or this is a private window, "
            "or its settings block it."
        ),
        "room_fine": _("{left} are free for Observe. A lesson takes less than one MB."),
        "room_little": _(
            "Only {left} are free for Observe. Remove photographs or apps that are not needed."
        ),
        "room_none": _(
            "Only {left} are free for Observe: a lesson may not fit. Remove photographs or apps first."
        ),
        "room_unknown": _("This browser does not say how much room there is."),
    }


def _promise() -> dict[str, Sentence]:
    return {
        "promise_fine": _("The browser has promised not to clear it by itself."),
        "promise_none": _(
            "The browser may clear it if room runs out or nobody comes for long. Put Observe on "
            "the Home Screen, or ask on the page This tablet."
        ),
        "promise_unknown": _("This browser makes no such promise. Use another one for lessons."),
        "private_no": _(
            "Nothing looks like a private window. Such a window forgets everything when it is closed."
        ),
        "private_since": _("What was kept here at an earlier check is still here: {when}"),
        "private_yes": _(
            "This looks like a private window: it forgets everything when it is closed. "
            "Use an ordinary one."
        ),
        "private_nothing": _(
            "The browser keeps nothing for this address. Allow it in the browser's settings."
        ),
    }
