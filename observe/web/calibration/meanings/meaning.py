"""What is said of one figure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """One figure: its name, what it says, how it is worked out, its limits, and its source."""

    key: str
    name: str
    says: str
    formula: str
    limits: str
    source: str = ""
