"""A second factor for those whose signature counts."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cms.users.enums import Role

# Pages that a person without the second factor needs to get one, or to leave.
_OPEN_PREFIXES = ("/accounts/", "/static/")


class RequireMfaMiddleware:
    """Send people whose role demands a second factor to the page where they set it up, until they have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            return redirect(reverse("mfa_index"))
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        if not settings.THUOCDO_MFA_ROLES or not request.user.is_authenticated:
            return False
        if request.path.startswith(_OPEN_PREFIXES):
            return False
        demanded = {Role(value).group_name for value in settings.THUOCDO_MFA_ROLES}
        held = set(request.user.groups.values_list("name", flat=True))
        return bool(demanded & held) and not is_mfa_enabled(request.user)
