"""Who is in the quarter's story, how each works, and the accounts that do the steps."""

from __future__ import annotations

from decimal import Decimal

from cms.evaluations.models import Evaluation, Period
from cms.organisations.enums import LEADING_ROLES
from cms.organisations.models import Officer
from cms.users.models import User

# Keeps the periods of the department: gives the plan of a month, opens periods, proposes their lock.
PERSONNEL = "to-chuc-tc"
# In these months (0 to 2) everything is done; the last one had a delay that was not theirs.
STRONG = {"CC-0132": (0, 1), "CC-0302": (2,), "CC-0410": (0, 1, 2), "CC-0295": (0, 1, 2)}
CLAIMANT = "CC-0295"
# Of two in the same group with so many points one alone may be Excellent.
OVER_THE_CAP = "CC-0302"
SLACK = "CC-0303"
# Disciplined in the second month; on leave for the whole of it.
DISCIPLINED, AWAY = "CC-0134", "CC-0414"
# Whose finished products were counted short in the first month, and who looked into it.
OBJECTOR, REVIEWER = "CC-0298", "CC-0130"
EACH, _USUAL = Decimal(8), (Decimal(7), Decimal("6.75"), Decimal("6.5"), Decimal("6.25"))


def done_of(code: str, role: str, month: int) -> Decimal:
    """Return how much of eight somebody completes of each piece of work in a month of the quarter (0 to 2)."""
    if code in STRONG:
        return EACH if month in STRONG[code] else _USUAL[0]
    if code == SLACK or (code == OBJECTOR and month == 0):
        return Decimal(4)
    return Decimal(6) if role in LEADING_ROLES else _USUAL[(int(code[-2:]) + month) % len(_USUAL)]


def points_off(code: str, month: int) -> int:
    """Return how many points of the common criteria somebody does not get in a month."""
    if code in STRONG:
        return 1 if month in STRONG[code] and code != OVER_THE_CAP else 2
    return 9 if code == SLACK else 2 + (int(code[-2:]) + month) % 3


def user(username: str) -> User:
    """Return an account afresh: what it may do is read once an object."""
    return User.objects.get(username=username)


def account_of(officer: Officer | None) -> User:
    """Return the account of who is officer, and has one, as everybody here does."""
    assert officer is not None and officer.account_id is not None  # noqa: S101
    return User.objects.get(pk=officer.account_id)


def evaluations_of(period: Period) -> list[Evaluation]:
    """Return who is judged in a period, with what steps need, by code."""
    related = ("officer__account", "agency", "framework", "evaluator", "decider", "period")
    return list(Evaluation.objects.filter(period=period).counted().select_related(*related).order_by("officer__code"))
