"""Everybody tries every move on a summary at every state, over HTTP, and only what the table says comes of it."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select

from observe.core.permissions import Person, RoleKind, may
from observe.services import chores, visits
from observe.storage import summaries
from observe.storage.tables.feedback import SummaryVersion
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.mail import OutboxMail
from observe.storage.tables.people import School as SchoolRow
from tests.factories import School, a_network, a_person, a_sign_in
from tests.letters import RUTH, SION, a_draft
from tests.mailbox import PLACE
from tests.web.test_feedback import form_of
from tests.web.test_permissions import another_school, another_team

AUTHOR, PARTNER, TEACHER, LEADER, HEAD, DEPUTY = "Ruth", "Mair", "Catrin", "Helen", "Sion", "Dilys"
NEVER = ("Margaret", "Aisha", "Owen", "Nia")
EVERYBODY = (AUTHOR, PARTNER, TEACHER, LEADER, HEAD, DEPUTY, *NEVER, "stranger")
LADDER = (LEADER, HEAD, DEPUTY)
WITH_AUTHOR, WITH_READER = ("draft", "sent back", "recalled"), ("in review", "approved")
MOVES = {
    ("draft", "submit"): "in review",
    ("sent back", "submit"): "in review",
    ("recalled", "submit"): "in review",
    ("in review", "correct"): "in review",
    ("in review", "send-back"): "sent back",
    ("in review", "approve"): "approved",
    ("in review", "release"): "released",
    ("approved", "correct"): "in review",
    ("approved", "send-back"): "sent back",
    ("approved", "release"): "released",
    ("released", "recall"): "recalled",
}
DID = {
    "submit": "summary submitted",
    "correct": "summary corrected",
    "send-back": "summary sent back",
    "approve": "summary approved",
    "release": "summary released",
    "recall": "summary recalled",
}
DAYS, STEPS = 15, 25


class Term:
    """A network with everybody in it, signed in, made once; each summary is another lesson's."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        app.config["WTF_CSRF_ENABLED"] = False
        self.database = app.extensions["observe_database"]
        self.database.links_lead_to = PLACE
        self.school = a_network(self.database, name="Dales learning group")
        a_person(self.school, "Mair Ellis", RoleKind.ADVISER)
        a_person(self.school, "Dilys Penry", RoleKind.DEPUTY)
        a_person(_beside(self.school), "Owen Leader", RoleKind.LEADER)
        a_person(another_school(self.school), "Nia Elsewhere", RoleKind.HEAD)
        for name in (AUTHOR, TEACHER, *LADDER):
            a_sign_in(self.school, name)
        stranger = a_network(self.database, name="Coast partnership")["Sion"]
        people = {name: self.school[name] for name in EVERYBODY if name != "stranger"}
        self.people = people | {"stranger": stranger}
        self.tried: set[tuple[object, ...]] = set()
        self.clients = {name: self._signed_in(each) for name, each in self.people.items()}

    def _signed_in(self, person: Person) -> FlaskClient:
        client = self.app.test_client()
        with self.database.write(person.network_id) as session:
            token = visits.begin(session, person.id, label="test", at=datetime.now(UTC))
        with client.session_transaction() as cookie:
            cookie["visit"] = token
        return client


def _beside(school: School) -> School:
    from dataclasses import replace

    return replace(school, team_id=another_team(school))


@cache
def the_term(app: Flask) -> Term:
    return Term(app)


class OneSummary(RuleBasedStateMachine):
    """The summary of one lesson, and what must be so after each thing that anybody tries."""

    app: Flask

    @initialize(releases=st.sampled_from(["at once", "on a weekday", "unread"]))
    def begin(self, releases: str) -> None:
        self.term = the_term(self.app)
        self.releases = releases
        self._set_up()
        notes = {AUTHOR: RUTH, PARTNER: SION}
        self.id = a_draft(self.term.school, notes=notes)
        self.state, self.steps, self.read = "draft", 0, False
        self.versions: list[tuple[str, bool]] = []
        self.history: Counter[str] = Counter()
        self.mails: set[tuple[str, str]] = set()
        self.said_since = False
        self.later = datetime.now(UTC)

    def _set_up(self) -> None:
        school = self.term.school
        with self.term.database.write(school.network_id) as session:
            row = session.get_one(SchoolRow, (school.network_id, school.school_id))
            row.review_needed = self.releases != "unread"
            another_day = (datetime.now(UTC).weekday() + 2) % 5
            row.release_weekday = another_day if self.releases == "on a weekday" else None
            session.execute(delete(OutboxMail))

    # who may, in the words of the school

    @property
    def readers(self) -> tuple[str, ...]:
        return LADDER[: self.steps + 1]

    def may_try(self, move: str) -> tuple[str, ...]:
        deciding = self.readers if self.state in WITH_READER else ()
        return {
            "submit": (AUTHOR,),
            "comment": (AUTHOR, PARTNER, *deciding),
            "recall": (AUTHOR, *self.readers) if self.state == "released" else (),
            "reply": (TEACHER,) if self.state == "released" else (),
        }.get(move, deciding)

    def leads_to(self, move: str) -> str | None:
        if move == "recall" and self.read:
            return None
        if move == "submit" and self.releases == "unread" and self.state in WITH_AUTHOR:
            return "released"
        if move == "approve" and self.releases == "at once" and self.state == "in review":
            return "released"
        return MOVES.get((self.state, move))

    # what anybody tries

    @rule(move=st.sampled_from(sorted(DID)), last=st.booleans())
    def whoever_may_does(self, move: str, last: bool) -> None:
        """The nearest reader or the furthest up, the author, or nobody."""
        who = self.may_try(move)
        if who:
            self._try(who[-1 if last else 0], move)

    @invariant()
    def nobody_else_gets_anywhere(self) -> None:
        """Everybody tries every move that is not theirs, or leads nowhere, once in each situation."""
        if not hasattr(self, "id") or self.situation in self.term.tried:
            return
        self.term.tried.add(self.situation)
        for move in DID:
            for who in EVERYBODY:
                if who not in self.may_try(move) or self.leads_to(move) is None:
                    self._try(who, move)
        for who in EVERYBODY:
            if who not in self.may_try("comment"):
                self._comment(who)
            if who not in self.may_try("reply"):
                self._reply(who)

    @property
    def situation(self) -> tuple[object, ...]:
        return self.releases, self.state, self.steps, self.read, self.said_since

    @rule(who=st.sampled_from(EVERYBODY))
    def somebody_comments(self, who: str) -> None:
        self._comment(who)

    def _comment(self, who: str) -> None:
        answer = self._post(who, "comments", line="1", text=f"Say how many. {self.history.total()}")
        if who not in self.may_try("comment"):
            assert answer in (403, 404)
        elif self.state == "released":
            assert answer == 409
        else:
            assert answer == 302
            self.history["summary commented"] += 1
            self.said_since |= who != AUTHOR

    @rule(who=st.sampled_from(EVERYBODY))
    def somebody_replies(self, who: str) -> None:
        self._reply(who)

    def _reply(self, who: str) -> None:
        answer = self._post(who, "reply", reply="Thank you.")
        if who in self.may_try("reply"):
            assert answer == 302
            self.read = True
        else:
            assert answer in (403, 404)

    @rule(
        who=st.sampled_from(EVERYBODY),
        page=st.sampled_from(["", ".pdf", "/review", "/preview", "/edit"]),
    )
    def somebody_looks(self, who: str, page: str) -> None:
        self._look(who, page)

    def _look(self, who: str, page: str) -> None:
        got = self.term.clients[who].get(f"/feedback/{self.id}{page}")
        sees = who in self._see(page)
        assert (got.status_code < 400) == sees, (who, page, self.state, got.status_code)
        if not sees:
            assert "lesson on" not in got.get_data(as_text=True)
        if sees and page in ("", ".pdf") and who == TEACHER:
            self.read = True

    def _see(self, page: str) -> tuple[str, ...]:
        if page == "/edit":
            return (AUTHOR,)
        if page in ("/review", "/preview"):
            return self.may_try("comment")
        near = (AUTHOR, PARTNER, TEACHER, LEADER, HEAD, *self.readers)
        return near if self.state == "released" else ()

    @precondition(lambda self: self.state == "released")
    @rule(page=st.sampled_from(["", ".pdf"]))
    def the_teacher_reads(self, page: str) -> None:
        self._look(TEACHER, page)

    @precondition(lambda self: self.state in WITH_READER)
    @rule()
    def days_go_by(self) -> None:
        """Six days on, jobs run: what waited goes up, what was approved goes out."""
        self.later += timedelta(days=6)
        place = self.term.school.network_id
        chores.in_one(self.term.database, place, at=self.later)
        if self.state == "approved":
            self._moved("release", "released")
        elif self.steps < len(LADDER) - 1:
            self.steps += 1
            self.history["summary escalated"] += 1
            self.mails.add(("summary escalated", LADDER[self.steps]))

    # what comes of it

    def _try(self, who: str, move: str) -> None:
        answer = self._send(who, move)
        to = self.leads_to(move)
        if who not in self.may_try(move):
            assert answer in (403, 404), (who, move, self.state, answer)
        elif to is None:
            assert answer == 409, (who, move, self.state, answer)
        elif move == "send-back" and not self.said_since:
            assert answer == 400
        else:
            assert answer == 302, (who, move, self.state, answer)
            done = "release" if to == "released" else move
            self._moved(done, to)

    def _send(self, who: str, move: str) -> int:
        if move == "submit":
            return self._submit(who)
        more = {"line": "1", "text": f"Thank you, Catrin. {self.revision}"}
        return self._post(
            who, move, revision=str(self.revision), **(more if move == "correct" else {})
        )

    def _submit(self, who: str) -> int:
        url = f"/feedback/{self.id}/edit"
        page = self.term.clients[who].get(url)
        typed: dict[str, Any] = (
            form_of(page.get_data(as_text=True)) if page.status_code == 200 else {}
        )
        return self._post(who, "edit", **(typed | {"revision": str(self.revision), "do": "submit"}))

    def _post(self, who: str, where: str, **sends: Any) -> int:
        url = f"/feedback/{self.id}/{where}"
        return self.term.clients[who].post(url, data=sends).status_code

    @property
    def revision(self) -> int:
        with self.term.database.read(self.term.school.network_id) as session:
            return summaries.row(session, self.id).revision

    def _moved(self, move: str, to: str) -> None:
        self.state = to
        self.history[DID[move]] += 1
        if move == "submit":
            self.steps, self.said_since = 0, False
        if move == "release":
            self.versions.append((self._words(), False))
            self.read = False
        if move == "recall":
            self.versions[-1] = (self.versions[-1][0], True)
        told = {
            "submit": {("summary submitted", LEADER)},
            "send-back": {("summary sent back", AUTHOR)},
            "release": {("summary released", TEACHER)},
            "approve": set(),
            "recall": set(),
        }
        self.mails = told.get(move, self.mails)

    def _words(self) -> str:
        with self.term.database.read(self.term.school.network_id) as session:
            lines = summaries.row(session, self.id).lines
        return " ".join(line["text"] for line in lines if line["text"])

    @invariant()
    def the_summary_stands_where_it_should(self) -> None:
        if not hasattr(self, "id"):
            return
        with self.term.database.read(self.term.school.network_id) as session:
            row = summaries.row(session, self.id)
            assert (row.state, row.steps_up) == (self.state, self.steps)
            assert (row.read_at is not None) == (self.read and self.state == "released")
            assert (row.release_on is not None) == (self.state == "approved")
            kept = session.scalars(
                select(SummaryVersion)
                .where(SummaryVersion.summary_id == self.id)
                .order_by(SummaryVersion.number)
            )
            assert [_version(each) for each in kept] == self.versions

    @invariant()
    def its_history_holds_every_move_and_no_other(self) -> None:
        if not hasattr(self, "id"):
            return
        line = HistoryLine
        with self.term.database.read(self.term.school.network_id) as session:
            query = select(line.did).where(line.thing == "summary", line.thing_id == str(self.id))
            kept = Counter(session.scalars(query))
        counted = {*DID.values(), "summary commented", "summary escalated"}
        assert Counter({did: n for did, n in kept.items() if did in counted}) == self.history

    @invariant()
    def only_whom_it_concerns_now_is_written_to_and_told_nothing(self) -> None:
        if not hasattr(self, "id"):
            return
        names = {person.id: name for name, person in self.term.people.items()}
        with self.term.database.read(self.term.school.network_id) as session:
            rows = session.scalars(select(OutboxMail).where(OutboxMail.about_id == self.id)).all()
            waiting = {(row.kind, names[row.person_id]) for row in rows if "repl" not in row.kind}
            said = " ".join(f"{row.subject} {row.body}" for row in rows)
        assert waiting == self.mails
        assert not re.search("Catrin|Morley|Maths|Year 5|Ruth|Books", said)

    @invariant()
    def permissions_say_the_same(self) -> None:
        if not hasattr(self, "id"):
            return
        with self.term.database.read(self.term.school.network_id) as session:
            thing = summaries.thing(session, self.id)
        for action, move in (
            ("review summary", "release"),
            ("recall summary", "recall"),
            ("read draft summary", "comment"),
            ("reply to summary", "reply"),
        ):
            allowed = {n for n, person in self.term.people.items() if may(person, action, thing)}
            assert allowed == set(self.may_try(move)), (action, self.state)


def _version(row: SummaryVersion) -> tuple[str, bool]:
    words = " ".join(line["text"] for line in row.letter["lines"])
    return words, row.recalled_at is not None


@pytest.fixture
def one_summary(app: Flask) -> Iterator[type[OneSummary]]:
    yield type("Tried", (OneSummary,), {"app": app, "TestCase": None})
    the_term.cache_clear()


def test_nobody_moves_a_summary_but_as_the_table_says(one_summary: type[OneSummary]) -> None:
    run_state_machine_as_test(
        one_summary,
        settings=settings(max_examples=DAYS, stateful_step_count=STEPS, deadline=None),
    )
