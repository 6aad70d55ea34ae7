"""How long what is written about somebody is kept."""

from datetime import date

YEARS = 3
SCHOOL_YEAR_ENDS = (8, 31)


def kept_until(released: date) -> date:
    """The end of the third school year after a summary's own, when it is erased.

    A school year ends on 31 August.
    """
    ends_this_year = (released.month, released.day) <= SCHOOL_YEAR_ENDS
    year = released.year if ends_this_year else released.year + 1
    return date(year + YEARS - 1, *SCHOOL_YEAR_ENDS)
