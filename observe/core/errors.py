"""What can go wrong in a way that a person can mend."""


class ObserveError(Exception):
    """A refusal with one sentence for the person: what is wrong and what to do.

    `field` names the field of a form that is wrong, where one is.
    """

    code = "refused"

    def __init__(self, sentence: str, *, code: str | None = None, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.code
        self.field = field


class Invalid(ObserveError):
    """What was sent cannot be understood or does not fit."""

    code = "invalid"


class Refused(ObserveError):
    """This person may not do this."""

    code = "not_allowed"


class Missing(ObserveError):
    """There is no such thing, or not for this person."""

    code = "not_found"


class Conflict(ObserveError):
    """The thing is in a state in which this cannot be done."""

    code = "conflict"


class Stale(ObserveError):
    """Somebody else changed the thing since this person read it."""

    code = "stale"


class TooLarge(ObserveError):
    """More was sent than Observe takes at once."""

    code = "too_large"


class TooOften(ObserveError):
    """Somebody tries again and again; they have to wait."""

    code = "too_often"
