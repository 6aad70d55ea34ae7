"""Tablets without a screen that send to a server process, and believe only what it answers."""

import http.client
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from tests.classroom import RATING
from tests.factories import PlannedLesson, School
from tests.journeys.servers import Server
from tests.tablet import Sent
from tests.wire import Wire, a_wire

PATIENCE = 5
Answer = tuple[int, dict[str, Any]]


@dataclass
class Far:
    """A registered tablet of somebody; the server that it sends to may die at any moment."""

    wire: Wire
    server: Server
    answered: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)

    def post(self, *sent: Sent) -> Answer | None:
        """The status and the answer; None where none came."""
        try:
            return self._ask("POST", "/api/v1/sync", json.dumps(self.wire.batch(*sent)))
        except (OSError, http.client.HTTPException):
            return None

    def changes(self) -> list[Sent]:
        """What the server has of this person, as it tells it."""
        told: list[Sent] = self._ask("GET", "/api/v1/changes", None)[1]["operations"]
        return told

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        cookie = self.wire.client.get_cookie("observe")
        assert cookie
        headers = {"Cookie": f"observe={cookie.value}", "Content-Type": "application/json"}
        where = urlsplit(self.server.url).netloc
        with closing(http.client.HTTPConnection(where, timeout=PATIENCE)) as line:
            line.request(method, path, body, headers | self.wire.token)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())

    def send(self, *sent: Sent) -> bool:
        """Whether each operation was answered; what was accepted for the first time is counted."""
        answer = self.post(*sent)
        if answer is None or answer[0] != 200:
            return False
        for result in answer[1]["results"]:
            assert result["status"] in ("accepted", "duplicate"), result
            self.answered[result["op_id"]] += 1
            self.accepted[result["op_id"]] += result["status"] == "accepted"
        self.wire.acknowledged_through = answer[1]["acknowledged_through"]
        return True

    def open(self, lesson: PlannedLesson) -> None:
        """Begin the record."""
        opened = self.wire.tablet.make("open", value={"lesson_id": str(lesson.id)})
        assert self.send(opened)

    def work(self, over: threading.Event) -> None:
        """Write and send for as long as it takes; what got no answer is sent again as it is."""
        for sent in self._batches():
            while not self.send(*sent):
                if over.wait(0.02):
                    return
            if over.is_set():
                return

    def _batches(self) -> Iterator[list[Sent]]:
        tablet = self.wire.tablet
        while True:
            yield [*(tablet.set(RATING, level) for level in (1, 2, 3)), *tablet.note("She waited.")]


def far(app: Flask, school: School, lesson: PlannedLesson, name: str, server: Server) -> Far:
    """A registered tablet of one observer of a lesson."""
    rubric = school.rubrics["teaching-framework"]
    return Far(a_wire(app, school[name], lesson.observations[name], rubric=rubric), server)
