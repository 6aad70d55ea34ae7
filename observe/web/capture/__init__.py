"""Today, planning and the sheet."""

from observe.web.capture import lessons, planning, sheet_page, today
from observe.web.capture.blueprint import blueprint

__all__ = ["blueprint", "lessons", "planning", "sheet_page", "today"]
