"""Summaries on their way to the teacher."""

from observe.web.feedback import drafts, letters, reviews, routes
from observe.web.feedback.blueprint import blueprint

__all__ = ["blueprint", "drafts", "letters", "reviews", "routes"]
