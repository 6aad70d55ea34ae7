"""Names and e-mail addresses as people type them, in the one form that is kept."""

import re
import unicodedata

from observe.core.errors import Invalid

LONGEST_NAME = 120
LONGEST_EMAIL = 254
EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+")


def plain(text: str) -> str:
    """The text in Unicode form NFC, on one line, without space around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def email_of(text: str) -> str:
    """An e-mail address in small letters; Invalid when it is not one."""
    found = plain(text).lower()
    if len(found) > LONGEST_EMAIL or not EMAIL.fullmatch(found):
        raise Invalid("Enter an e-mail address like name@school.example.")
    return found


def name_of(text: str, *, of: str = "a name") -> str:
    """A name of 1 to 120 characters; Invalid with what was asked for when it is not one."""
    found = plain(text)
    if not found:
        raise Invalid(f"Enter {of}.")
    if len(found) > LONGEST_NAME:
        raise Invalid(f"Enter {of} of at most {LONGEST_NAME} characters.")
    return found


def sort_key(name: str) -> str:
    """A name as it is looked up: without accents, in small letters."""
    bare = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()
