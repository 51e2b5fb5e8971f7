"""Registers ways from Wagtail's account page to the password and the second factor."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("register_account_menu_item")
def password_item(request: HttpRequest) -> dict[str, str]:
    """Lead to the page that changes the password."""
    return {"url": reverse("account_change_password"), "label": _("Password"), "help_text": _("Change your password.")}


@hooks.register("register_account_menu_item")
def second_factor_item(request: HttpRequest) -> dict[str, str]:
    """Lead to the page of second factors."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Two-factor authentication"),
        "help_text": _("Authenticator app, security keys and recovery codes."),
    }
