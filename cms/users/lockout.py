"""When signing in is paused, for whom and where from (docs/adr/0027).

Failures are counted by account and address together; from many addresses at one account; and, from one address, by how
many accounts were tried. From an address that an account has lately signed in from, only its own failures there count:
neither somebody elsewhere nor a visitor to the same office locks its owner out.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username, get_cool_off, get_credentials, get_lockout_message
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone

from cms.users.models import User

# For so long an address from which somebody signed in counts as theirs.
TRUSTED_ADDRESS_PERIOD = datetime.timedelta(days=30)


class FailureCounter(AxesDatabaseHandler):
    """Axes' counters in the database, read by our three limits. A success clears its own account's at its address."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """Return the failures of the account at this address, or the limit where another one is reached."""
        here = {"username": get_client_username(request, credentials), "ip_address": request.axes_ip_address}
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        own = _failures(recent.filter(**here))
        if own >= settings.AXES_FAILURE_LIMIT or _is_trusted_address(here):
            return own
        at_account = _failures(recent.filter(username=here["username"]))
        others = recent.filter(ip_address=here["ip_address"]).exclude(username=here["username"])
        accounts = others.order_by().values("username").distinct().count()
        if at_account >= settings.THUOCDO_LOGIN_ACCOUNT_LIMIT or accounts >= settings.THUOCDO_LOGIN_ADDRESS_LIMIT:
            return max(own, settings.AXES_FAILURE_LIMIT)
        return own


@contextmanager
def counted_attempt(request: Any, user: User) -> Iterator[None]:
    """Count a ValidationError raised inside as a failed attempt at the account; raise one at once while it is locked.

    For secrets that are asked for beside the password, as codes of a second factor.
    """
    credentials = get_credentials(user.get_username())
    if settings.AXES_ENABLED and not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out, request.axes_credentials = True, credentials
        raise ValidationError(get_lockout_message())
    try:
        yield
    except ValidationError:
        AxesProxyHandler.user_login_failed(sender=None, credentials=credentials, request=request)
        raise


def recent_failures(user: User) -> int:
    """Return how often signing in to the account has failed within the time of a lock, from anywhere."""
    since = timezone.now() - get_cool_off()
    return _failures(AccessAttempt.objects.filter(username=user.get_username(), attempt_time__gte=since))


def forget_failures(user: User) -> None:
    """End every lock of the account: what was counted at it is counted no more."""
    AxesProxyHandler.reset_attempts(username=user.get_username())


def _failures(attempts: Any) -> int:
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def _is_trusted_address(here: dict[str, Any]) -> bool:
    return AccessLog.objects.filter(**here, attempt_time__gte=timezone.now() - TRUSTED_ADDRESS_PERIOD).exists()
