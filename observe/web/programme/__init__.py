"""A year in which heads learn to observe."""

from observe.web.programme import coaching, coaching_alone, coaching_sessions, coaching_told, views
from observe.web.programme.blueprint import blueprint

__all__ = ["blueprint", "coaching", "coaching_alone", "coaching_sessions", "coaching_told", "views"]
