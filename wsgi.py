"""The WSGI entry: `gunicorn wsgi:app`."""

from observe import loading

with loading.for_good():
    from observe.settings import from_environment
    from observe.web.app import create_app

    app = create_app(from_environment())
