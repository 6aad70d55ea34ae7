"""What a new password must be."""

import string
import unicodedata

SHORTEST = 12
LONGEST = 200
FEWEST_LETTERS = 4
GUESSED_FIRST = """
    123456789012 1234567890123 12345678901234 1234567891011 123456123456 012345678901 123123123123
    987654321098 112233445566 qwertyuiopasdf qwertyqwerty 1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6
    1q2w3e4r5t6y abcdefghijkl abcdefghijklm abc123abc123 passwordpassword iloveyouforever
    letmeinletmein letmeinplease changemeplease changemenow administrator adminadminadmin
    manchesterunited liverpoolfootball teacherteacher schoolschool primaryschool observeobserve
    correcthorsebatterystaple
"""
WORDS_BEFORE_A_NUMBER = """
    password passw0rd p@ssword p@ssw0rd mypassword newpassword qwerty qwertyuiop asdfghjkl zxcvbnm
    abc abcd abcdef abcdefgh iloveyou letmein welcome changeme admin administrator football liverpool
    sunshine princess teacher headteacher school primaryschool observe lesson summer winter
"""


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


_GUESSED = frozenset(map(_bare, GUESSED_FIRST.split()))
_WORDS = frozenset(map(_bare, WORDS_BEFORE_A_NUMBER.split()))


def trouble(password: str, *, email: str, name: str) -> str | None:
    """Why this cannot be the password, in a sentence; None when it can."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Four words you can picture work well."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if _bare(password) in {_bare(email), _bare(email.partition("@")[0]), _bare(name)}:
        return "Do not use your name or e-mail address as the password."
    if _is_common(_bare(password)):
        return "Many people use this password, so it is guessed first. Choose another."
    return None


def _is_common(bare: str) -> bool:
    few = len(set(bare)) < FEWEST_LETTERS
    return few or bare in _GUESSED or bare.strip(string.digits) in _WORDS
