"""Summaries on their way to the teacher."""

from observe.web.feedback import routes
from observe.web.feedback.blueprint import blueprint

__all__ = ["blueprint", "routes"]
