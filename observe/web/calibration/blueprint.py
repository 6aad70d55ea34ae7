"""Pairs and figures."""

from flask import Blueprint

blueprint = Blueprint("calibration", __name__)
