"""Sign-in, one's own page, and the facilitator's first week."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
