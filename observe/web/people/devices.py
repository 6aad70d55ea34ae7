"""What a browser says of itself, in words by which a person knows the device again."""

from werkzeug.user_agent import UserAgent

BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
DEVICES = {
    "iPad": "an iPad",
    "iPhone": "an iPhone",
    "CrOS": "a Chromebook",
    "Android": "an Android tablet or phone",
    "Windows": "a Windows computer",
    "Macintosh": "a Mac or an iPad",
    "Linux": "a Linux computer",
}


def words_for(agent: UserAgent) -> str:
    """Such as `Safari on an iPad`."""
    browser = _first(BROWSERS, agent.string) or "A browser"
    return f"{browser} on {_first(DEVICES, agent.string) or 'another device'}"


def _first(words: dict[str, str], text: str) -> str | None:
    return next((word for sign, word in words.items() if sign in text), None)
