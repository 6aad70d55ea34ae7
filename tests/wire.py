"""A tablet on the wire: real requests with a session, a token and a grant, to a real database."""

from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.test import TestResponse

from observe.core.permissions import Person
from tests.browser import Browser
from tests.tablet import Sent, Tablet


class Wire:
    """Somebody's tablet in a browser, from registration to verdict."""

    def __init__(self, app: Flask, person: Person, tablet: Tablet) -> None:
        self.browser = Browser(app).sign_in(person)
        app.config["WTF_CSRF_ENABLED"] = True
        self.client = self.browser.client
        self.person = person
        self.tablet = tablet
        self.acknowledged_through = 0
        told = self.client.get("/api/v1/session").get_json()
        self.csrf, self.epoch = told["csrf"], told["epoch"]

    @property
    def token(self) -> dict[str, str]:
        """The header that a request with a session needs."""
        return {"X-CSRFToken": self.csrf}

    def register(self) -> TestResponse:
        """Make this tablet known."""
        answer = self.client.post("/api/v1/devices", json={"label": "iPad"}, headers=self.token)
        self.tablet.device_id = UUID(answer.get_json()["device_id"])
        return answer

    def batch(self, *sent: Sent, **keys: Any) -> Sent:
        """A request, with what is to be different."""
        envelope = {
            "protocol": 1,
            "device_id": str(self.tablet.device_id),
            "person_id": str(self.person.id),
            "epoch": self.epoch,
            "batch_id": str(uuid4()),
            "sent_at": "2026-11-21T10:15:30Z",
            "acknowledged_through": self.acknowledged_through,
            "operations": list(sent),
        }
        return envelope | keys

    def post(self, *sent: Sent, headers: dict[str, str] | None = None, **keys: Any) -> TestResponse:
        """Send, whatever is answered."""
        token = self.token if headers is None else headers
        return self.client.post("/api/v1/sync", json=self.batch(*sent, **keys), headers=token)

    def send(self, *sent: Sent, **keys: Any) -> dict[str, Any]:
        """Send, and expect verdicts."""
        answer = self.post(*sent, **keys)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.get_json()
        self.acknowledged_through = told["acknowledged_through"]
        return told

    def sign_out(self) -> None:
        """Forget the session; the grant stays on the tablet."""
        self.client.delete_cookie("observe")


def a_wire(app: Flask, person: Person, observation_id: UUID, *, rubric: str) -> Wire:
    """A registered tablet of a person, with one record on it."""
    wire = Wire(app, person, Tablet(observation_id, rubric=rubric))
    wire.register()
    return wire
