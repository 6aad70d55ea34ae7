"""A year in which heads learn to observe."""

from observe.web.programme import views
from observe.web.programme.blueprint import blueprint

__all__ = ["blueprint", "views"]
