"""How django-allauth is held: accounts are made by administrators, never by visitors."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.addresses import client_address
from cms.users.models import User


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; a temporary password is changed into one that only its owner knows."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: a person gets an account from the technical administrator."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the desk for whoever has a role that enters it, an officer's own pages for everybody else."""
        desk = request.user.has_perm("wagtailadmin.access_admin")
        return reverse("wagtailadmin_home" if desk else "personal:home")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address by which allauth counts; one for all where the web server gives none."""
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count no attempts here: django-axes does, in the database, where every process sees them."""

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Return the new password; the temporary one is not new."""
        if user is not None and user.password_is_temporary and user.check_password(password):
            raise ValidationError(_("Choose another password than the temporary one."))
        cleaned: str = super().clean_password(password, user=user)
        return cleaned

    def set_password(self, user: User, password: str) -> None:
        """Store a password that its owner chose."""
        user.password_is_temporary = False
        super().set_password(user, password)
