"""The person who logs in. Ours from the first migration, so that it can grow."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cms.core.text import fold


class AccountQuerySet(models.QuerySet["User"]):
    """Reads over accounts."""

    def search(self, text: str) -> AccountQuerySet:
        """Return accounts whose username, name or address holds every word, with or without diacritics."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found


class AccountManager(UserManager.from_queryset(AccountQuerySet)):  # type: ignore[misc]
    """Accounts, made as Django makes them."""

    use_in_migrations = False


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

    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[AccountManager] = AccountManager()

    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="account_email_once",
                violation_error_message=_("Another account has this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text that accent-free search reads in step with the names."""
        self.search_text = fold(f"{self.username} {self.full_name} {self.email}")
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    def get_session_auth_hash(self) -> str:
        """Return what a session must carry to stay valid: the password's hash and the session version."""
        return salted_hmac("users.session", f"{self.password}:{self.session_version}", algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """Return the name as it is written in Vietnamese: one string, family name first."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the full name: shortening a Vietnamese name by position gets it wrong."""
        return self.full_name
