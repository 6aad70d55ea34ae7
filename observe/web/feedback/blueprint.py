"""Summaries on their way to the teacher."""

from flask import Blueprint

blueprint = Blueprint("feedback", __name__)
