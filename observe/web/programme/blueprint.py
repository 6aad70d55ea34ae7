"""A year in which heads learn to observe."""

from flask import Blueprint

blueprint = Blueprint("programme", __name__)
