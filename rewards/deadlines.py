"""Days and months that rules give: when something is due."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def year_end(year: int) -> date:
    """From which a proposal's months count until there is a decision (RULES U2)."""
    return date(year, 12, 31)


REMIND_DAYS = 30
"""So many days before a deadline its measure stands in the reminder list."""
