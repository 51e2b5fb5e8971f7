"""One log-in form, and what follows it: an own password, and a second factor for those whose signature counts."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cms.users.closed_routes import CLOSED, OTHER_LOGINS
from cms.users.enums import Role

# Pages that a person needs to change a password, to get a second factor, or to leave.
_OPEN_PREFIXES = ("/accounts/", "/static/")


class SafeAccountMiddleware:
    """Close other log-in forms, and keep people on the way to a safe account until they have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or lead to the set-up."""
        step = self._step_to_take(request)
        if step and request.path.startswith("/api/"):
            # A program cannot follow a page of forms; unsigned, it still reads what everybody may read.
            request.user = AnonymousUser()
            step = ""
        return redirect(reverse(step)) if step else self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer 404 on closed addresses, redirect other log-in forms to ours, keep people without a role out."""
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in CLOSED:
            raise Http404
        if name in OTHER_LOGINS:
            next_url = request.GET.get("next")
            query = f"?{urlencode({'next': next_url})}" if next_url else ""
            return redirect(reverse("account_login") + query)
        if _lacks_admin_access(request):
            if name == "wagtailadmin_home":
                return redirect("personal:home")
            return render(request, "account/no_role.html", status=403)
        return None

    def _step_to_take(self, request: HttpRequest) -> str:
        """Return the route on which the account is made safe, or nothing when it is."""
        if not request.user.is_authenticated or request.path.startswith(_OPEN_PREFIXES):
            return ""
        if request.user.password_is_temporary:
            return "account_change_password"
        return "mfa_index" if _lacks_second_factor(request.user) else ""


def _lacks_admin_access(request: HttpRequest) -> bool:
    """Return whether somebody without a role wants into the admin, which would send them to sign in and back."""
    inside = request.path.startswith(reverse("wagtailadmin_home"))
    return inside and request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin")


def _lacks_second_factor(user: Any) -> bool:
    """Return whether a role that the person holds today demands a second factor that is not set up.

    Groups say which roles are held: they follow the memberships, which live in a room above this one.
    """
    if not settings.THUOCDO_MFA_ROLES:
        return False
    roles = [Role(value) for value in settings.THUOCDO_MFA_ROLES]
    demanded = [name for role in roles for name in (role.group_name, role.part_group_name)]
    return user.groups.filter(name__in=demanded).exists() and not is_mfa_enabled(user)
