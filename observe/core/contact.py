"""Names and e-mail addresses as people type them, in the one form that is kept."""

import re
import unicodedata

from observe.core.errors import Invalid

LONGEST_NAME = 120
LONGEST_EMAIL = 254
_NEVER = r"\s@<>\[\]:\\,;\""
EMAIL = re.compile(rf"[^{_NEVER}]+@[^{_NEVER}()]+\.[^{_NEVER}().]+")


def plain(text: str) -> str:
    """The text in Unicode form NFC, on one line, without space around it or control characters."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    words = unicodedata.normalize("NFC", text).split()
    return " ".join(filter(None, map(_visible, words)))


def _visible(word: str) -> str:
    return "".join(letter for letter in word if unicodedata.category(letter) not in ("Cc", "Cs"))


def email_fault(text: str) -> str:
    """Why this is not an e-mail address, in a sentence; empty when it is one."""
    found = plain(text)
    if len(found) > LONGEST_EMAIL or not EMAIL.fullmatch(found):
        return "Enter an e-mail address like name@school.example."
    return ""


def name_fault(text: str, *, of: str = "a name") -> str:
    """Why this is not a name of 1 to 120 characters; empty when it is one."""
    found = plain(text)
    if not found:
        return f"Enter {of}."
    return f"Enter {of} of at most {LONGEST_NAME} characters." if len(found) > LONGEST_NAME else ""


def email_of(text: str) -> str:
    """An e-mail address in small letters; Invalid when it is not one."""
    if fault := email_fault(text):
        raise Invalid(fault, field="email")
    return plain(text).lower()


def name_of(text: str, *, of: str = "a name") -> str:
    """A name of 1 to 120 characters; Invalid with what was asked for when it is not one."""
    if fault := name_fault(text, of=of):
        raise Invalid(fault, field="name")
    return plain(text)


def sort_key(name: str) -> str:
    """A name as it is looked up: without accents, in small letters."""
    if name.isascii():
        return name.casefold()
    bare = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()
