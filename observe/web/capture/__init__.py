"""Today, planning and the sheet."""

from observe.web.capture import routes
from observe.web.capture.blueprint import blueprint

__all__ = ["blueprint", "routes"]
