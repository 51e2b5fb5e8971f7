"""The person who logs in. Ours from the first migration, so that it can grow."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. What it may do follows from its memberships (cms.organisations), never from flags set by hand."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=150)
    # The day on which the groups were last brought in line with the memberships, which begin and end by date.
    groups_synced_on = models.DateField(null=True, editable=False)
    # Counting up ends every session of the account.
    session_version = models.PositiveIntegerField(default=0, editable=False)
    # The password came from somebody else, so the person has to choose another before doing anything.
    password_is_temporary = models.BooleanField(default=False, editable=False)

    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_session_auth_hash(self) -> str:
        """Return what a session must carry to stay valid: the password's hash and the session version."""
        return salted_hmac("users.session", f"{self.password}:{self.session_version}", algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """Return the name as it is written in Vietnamese: one string, family name first."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the full name: shortening a Vietnamese name by position gets it wrong."""
        return self.full_name
