"""Today, planning and the sheet."""

from observe.web.capture import (
    lesson_calendar,
    lessons,
    planner,
    planner_cap,
    planner_times,
    planning,
    rescue_page,
    sheet_page,
    shell,
    tablet_pages,
    today,
)
from observe.web.capture.api import api
from observe.web.capture.blueprint import blueprint

__all__ = [
    "api",
    "blueprint",
    "lesson_calendar",
    "lessons",
    "planner",
    "planner_cap",
    "planner_times",
    "planning",
    "rescue_page",
    "sheet_page",
    "shell",
    "tablet_pages",
    "today",
]
