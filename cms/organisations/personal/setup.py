"""Where a set-up link leads: the officer sets a password, is signed in, and stands on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from cms.organisations import actions
from cms.organisations.errors import LinkDoesNotHold
from cms.organisations.models import Invitation

_BACKEND = "cms.organisations.backends.MembershipBackend"


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class SetUpScreen(FormView):
    """The form behind a set-up link. Opening it uses nothing up: mail programs look into links before people do."""

    template_name = "personal/setup.html"
    form_class = SetPasswordForm
    invitation: Invitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, or say why the link does not hold; the address, which holds the token, is told to nobody."""
        try:
            self.invitation = actions.open_invitation(kwargs["token"])
            response = super().dispatch(request, *args, **kwargs)
        except LinkDoesNotHold as refusal:
            response = render(request, "personal/setup_refused.html", {"sentence": str(refusal)}, status=404)
        # Without any referrer a browser calls its origin "null", and the form would be refused.
        response.headers["Referrer-Policy"] = "strict-origin"
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.invitation.account}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"account": self.invitation.account}

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        password = form.cleaned_data["new_password1"]
        account = actions.set_up_account(token=self.kwargs["token"], password=password)
        login(self.request, account, backend=_BACKEND)
        return redirect("personal:home")
