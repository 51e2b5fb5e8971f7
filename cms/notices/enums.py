"""Where a message stands on its way by e-mail, and what went wrong."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EmailState(TextChoices):
    """Of each message; it stands in the application whatever becomes of the e-mail."""

    NONE = "none", _("No e-mail")
    GATHERED = "gathered", _("Waits for the e-mail of the day")
    DIGESTED = "digested", _("In the e-mail of the day")
    WAITING = "waiting", _("Waiting to be sent")
    FAILED = "failed", _("Failed, will be tried again")
    SENT = "sent", _("Sent")
    ABANDONED = "abandoned", _("Given up")


class Pace(TextChoices):
    """When a person wants the e-mails of a group of messages."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, in one e-mail")
    NEVER = "never", _("No e-mail")


class EmailError(TextChoices):
    """Why the last try failed."""

    UNREACHABLE = "unreachable", _("the mail server cannot be reached")
    SIGN_IN = "sign_in", _("the mail server does not accept our password")
    ADDRESS = "address", _("the mail server refuses the address")
    REFUSED = "refused", _("the mail server refused the message")


# What a run sends when its time has come.
UNSENT = (EmailState.WAITING, EmailState.FAILED)
