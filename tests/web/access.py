"""Who gets in where: one line for each address, and more where the state of the thing decides.

A new route needs a line here. `who` names roles. Without `of` the page is about whoever asks, and the
role counts wherever it is held; with `of` it is about the thing that the address names, and only
these people of its own school get in: nobody of another school, nobody of another network.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID

from observe.core.programme_json import programme_digest
from observe.core.terms import term_of
from observe.storage import targets
from tests.assessed import Looked
from tests.coaching import Coached
from tests.factories import NOW, PlannedLesson, School
from tests.programmes import YEAR
from tests.rounds import Leading

ROLES = ("head", "adviser", "leader", "teacher", "facilitator", "deputy", "data protection")
OBSERVERS = ("head", "adviser")
OBSERVE = ("head", "adviser", "leader")


@dataclass(frozen=True)
class World:
    """A network in the middle of its year: head and adviser observed the teacher of the leader's team."""

    school: School
    planned: PlannedLesson
    revealed: PlannedLesson
    draft: UUID
    submitted: UUID
    released: UUID
    visit: UUID
    device: UUID
    role: UUID
    link: str
    away: UUID
    taught: UUID
    rule: UUID
    exercise: UUID
    settled: UUID
    taking: UUID
    group: UUID
    mail: UUID
    remark: UUID
    phrase: UUID
    holidays: tuple[UUID, UUID]
    coached: Coached
    cycle: UUID
    step: UUID
    newsletter: UUID
    looked: Looked
    led: Leading
    programme: UUID
    workshop: UUID
    brought: UUID
    erasure: UUID

    def person(self, first_name: str) -> UUID:
        """The id of somebody."""
        return self.school[first_name].id


Names = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Access:
    """One address: the permission that it asks for, and who gets in."""

    endpoint: str
    permission: str | None
    who: Collection[str]
    of: Names | None = None
    sends: Names = field(default=lambda _world: {})
    everywhere: bool = False

    def __str__(self) -> str:
        return self.endpoint


def planned(world: World) -> dict[str, Any]:
    """A lesson of the teacher that head and adviser will observe."""
    return {"lesson_id": world.planned.id}


def revealed(world: World) -> dict[str, Any]:
    """A lesson of the teacher that head and adviser have both sealed."""
    return {"lesson_id": world.revealed.id}


def third_reading(world: World) -> dict[str, Any]:
    """One criterion of that lesson, for which the two ask a third reader."""
    return revealed(world) | {"criterion": "routines"}


def draft(world: World) -> dict[str, Any]:
    """A summary that its author, the head, still writes."""
    return {"summary_id": world.draft}


def submitted(world: World) -> dict[str, Any]:
    """A summary that lies before its reader, the leader."""
    return {"summary_id": world.submitted}


def a_remark(world: World) -> dict[str, Any]:
    """What the leader said about a line of that summary."""
    return {"summary_id": world.submitted, "comment_id": world.remark}


def released(world: World) -> dict[str, Any]:
    """A summary that the teacher can read."""
    return {"summary_id": world.released}


def a_phrase(world: World) -> dict[str, Any]:
    """A phrase that the head keeps."""
    return {"phrase_id": world.phrase}


def this_term(_world: World) -> dict[str, Any]:
    """The term of the released summary, in which nobody else was told anything."""
    return {"key": term_of(NOW.date()).key}


def a_target(world: World) -> dict[str, Any]:
    """The target of the released summary."""
    with world.school.database.read(world.school.network_id) as session:
        return {"target_id": targets.id_of_summary(session, world.released)}


def a_colleague(world: World) -> dict[str, Any]:
    """A teacher of the school."""
    return {"person_id": world.person("Aisha")}


def own_school(world: World) -> dict[str, Any]:
    """The school."""
    return {"school_id": world.school.school_id}


def a_class(world: World) -> dict[str, Any]:
    """A class of the school."""
    return own_school(world) | {"class_id": world.school.class_id}


def a_holiday(world: World) -> dict[str, Any]:
    """Days without school at the school."""
    return own_school(world) | {"holiday_id": world.holidays[0]}


def a_holiday_of_all(world: World) -> dict[str, Any]:
    """Days without school at all schools."""
    return {"holiday_id": world.holidays[1]}


def a_brought_file(world: World) -> dict[str, Any]:
    """A table of staff that the facilitator brought, and that waits."""
    return {"upload_id": world.brought}


def a_mail(world: World) -> dict[str, Any]:
    """A mail that could not be sent."""
    return {"mail_id": world.mail}


SEES = (*OBSERVE, "facilitator")
CHANGES = OBSERVE
KEEPERS = ("facilitator", "data protection")

PEOPLE = [
    *(
        Access(f"people.{name}", None, ROLES)
        for name in ("sign_in", "try_sign_in", "choose_network", "take_network", "demo_sign_in")
    ),
    Access("people.link", None, ROLES, lambda world: {"token": world.link}),
    Access("people.use_link", None, ROLES, lambda world: {"token": world.link}),
    *(
        Access(f"people.{name}", "see own page", ROLES)
        for name in (
            *("me", "sign_out", "end_other_visits", "change_password"),
            *("choose_mails", "make_calendar", "end_calendar"),
        )
    ),
    Access("people.calendar", None, ROLES, lambda _: {"token": "nothing"}, everywhere=True),
    Access("people.end_visit", "see own page", ("head",), lambda world: {"visit_id": world.visit}),
    Access(
        "people.revoke_tablet", "see own page", ("head",), lambda world: {"device_id": world.device}
    ),
    *(
        Access(f"people.{name}", "manage people", ("facilitator",))
        for name in (
            *("index", "add", "add_person", "school_list", "add_school"),
            *("paste", "check_paste", "apply_paste", "rubric_list"),
            *("mails", "send_all_again", "files", "bring_file"),
        )
    ),
    *(
        Access(f"people.{name}", "manage people", ("facilitator",), a_brought_file)
        for name in (
            *("file", "file_columns", "choose_columns", "file_changes"),
            *("apply_file", "drop_file", "take_again"),
        )
    ),
    *(
        Access(f"people.{name}", "set checks", ("facilitator",))
        for name in ("checks", "choose_checks")
    ),
    *(
        Access(f"people.{name}", "set school days", ("facilitator",))
        for name in ("all_days", "keep_all_days", "keep_all_terms")
    ),
    Access("people.remove_all_days", "set school days", ("facilitator",), a_holiday_of_all),
    *(
        Access(f"people.{name}", "set school days", ("head", "facilitator"), own_school)
        for name in ("school_days", "keep_days", "keep_terms")
    ),
    Access("people.remove_days", "set school days", ("head", "facilitator"), a_holiday),
    Access("people.school_class_lists", "keep class lists", ("head", "facilitator"), own_school),
    *(
        Access(f"people.{name}", "keep class lists", ("head", "facilitator"), a_class)
        for name in ("keep_class_list", "erase_class_list")
    ),
    Access(
        "people.add_rubric",
        "manage people",
        ("facilitator",),
        sends=lambda world: {"rubric": world.school.rubrics["teaching-framework"]},
    ),
    *(
        Access(f"people.{name}", "manage people", ("facilitator",), own_school)
        for name in ("school", "change_school", "add_team", "add_class")
    ),
    Access(
        "people.rename_team",
        "manage people",
        ("facilitator",),
        lambda world: own_school(world) | {"team_id": world.school.team_id},
    ),
    Access(
        "people.rename_class",
        "manage people",
        ("facilitator",),
        a_class,
    ),
    *(
        Access(f"people.{name}", "manage people", ("facilitator",), a_colleague)
        for name in ("person", "change_person", "make_link", "leave", "come_back", "mail_link")
    ),
    *(
        Access(f"people.{name}", permission, KEEPERS)
        for name, permission in (
            *(("keeping", "see what is kept"), ("due", "see what is kept")),
            *(("choose_keeping", "set what is kept"),),
        )
    ),
    Access(
        "people.erasure",
        "see what is kept",
        KEEPERS,
        lambda world: {"erasure_id": world.erasure},
    ),
    Access("people.erase_due", "erase", ("data protection",)),
    Access("people.packs", "make pack", ("data protection",)),
    *(
        Access(f"people.{name}", "make pack", ("data protection",), a_colleague)
        for name in ("pack", "make_pack")
    ),
    Access("people.own_words", "see own page", ROLES),
    *(Access(f"people.{name}", "see own page", ROLES) for name in ("own_rights", "read_about")),
    Access("people.rights", "see rights", KEEPERS, a_colleague),
    Access("people.sign_out_of", "end visits", KEEPERS, a_colleague),
    Access(
        "people.take_tablet",
        "end visits",
        KEEPERS,
        lambda world: {"person_id": world.person("Sion"), "device_id": world.device},
    ),
    Access("people.revoke_tablets", "see own page", ROLES),
    Access("people.network", "keep network", KEEPERS),
    Access("people.keep_network", "keep network", KEEPERS),
    Access("people.export_network", "export network", ("data protection",)),
    Access("people.end_network", "end network", ("data protection",)),
    Access("people.gone", None, ROLES, lambda world: {"gone_id": world.erasure}),
    *(
        Access(f"people.{name}", "erase", ("data protection",), a_colleague)
        for name in ("erase_form", "erase_person")
    ),
    Access("people.send_again", "manage people", ("facilitator",), a_mail),
    Access("people.give_role", "give roles", ("facilitator",), a_colleague),
    Access(
        "people.take_role",
        "give roles",
        ("facilitator",),
        lambda world: a_colleague(world) | {"role_id": world.role},
    ),
    *(
        Access(endpoint, "give roles", (), lambda world: {"person_id": world.person("Margaret")})
        for endpoint in ("people.give_role",)
    ),
]

CAPTURE = [
    Access("capture.today", "see today", ROLES),
    Access("capture.plan", "plan lesson", SEES),
    Access("capture.plan_lesson", "plan lesson", SEES),
    Access("capture.lesson_list", "plan lesson", SEES),
    Access("capture.planner", "see planner", SEES),
    *(
        Access(f"capture.{name}", "set visit cap", ("head", "facilitator"), own_school)
        for name in ("visits", "set_visits")
    ),
    *(
        Access(f"capture.{name}", "keep free times", ROLES)
        for name in ("own_times", "keep_week", "go_away", "teach")
    ),
    Access(
        "capture.come_back", "keep free times", ("head",), lambda world: {"away_id": world.away}
    ),
    Access(
        "capture.stop_teaching",
        "keep free times",
        ("teacher",),
        lambda world: {"taught_id": world.taught},
    ),
    *(
        Access(f"capture.{name}", "see lesson", SEES, lesson)
        for name in ("lesson", "lesson_calendar")
        for lesson in (planned, revealed)
    ),
    *(
        Access(f"capture.{name}", "change lesson", CHANGES, planned)
        for name in (
            *("change", "change_lesson", "cancel", "cancel_lesson"),
            *("join", "join_lesson", "separate_lesson"),
        )
    ),
    Access(
        "capture.record",
        "record lesson",
        ("head",),
        lambda world: {"observation_id": world.planned.observations["Sion"]},
    ),
    Access(
        "capture.sheet",
        "use the tablet",
        ROLES,
        lambda world: {
            "digits": world.school.rubrics["teaching-framework"].removeprefix("sha256:")
        },
        everywhere=True,
    ),
]


def a_file(world: World) -> dict[str, Any]:
    """What the head's tablet exported, as a form sends it."""
    work = {"person_id": str(world.person("Sion")), "operations": []}
    return {"file": (BytesIO(json.dumps(work).encode()), "observe.json")}


TABLET = [
    *(Access(f"capture.{name}", None, ROLES) for name in ("tablet", "device", "check")),
    *(Access(f"capture.{name}", None, ROLES) for name in ("worker", "manifest", "apple_icon")),
    Access("capture.icon", None, ROLES, lambda _: {"name": "192"}, everywhere=True),
    Access("capture.rescue_form", "rescue records", ROLES),
    *(
        Access(f"capture.{name}", "rescue records", ("head", "facilitator"), lambda _: {}, a_file)
        for name in ("look_into_file", "bring_in_file")
    ),
    Access("capture_api.session", None, ROLES),
    Access("capture_api.sync", None, ROLES),
    *(
        Access(f"capture_api.{name}", "use the tablet", ROLES)
        for name in ("register", "everything", "changes_since")
    ),
    Access(
        "capture_api.rubric",
        "use the tablet",
        ROLES,
        lambda world: {"digits": world.school.rubrics["teaching-framework"][len("sha256:") :]},
        everywhere=True,  # each network has its own copy of a shipped rubric
    ),
    Access(
        "capture_api.bring_in",
        "rescue records",
        ("head", "facilitator"),
        lambda _world: {},
        lambda world: {"person_id": str(world.person("Sion")), "operations": []},
    ),
]

TALK = [
    Access("calibration.pairs", "see pairs", OBSERVE),
    Access("calibration.observing", "see own observing", OBSERVE),
    Access("calibration.pair", "see lesson", SEES, planned),
    Access("calibration.pair", "see lesson", SEES, revealed),
    *(
        Access(
            "calibration.agree",
            "write agreed record",
            who,
            lambda world, lesson=lesson: lesson(world) | {"criterion": "routines"},  # type: ignore[misc]
        )
        for lesson, who in ((planned, ()), (revealed, OBSERVERS))
    ),
    Access("calibration.close", "write agreed record", (), planned),
    Access("calibration.close", "write agreed record", OBSERVERS, revealed),
    *(
        Access(f"calibration.{name}", permission, who, named)
        for name, permission, more in (
            ("news", "compare records", {}),
            *((each, "write agreed record", {}) for each in ("shift", "pick_feedback")),
            ("unpick_feedback", "write agreed record", {}),
            ("reflection", "keep reflection", {}),
            *((f"{does}_reflection", "keep reflection", {}) for does in ("keep", "delete", "tick")),
            *(
                (each, "write agreed record", {"criterion": "routines"})
                for each in ("ask_third", "take_back_third")
            ),
        )
        for who, named in (
            ((), lambda world, more=more: planned(world) | more),
            (OBSERVERS, lambda world, more=more: revealed(world) | more),
        )
    ),
    Access(
        "calibration.expect_again",
        "waive partner",
        ("head", "leader"),
        lambda world: planned(world) | {"person_id": world.person("Ruth")},
    ),
    Access(
        "calibration.close_for",
        "write agreed record",
        OBSERVERS,
        lambda world: revealed(world) | {"person_id": world.person("Ruth")},
    ),
    Access("calibration.third_readings", "see third readings", ("head", "adviser", "facilitator")),
    *(
        Access(
            f"calibration.{name}", "read as third", ("adviser of another school",), third_reading
        )
        for name in ("third_reading_page", "take_third", "put_back_third", "answer_third")
    ),
    Access("calibration.assign_third", "assign third reader", ("facilitator",), third_reading),
    Access(
        "calibration.waive",
        "waive partner",
        ("head", "leader"),
        lambda world: planned(world) | {"person_id": world.person("Ruth")},
    ),
    Access("calibration.open_early", "open pair early", ("leader",), planned),
    Access("calibration.agreement", "see group figures", SEES),
    Access("calibration.group", "see group figures", SEES),
    *(
        Access(f"calibration.{name}", "see observers", SEES)
        for name in ("observers", "observers_csv", "observers_xlsx")
    ),
    *(
        Access(f"calibration.{name}", "see group figures", SEES)
        for name in (
            *("group_csv", "group_excel", "figures_explained", "what_docs_say"),
            *("planning", "planning_csv", "planning_xlsx"),
        )
    ),
    Access(
        "calibration.criterion",
        "see group figures",
        SEES,
        lambda _: {"key": "routines"},
        everywhere=True,
    ),
    *(
        Access(f"calibration.{name}", "see group figures", SEES)
        for name in (
            *("leniency", "leniency_csv", "leniency_xlsx"),
            *("over_time", "over_time_csv", "over_time_xlsx"),
        )
    ),
    Access("calibration.own_rows_csv", "see pairs", OBSERVE),
    *(
        Access(
            f"calibration.{name}",
            "see figures of a pair",
            ("head",),
            lambda world: {"person_id": world.person("Ruth")},
        )
        for name in (
            *("with_partner", "with_partner_csv", "with_partner_excel"),
            *("planning_with", "planning_with_csv", "planning_with_xlsx"),
        )
    ),
]

IN_ALL_SCHOOLS = (
    *OBSERVE,
    "leader of another team",
    *(f"{role} of another school" for role in OBSERVE),
)


def a_rule(world: World) -> dict[str, Any]:
    """A rule that head and adviser agreed; those of all schools of the network have it."""
    return {"precedent_id": world.rule}


RULES = [
    Access("calibration.rules", "see rules", SEES),
    *(
        Access(f"calibration.{name}", "keep rules", ("facilitator",))
        for name in ("rules_csv", "rules_xlsx")
    ),
    *(
        Access(f"calibration.{name}", "keep rules", ("facilitator",), a_rule)
        for name in (
            *("reword_rule", "retire_rule", "merge_rule"),
            *("bring_back_rule", "rule_stays"),
        )
    ),
    Access(
        "calibration.keep_rule",
        "keep rules",
        ("facilitator",),
        a_rule,
        lambda world: {"version": world.school.rubrics["teaching-framework"]},
    ),
    *(
        Access(f"calibration.{name}", "doubt rule", IN_ALL_SCHOOLS, a_rule)
        for name in ("doubt_rule", "no_doubt_of_rule")
    ),
]

CERTIFICATION = [
    *(
        Access(f"calibration.{name}", "see certification", SEES)
        for name in ("certification", "certification_csv", "certification_xlsx")
    ),
    *(
        Access(f"calibration.{name}", "be certified", OBSERVE)
        for name in ("look", "certification_lessons_csv", "own_certificate")
    ),
    Access("calibration.certificates", "see certificates", SEES),
    Access("calibration.rechecks", "see re-checks", ("adviser", "facilitator")),
    *(
        Access(
            f"calibration.{name}",
            "set certificate by hand",
            ("facilitator",),
            lambda world: {"person_id": world.person("Sion")},
        )
        for name in ("by_hand", "set_by_hand")
    ),
    *(
        Access(
            f"calibration.{name}",
            "plan re-check",
            ("adviser", "facilitator"),
            lambda world: planned(world) | {"person_id": world.person("Sion")},
        )
        for name in ("plan_recheck", "take_recheck_back")
    ),
    Access("calibration.agree_rechecks", "set re-check limits", ("facilitator",)),
    *(
        Access(f"calibration.{name}", "set certification rule", ("facilitator",))
        for name in (
            "certification_rule",
            "set_certification_rule",
            "end_certification_rule",
        )
    ),
    *(
        Access(
            f"calibration.{name}",
            permission,
            ("head",),
            lambda world: {"person_id": world.person("Sion")},
        )
        for name, permission in (
            ("certification_of", "see figures of a person"),
            ("look_at", "judge certification"),
            ("certificate_of", "see figures of a person"),
        )
    ),
]


def an_exercise(world: World) -> dict[str, Any]:
    """An exercise that everybody can take."""
    return {"exercise_id": world.exercise}


def settled(world: World) -> dict[str, Any]:
    """An exercise that head and adviser have both rated and sealed as its experts."""
    return {"exercise_id": world.settled}


def a_taking(world: World) -> dict[str, Any]:
    """What the head took."""
    return {"taking_id": world.taking}


def a_group(world: World) -> dict[str, Any]:
    """A group that took an exercise together."""
    return {"group_id": world.group}


BEYOND = (
    *("leader of another team", "leader of another school"),
    *("head of another school", "adviser of another school"),
)
EXERCISES = [
    Access("calibration.practice", "see practice", SEES),
    Access("calibration.practice_people", "see practice", SEES),
    *(
        Access(f"calibration.{name}", "take exercise", OBSERVE)
        for name in (
            *("join_group", "practice_results"),
            *("practice_results_csv", "practice_results_xlsx"),
        )
    ),
    Access("calibration.begin_exercise", "take exercise", (*OBSERVE, *BEYOND), an_exercise),
    *(
        Access(f"calibration.{name}", "make exercises", ("facilitator",))
        for name in ("new_exercise", "make_exercise")
    ),
    *(
        Access(f"calibration.{name}", "make exercises", ("facilitator",), an_exercise)
        for name in ("mending", "mend", "withdraw_exercise")
    ),
    Access("calibration.exercise", "see exercise", ("facilitator",), an_exercise),
    Access("calibration.exercise", "see exercise", (*OBSERVERS, "facilitator"), settled),
    Access("calibration.reference", "settle exercise", (), an_exercise),
    Access("calibration.reference", "settle exercise", OBSERVERS, settled),
    Access(
        "calibration.settle",
        "settle exercise",
        OBSERVERS,
        lambda world: settled(world) | {"criterion": "routines"},
    ),
    Access(
        "calibration.publish_exercise", "publish exercise", (*OBSERVERS, "facilitator"), settled
    ),
    *(
        Access(f"calibration.{name}", "go on with exercise", ("head",), a_taking)
        for name in ("taking", "finish_taking")
    ),
    Access(
        "calibration.rate_criterion",
        "go on with exercise",
        ("head",),
        lambda world: a_taking(world) | {"criterion": "routines"},
    ),
    Access("calibration.open_group", "lead group", ("facilitator",), an_exercise),
    *(
        Access(f"calibration.{name}", "lead group", ("facilitator",), a_group)
        for name in (
            *("exercise_group", "group_count", "reveal_group", "call_off_group"),
            *("spread_csv", "spread_xlsx"),
        )
    ),
    Access(
        "calibration.practice_results_of",
        "see figures of a person",
        ("head",),
        lambda world: {"person_id": world.person("Sion")},
    ),
]

FEEDBACK = [
    Access("feedback.index", "see feedback", ROLES),
    Access("feedback.pack", "see feedback", ("teacher",), this_term),
    Access("feedback.targets", "see targets", ROLES),
    Access("feedback.target", "follow target", ("head", "leader", "teacher"), a_target),
    Access(
        "feedback.decide_on_target", "decide on target", ("head", "leader", "teacher"), a_target
    ),
    *(
        Access(f"feedback.{name}", "see themes", ("head",), own_school)
        for name in ("themes", "themes_csv", "themes_xlsx")
    ),
    *(
        Access(f"feedback.{name}", "write summary", ("head",), draft)
        for name in ("edit", "write_draft", "keep_lines", "offer_wordings", "take_version_back")
    ),
    Access("feedback.draft_here", None, ROLES),
    Access("feedback.phrase_list", "keep phrases", OBSERVE),
    Access("feedback.keep_phrase", "keep phrases", OBSERVE),
    *(
        Access(f"feedback.{name}_phrase", "change phrase", ("head",), a_phrase)
        for name in ("rewrite", "share", "unshare", "delete")
    ),
    *(
        Access(f"feedback.{name}", "read draft summary", who, summary)
        for name in ("review", "preview", "comment", "versions")
        for summary, who in ((draft, OBSERVERS), (submitted, OBSERVE))
    ),
    *(
        Access(f"feedback.{name}", "review summary", who, summary)
        for name in ("send_back", "correct", "approve", "release")
        for summary, who in ((draft, ()), (submitted, ("leader",)))
    ),
    Access("feedback.answer_comment", "read draft summary", OBSERVE, a_remark),
    Access("feedback.seen_to", "write summary", ("head",), a_remark),
    Access("feedback.recall", "recall summary", (), submitted),
    Access("feedback.recall", "recall summary", ("head", "leader"), released),
    *(
        Access(f"feedback.{name}", "read released summary", who, summary)
        for name in ("show", "pdf")
        for summary, who in ((submitted, ()), (released, (*OBSERVE, "teacher")))
    ),
    *(
        Access("feedback.answer_reply", "answer reply", who, summary)
        for summary, who in ((submitted, ()), (released, ("head", "leader")))
    ),
    *(
        Access(f"feedback.{name}", "reply to summary", who, summary)
        for name in ("reply", "add_evidence", "take_target", "change_target")
        for summary, who in ((submitted, ()), (released, ("teacher",)))
    ),
]


def two_people(world: World) -> dict[str, Any]:
    """The coaching of head and adviser."""
    return {"partnership_id": world.coached.id}


COACHING = [
    *(
        Access(f"programme.{name}", "see coaching", OBSERVE)
        for name in ("coaching", "ask_for_coaching")
    ),
    *(
        Access(f"programme.{name}", "take part in coaching", OBSERVERS, two_people)
        for name in (
            *("partnership", "turn_coaching", "end_coaching", "add_coaching_goal"),
            *("new_coaching_session", "plan_coaching_session"),
            *("learning_log", "look_back", "say_of_coaching"),
        )
    ),
    *(
        Access(f"programme.{name}", "take part in coaching", who, two_people)
        for name, who in (("answer_coaching", ("adviser",)), ("take_coaching_back", ("head",)))
    ),
    Access(
        "programme.change_coaching_goal",
        "take part in coaching",
        OBSERVERS,
        lambda world: two_people(world) | {"goal_id": world.coached.goal},
    ),
    *(
        Access(
            f"programme.{name}",
            "take part in coaching",
            OBSERVERS,
            lambda world: two_people(world) | {"session_id": world.coached.session},
        )
        for name in (
            *("coaching_session", "change_coaching_session"),
            *("cancel_coaching_session", "coaching_session_calendar"),
        )
    ),
    *(
        Access(
            f"programme.{name}",
            "keep learning log",
            ("head",),
            lambda world: two_people(world) | {"entry_id": world.coached.entry},
        )
        for name in ("log_entry", "keep_log_entry", "delete_log_entry")
    ),
]


def under_way(world: World) -> dict[str, Any]:
    """How the head observes, which head and adviser have begun to write down."""
    return {"round_id": world.looked.under_way}


def both_sealed(world: World) -> dict[str, Any]:
    """How the head observes, which head and adviser have both sealed."""
    return {"round_id": world.looked.sealed}


def suggestion(world: World) -> dict[str, Any]:
    """What the adviser suggested, where both are sealed."""
    return {"suggestion_id": world.looked.suggested}


def suggestion_to_come(world: World) -> dict[str, Any]:
    """What the adviser suggested, where one is still open."""
    return {"suggestion_id": world.looked.to_come}


ASSESSING = [
    Access("programme.assessments", "see assessments", SEES),
    Access(
        "programme.begin_look",
        "look at observing",
        OBSERVERS,
        lambda world: {"person_id": world.person("Sion")},
        lambda _world: {"moment": "baseline"},
    ),
    *(
        Access(f"programme.{name}", "look at observing", OBSERVERS, under_way)
        for name in ("look", "rest_look", "seal_look", "discard_look")
    ),
    Access(
        "programme.rate_look",
        "look at observing",
        OBSERVERS,
        lambda world: under_way(world) | {"criterion": "gathers"},
    ),
    *(
        Access("programme.looks_beside", "compare looks", who, of)
        for who, of in (((), under_way), (OBSERVERS, both_sealed))
    ),
    Access("programme.suggest", "suggest for observing", ("adviser",), under_way),
    Access("programme.remove_suggestion", "suggest for observing", ("adviser",), suggestion),
    *(
        Access(f"programme.{name}", "answer suggestion", who, of)
        for name in ("take_suggestion", "decline_suggestion")
        for who, of in (((), suggestion_to_come), (("head",), suggestion))
    ),
]


def a_programme(world: World) -> dict[str, Any]:
    """A programme that the facilitator leads and the head takes part in."""
    return {"programme_id": world.programme}


def a_workshop(world: World) -> dict[str, Any]:
    """A workshop of that programme, to come."""
    return {"workshop_id": world.workshop}


def last_stage(world: World) -> dict[str, Any]:
    """The head's last stage in it, which an adviser signs off."""
    return a_programme(world) | {"person_id": world.person("Sion"), "stage": "final"}


def a_member(world: World) -> dict[str, Any]:
    """The head, as a member of it."""
    return a_programme(world) | {"person_id": world.person("Sion")}


ADVISERS = ("adviser", "adviser of another school")
PROGRAMME = [
    *(Access(f"programme.{name}", "see programmes", SEES) for name in ("progress", "workshops")),
    Access(
        "programme.progress_of",
        "see progress of a person",
        ("head", "adviser", "facilitator"),
        lambda world: {"person_id": world.person("Sion")},
    ),
    *(
        Access(f"programme.{name}", "see programme", ("head", *ADVISERS, "facilitator"), of)
        for name, of in (
            ("programme", a_programme),
            ("workshop", a_workshop),
            ("workshop_calendar", a_workshop),
        )
    ),
    Access("programme.group", "see group progress", ("facilitator",), a_programme),
    *(
        Access(f"programme.{name}", "take up programme", ("head", "facilitator"))
        for name in ("begin", "bring_programme")
    ),
    *(
        Access(
            f"programme.{name}",
            "take up programme",
            ("facilitator",),
            lambda _world: {"digest": programme_digest(YEAR)},
            everywhere=True,
        )
        for name in ("begin_one", "begin_programme")
    ),
    *(
        Access(f"programme.{name}", "keep programme", ("facilitator",), a_programme)
        for name in (
            *("settings", "keep_settings", "hand_over", "end_programme", "reopen_programme"),
            *("members", "add_members", "new_workshop", "plan_workshop"),
        )
    ),
    Access(
        "programme.keep_stage_days",
        "keep programme",
        ("facilitator",),
        lambda world: a_programme(world) | {"stage": "practice"},
    ),
    *(
        Access(f"programme.{name}", "keep programme", ("facilitator",), a_member)
        for name in ("join_part", "remove_member")
    ),
    *(
        Access(f"programme.{name}", "keep programme", ("facilitator",), a_workshop)
        for name in (
            *("change_workshop", "keep_workshop", "cancel_workshop", "hold_workshop"),
            *("say_who_came", "ask_guest"),
        )
    ),
    Access(
        "programme.drop_guest",
        "keep programme",
        ("facilitator",),
        lambda world: a_workshop(world) | {"guest_id": world.person("Aisha")},
    ),
    *(
        Access(f"programme.{name}", "sign off stage", ("adviser",), last_stage)
        for name in ("sign_off", "take_sign_off_back")
    ),
]


TABLE = [*PEOPLE, *CAPTURE, *TABLET, *TALK, *RULES, *CERTIFICATION, *EXERCISES, *FEEDBACK]
TABLE += ASSESSING


def a_groups_cycle(world: World) -> dict[str, Any]:
    """The head's improvement cycle of a group, in which nobody else takes part."""
    return {"cycle_id": world.cycle}


IMPROVING = [
    *(Access(f"programme.{name}", "see cycles", SEES) for name in ("cycles", "new_cycle")),
    Access("programme.begin_cycle", "see cycles", SEES),
    *(
        Access(f"programme.{name}", "see cycle", ("head", "facilitator"), a_groups_cycle)
        for name in ("cycle", "cycle_csv", "cycle_xlsx")
    ),
    *(
        Access(f"programme.{name}", "change cycle", ("head",), a_groups_cycle)
        for name in (
            *("cycle_form", "change_cycle", "measure_cycle", "forget_point", "set_median"),
            *("end_cycle", "add_to_cycle", "drop_from_cycle", "new_step", "plan_step"),
        )
    ),
    *(
        Access(
            f"programme.{name}",
            "change cycle",
            ("head",),
            lambda world: a_groups_cycle(world) | {"step_id": world.step},
        )
        for name in ("cycle_step", "change_step")
    ),
]


def a_draft_of_a_newsletter(world: World) -> dict[str, Any]:
    """A newsletter that only facilitators see yet."""
    return {"newsletter_id": world.newsletter}


NEWSLETTERS = [
    Access("programme.newsletters", "see newsletters", ROLES),
    Access("programme.begin_newsletter", "write newsletters", ("facilitator",)),
    Access("programme.newsletter", "read newsletter", ("facilitator",), a_draft_of_a_newsletter),
    *(
        Access(f"programme.{name}", "write newsletters", ("facilitator",), a_draft_of_a_newsletter)
        for name in (
            *("edit_newsletter", "keep_newsletter"),
            *("withdraw_newsletter", "throw_newsletter_away"),
        )
    ),
]

TABLE += [*COACHING, *IMPROVING, *NEWSLETTERS]
TABLE += PROGRAMME


def round_under_way(world: World) -> dict[str, Any]:
    """A round of leadership feedback about the head, which asks the adviser."""
    return {"round_id": world.led.under_way}


LEADERSHIP = [
    Access("programme.leadership", "see leadership feedback", ROLES),
    Access("programme.begin_leadership", "begin leadership feedback", ("facilitator",)),
    *(
        Access(f"programme.{name}", "run leadership feedback", ("facilitator",), round_under_way)
        for name in (
            *("leadership_round", "ask_raters", "move_leadership"),
            *("close_leadership", "cancel_leadership"),
        )
    ),
    Access(
        "programme.take_back_rater",
        "run leadership feedback",
        ("facilitator",),
        lambda world: round_under_way(world) | {"person_id": world.person("Ruth")},
    ),
    *(
        Access(f"programme.{name}", "read leadership feedback", who, of)
        for name in ("leadership_report", "leadership_report_file")
        for who, of in (
            ((), round_under_way),
            (("head",), lambda world: {"round_id": world.led.closed}),
        )
    ),
    *(
        Access(
            f"programme.{name}",
            None,
            ROLES,
            lambda world: {"token": world.led.token},
        )
        for name in (
            *("answer_leadership", "send_answer"),
            *("answer_sent", "take_answer_back"),
        )
    ),
]

TABLE += LEADERSHIP
