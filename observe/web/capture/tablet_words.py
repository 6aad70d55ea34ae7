"""The sentences that the pages of the tablet say by script."""

from observe.web.capture.plurals import Sentence, forms
from observe.web.capture.prepare_words import waits_long
from observe.web.words import gettext as _
from observe.web.words import ngettext


def tablet_words() -> dict[str, Sentence]:
    """What Today says without a network."""
    return {
        **_lessons(),
        **_beside(),
        **_saving(),
        **_work(),
        **_notices(),
        **_unplanned(),
        **_choosing(),
    }


def device_words() -> dict[str, Sentence]:
    """What the page This tablet says."""
    return {**_work(), **_notices(), **_states(), **_facts(), **_refused()}


def _lessons() -> dict[str, Sentence]:
    return {
        "start": _("Start"),
        "go_on": _("Go on"),
        "remove": _("Remove"),
        "now_since": _("Now, since {time}"),
        "next_in": forms(lambda n: ngettext("Next, in {n} minute", "Next, in {n} minutes", n)),
        "next_day": _("Next, {day}"),
        "until": _("Until {end}."),
        "until_in_room": _("Room {room}, until {end}."),
        "at": _("At {school}."),
        "at_as_visitor": _("At {school}, as a visitor."),
        "at_with": _("{school}, with {names}"),
    }


def _beside() -> dict[str, Sentence]:
    return {
        "beside": forms(
            lambda n: ngettext(
                "{names} observes beside you and keeps a separate record.",
                "{names} observe beside you and keep separate records.",
                n,
            )
        ),
        "not_planned": _("It was not planned."),
        "its_letters": _("Its letters for a partner: {code}."),
        "not_on_server": _("The server does not list it; what you wrote is kept here."),
        "look_for": _("To look for"),
        "target_of": _("{teacher}'s target, agreed on {since}, due {until}"),
        "rule_of": _("For {title}. {source}"),
        "as_of": _("Lessons as the server told them {when}."),
        "no_lesson": _("No lesson waits on this tablet"),
        "no_lesson_more": _(
            "What is planned for you comes here with the network. "
            "A lesson that was not planned can begin at once."
        ),
    }


def _saving() -> dict[str, Sentence]:
    return {
        "nothing_waits": _("Nothing waits to be sent."),
        "all_sent": _("Everything on this tablet is on the server, last sent {when}."),
        "kept_and_waits": _("Saved on this tablet; {what} to be sent"),
        "waits_long": waits_long(),
    }


def _work() -> dict[str, Sentence]:
    """What both pages say of the work on the tablet, and of what is not sent yet."""
    return {
        "lesson_unknown": _("A lesson whose name is not on this tablet any more"),
        "count_changes": forms(lambda n: ngettext("{n} change waits", "{n} changes wait", n)),
        "count_notes": forms(lambda n: ngettext("{n} note waits", "{n} notes wait", n)),
        "waits_in_words": _("{what} to be sent, the oldest since {when}."),
        "why_no_network": _("There is no network. It goes by itself when there is one."),
        "why_sign_in": _("It is safe here. Sign in to send it."),
        "why_wrong_person": _(
            "Somebody else is signed in. Nothing of yours is sent until you sign in again."
        ),
        "why_new_version": _(
            "There is a new version of Observe. Reload this page, and it is sent."
        ),
        "why_busy": _("The server does not take anything just now. It is tried again by itself."),
        "others": forms(
            lambda n: ngettext(
                "Work of {n} other person waits on this tablet. It is sent when they sign in here.",
                "Work of {n} other people waits on this tablet. It is sent when they sign in here.",
                n,
            )
        ),
    }


def _notices() -> dict[str, Sentence]:
    return {
        "try_again": _("Try again"),
        "open_page": _("Open the page"),
        "sign_in": _("Sign in"),
        "to_check": _("Check this tablet"),
        "no_line_b": _("This tablet has no network just now."),
        "no_answer_b": _("The server does not answer just now."),
        "instead_of_today": _(
            "This is your day as the tablet keeps it. Lessons can be recorded as always."
        ),
        "instead_of_a_page": _(
            "The page that you asked for needs it. Lessons can be recorded here as always."
        ),
        "answers_b": _("The server answers again."),
        "answers": _("Until you open the page, this is your day as the tablet keeps it."),
        "nobody_b": _("Nobody is known on this tablet."),
        "nobody_online": _("Sign in once; from then on your lessons open here without a network."),
        "nobody_offline": _(
            "Somebody has to sign in once with a network; from then on their lessons open here without one."
        ),
        "cannot_keep_b": _("This tablet does not let the page keep anything."),
        "cannot_keep": _(
            "Do not begin a lesson here. The check says what is wrong and who can mend it."
        ),
        "not_secure_b": _("This address begins with http, not https."),
        "not_secure": _(
            "Lessons need the network here, and nothing is kept for a day without one."
        ),
    }


def _unplanned() -> dict[str, Sentence]:
    return {
        "no_class": _("No class"),
        "rubric_of_kind": _("{title}: {kind}"),
        "kind_lesson": _("lesson"),
        "kind_work_sample": _("pupils' work"),
        "kind_feedback_talk": _("feedback talk"),
        "kind_observing": _("observing"),
        "kind_leadership": _("leadership"),
    }


def _choosing() -> dict[str, Sentence]:
    return {
        "found": forms(lambda n: ngettext("{n} name fits", "{n} names fit", n)),
        "found_none": _("No name fits. Whoever is new comes here with the network."),
        "teacher_missing": _("Choose whom you observe, from the names below."),
        "code_letter": _(
            "A code has no {letter}: only consonants, no A, E, I, O, U or Y, and no figures. "
            "Look at the other tablet again."
        ),
        "code_length": forms(
            lambda n: ngettext(
                "A code has six letters, and this has {n}. Look at the other tablet again.",
                "A code has six letters, and this has {n}. Look at the other tablet again.",
                n,
            )
        ),
        "rubric_not_here": _(
            "The sheet of this rubric is not on the tablet yet and comes with the network. "
            "Choose another one."
        ),
        "no_school": _(
            "Whoever observes in a school can begin a lesson here. Your facilitator gives that role."
        ),
        "nothing_fetched": _(
            "Which teachers, classes and rubrics there are comes here once with the network "
            "and your sign-in."
        ),
    }


def _states() -> dict[str, Sentence]:
    return {
        "waits_more": _("It is safe on this tablet. Connect it to a network, or export it."),
        "planned_here": forms(
            lambda n: ngettext(
                "{n} lesson on it is not begun yet.",
                "{n} lessons on it are not begun yet.",
                n,
            )
        ),
        "none_planned_here": _(
            "No lesson is planned. What is planned comes here with the network."
        ),
        "label_here": _("notes here"),
        "label_server": _("on the server"),
        "n_waiting": forms(lambda n: ngettext("{n} waiting", "{n} waiting", n)),
        "n_changes_waiting": forms(
            lambda n: ngettext("{n} change waiting", "{n} changes waiting", n)
        ),
        "here_sealed": _("sealed"),
        "here_withdrawn": _("withdrawn"),
        "here_under_way": _("under way"),
    }


def _facts() -> dict[str, Sentence]:
    return {
        "name_of": _("{tablet}, used by {name}"),
        "kept_yes": _("Yes, it promised not to clear it"),
        "kept_no": _("Not promised yet"),
        "kept_unknown": _("This browser makes no promises; use another one for lessons"),
        "kept_now": _("The browser has promised to keep it."),
        "kept_refused": _(
            "The browser does not promise it yet. It does so for pages that are used often "
            "or are on the Home Screen."
        ),
        "home_yes": _("Yes"),
        "home_no": _("No. In the menu of the browser choose Install, or Add to Home Screen."),
        "home_no_ipad": _(
            "No. Tap Share, then Add to Home Screen, and open Observe from there: otherwise the iPad "
            "clears what is kept here after seven days without a visit."
        ),
        "space": _("{used} used of {of}"),
        "space_unknown": _("This browser does not say"),
        "nothing_not_sent": _("Nothing waits"),
        "never_sent": _("Nothing was sent from here yet"),
        "version_newest": _("{version}, newest"),
        "version_older": _(
            "{version}. There is a newer one: it comes when no sheet is open and you reload."
        ),
        "version_unknown": _("{version}. Whether there is a newer one shows with the network."),
        "exported": _("The file is among the downloads of this tablet."),
    }


def _refused() -> dict[str, Sentence]:
    return {
        "none_refused": _("Nothing was refused"),
        "none_refused_more": _(
            "If the server ever refuses a note, it is kept here in full and can be exported."
        ),
        "n_refused": forms(
            lambda n: ngettext("{n} change was refused", "{n} changes were refused", n)
        ),
        "refused_more": _(
            "Each is kept here in full. Copy it into a new line, or export it to keep it elsewhere."
        ),
        "refused_line": _("A line"),
        "refused_mark": _("A mark on a line"),
        "refused_rating": _("The rating of {criterion}"),
        "refused_lookfor": _("A look-for of {criterion}"),
        "refused_open": _("The beginning of the record"),
        "refused_seal": _("Sealing the record"),
        "refused_unseal": _("Opening the record again"),
        "refused_withdraw": _("Withdrawing the record"),
        "refused_tally": _("A count"),
        "refused_other": _("A change"),
        "because": _("Why: {why}"),
        "copy": _("Copy the text"),
        "export_one": _("Export"),
        "copied": _("The text is copied."),
    }
