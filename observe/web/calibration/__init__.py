"""Pairs and figures."""

from observe.web.calibration import agreement, group, listing, talk, views
from observe.web.calibration.blueprint import blueprint

__all__ = ["agreement", "blueprint", "group", "listing", "talk", "views"]
