"""What is in a pack, in words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from observe.web.dates import clock, day_short
from observe.web.words import gettext as _

Facts = list[tuple[str, str]]
UNSAID = ("lesson_id", "summary_id", "target_id", "taking_id", "part_id", "id")


def headings() -> Mapping[str, str]:
    """What each part is called, by its key."""
    return {
        "person": _("About you"),
        "roles": _("Your roles"),
        "rights": _("What changed in your rights"),
        "visits": _("When you signed in"),
        "links": _("Links for a password"),
        "tablets": _("Your tablets"),
        "calendar": _("The address of your calendar"),
        "mails": _("Mails to you"),
        "mails_off": _("Mails that you do without"),
        "sources": _("Your numbers in files of other systems"),
        "lessons": _("Lessons that you taught"),
        "notes": _("What was noted in your lessons"),
        "agreed": _("What observers agreed on your lessons"),
        "third_readings": _("What a third reader said of your lessons"),
        "summaries": _("Summaries about you"),
        "replies": _("Replies to your summaries"),
        "added": _("What you added to a summary"),
        "targets": _("Your targets"),
        "target_events": _("What became of your targets"),
        "observed": _("Lessons that you observed"),
        "phrases": _("Your phrases"),
        "free_times": _("When you are free"),
        "away": _("When you are away"),
        "taught_times": _("When you teach"),
        "certification": _("Your certification"),
        "certificates": _("What a facilitator set about your certificate"),
        "exercises": _("Exercises that you took"),
        "exercise_ratings": _("What you gave in exercises"),
        "programmes": _("Programmes that you take part in"),
        "signed_off": _("Stages that were signed off"),
        "workshops": _("Workshops"),
        "looks": _("Looks at how you observe"),
        "leadership": _("Leadership feedback about you"),
        "figures": _("When you first opened your figures"),
        "exercise_figures": _("When you first opened your figures over exercises"),
        "did": _("What you did here"),
        "read": _("What you read here"),
        "read_about": _("Who has read about you"),
        "reflections": _("Your reflections"),
        "log": _("Your learning log"),
        "coaching_feedback": _("What you said of the coaching"),
        "goals": _("Goals that you wrote down"),
        "self_evaluation": _("How you see your own observing"),
    }


def labels() -> Mapping[str, str]:
    """What each fact is called, by its key."""
    return {
        **_of_people(),
        **_of_lessons(),
        **_of_times(),
        **_of_practice(),
    }


def _of_people() -> Mapping[str, str]:
    return {
        "name": _("Name"),
        "email": _("E-mail address"),
        "address": _("To"),
        "kind": _("Kind"),
        "school_id": _("School"),
        "team_id": _("Team"),
        "source_id": _("System"),
        "key": _("Number there"),
        "role": _("Role"),
        "label": _("Device"),
        "did": _("What was done"),
        "details": _("More"),
        "thing": _("With what"),
        "by": _("By"),
        "person_id": _("Who"),
        "choice": _("Kind of mail"),
    }


def _of_lessons() -> Mapping[str, str]:
    return {
        "lesson": _("Lesson"),
        "lesson_id": _("Lesson"),
        "school_subject": _("Subject"),
        "room": _("Room"),
        "minutes": _("Minutes"),
        "cancel_reason": _("Why it was cancelled"),
        "planned_by": _("Planned by"),
        "observer_id": _("Noted by"),
        "text": _("Words"),
        "criterion": _("Criterion"),
        "level": _("Level"),
        "outcome": _("Outcome"),
        "reason": _("Reason"),
        "taken_by": _("Read by"),
        "number": _("Number"),
        "letter": _("Summary"),
        "released_by": _("Sent by"),
        "differs": _("Sees it differently"),
        "when": _("When"),
        "see": _("How one will know"),
        "state": _("How far it is"),
        "capacity": _("Observed as"),
        "part": _("Part"),
        "plan": _("Plan"),
        "shared": _("Shared with the network"),
    }


def _of_times() -> Mapping[str, str]:
    return {
        "at": _("Time"),
        "hour": _("Hour"),
        "starts_at": _("Began"),
        "created_at": _("Known here since"),
        "left_at": _("Left"),
        "started_at": _("From"),
        "seen_at": _("Last used"),
        "ended_at": _("Until"),
        "made_at": _("Made"),
        "used_at": _("Used"),
        "expires_at": _("Good until"),
        "registered_at": _("Since"),
        "revoked_at": _("Taken away"),
        "sent_at": _("Sent"),
        "gone_at": _("Gone from the file"),
        "cancelled_at": _("Cancelled"),
        "answered_at": _("Answered"),
        "released_at": _("Sent"),
        "due_on": _("By"),
        "begun_at": _("Begun"),
        "sealed_at": _("Sealed"),
        "changed_at": _("Last changed"),
        "first_day": _("From"),
        "last_day": _("Last day"),
        "begins_at": _("Begins"),
        "weekday": _("Day"),
        "expires_on": _("Runs out"),
        "until": _("Until"),
        "finished_at": _("Finished"),
        "added_at": _("Since"),
        "said_at": _("Noted"),
        "opened_at": _("Opened"),
        "closed_at": _("Closed"),
    }


def _of_practice() -> Mapping[str, str]:
    return {
        "decision": _("Decision"),
        "clause": _("By which part of the rule"),
        "share": _("Share"),
        "hand": _("Set to"),
        "mode": _("How"),
        "exercise_id": _("Exercise"),
        "value": _("Given"),
        "note": _("Note"),
        "stages": _("Stages"),
        "stage": _("Stage"),
        "added_by": _("Added by"),
        "programme_id": _("Programme"),
        "workshop_id": _("Workshop"),
        "guest": _("As a guest"),
        "came": _("Came"),
        "said_by": _("Noted by"),
        "moment": _("Moment"),
        "looked_at": _("Looked at"),
        "missed": _("Missed"),
        "next_time": _("Next time"),
        "helped": _("What helped"),
        "differently": _("What to do differently"),
        "onward": _("What should come of it"),
        "evidence": _("Evidence"),
    }


def facts(entry: Mapping[str, Any], criteria: Mapping[str, str]) -> Facts:
    """(label, words) of what an entry says, without what is empty and without bare numbers of rows."""
    named = labels()
    said = (
        (named[key], _said(key, value, criteria))
        for key, value in entry.items()
        if key in named and not _is_number(key, value)
    )
    return [(label, words) for label, words in said if words]


def _is_number(key: str, value: Any) -> bool:
    return key in UNSAID and not isinstance(value, date)


def _said(key: str, value: Any, criteria: Mapping[str, str]) -> str:
    if key == "weekday" and isinstance(value, int):
        return _weekdays()[value]
    if key == "criterion":
        return criteria.get(value, value or "")
    return words_of(value)


def words_of(value: Any) -> str:
    """A value as people read it."""
    match value:
        case None | "" | [] | {}:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return f"{day_short(value)}, {clock(value)}"
        case date():
            return day_short(value)
        case dict():
            return _listed(words_of(each) for each in value.values())
        case list() | tuple():
            return _listed(words_of(each) for each in value)
    return str(value)


def _listed(told: Iterable[str]) -> str:
    return " · ".join(filter(None, told))


def _weekdays() -> list[str]:
    return [
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    ]
