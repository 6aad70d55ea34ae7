"""A WebKit browser that WebDriver drives and that keeps its profile: `browser.py --profile=FOLDER`.

Debian's MiniBrowser forgets everything at its end when it is driven, so that nothing could be opened
again after a kill. Runs with the system's Python, which has the bindings (Debian: python3-gi).
"""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

NAME = "Observe"
SIZE = (1180, 820)


def a_context(folder: str) -> WebKit2.WebContext:
    """Where cookies, kept pages and stores lie in a folder."""
    manager = WebKit2.WebsiteDataManager(
        base_data_directory=f"{folder}/data", base_cache_directory=f"{folder}/cache"
    )
    kept = WebKit2.CookiePersistentStorage.SQLITE
    manager.get_cookie_manager().set_persistent_storage(f"{folder}/cookies.sqlite", kept)
    return WebKit2.WebContext(website_data_manager=manager)


def a_view(context: WebKit2.WebContext) -> WebKit2.WebView:
    """A window with one page."""
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window(default_width=SIZE[0], default_height=SIZE[1])
    window.add(view)
    window.show_all()
    return view


def obey(context: WebKit2.WebContext, session: WebKit2.AutomationSession) -> None:
    """Says what it is, and opens a window when told to."""
    about = WebKit2.ApplicationInfo()
    about.set_name(NAME)
    session.set_application_info(about)
    session.connect("create-web-view", lambda _: a_view(context))


def main() -> None:
    """Waits to be driven."""
    (folder,) = (each.partition("=")[2] for each in sys.argv if each.startswith("--profile="))
    context = a_context(folder)
    context.set_automation_allowed(True)
    context.connect("automation-started", obey)
    Gtk.main()


if __name__ == "__main__":
    main()
