"""Today, planning and the sheet."""

from flask import Blueprint

blueprint = Blueprint("capture", __name__)
