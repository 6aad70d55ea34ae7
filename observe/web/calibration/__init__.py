"""Pairs and figures."""

from observe.web.calibration import routes
from observe.web.calibration.blueprint import blueprint

__all__ = ["blueprint", "routes"]
