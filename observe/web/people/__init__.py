"""Sign-in, one's own page, and the facilitator's first week."""

from observe.web.people import routes
from observe.web.people.blueprint import blueprint

__all__ = ["blueprint", "routes"]
