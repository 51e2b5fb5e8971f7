"""Wagtail's user screens without the boxes that would let an administrator promote anybody, themselves included."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from cms.users.models import User

_FIELDS = ["username", "full_name", "email", "is_active"]


class _NoPromotion:
    """Groups and superuser rights are not set by hand: groups follow memberships."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("groups", "is_superuser", "first_name", "last_name"):
            self.fields.pop(name, None)  # type: ignore[attr-defined]


class AccountCreationForm(_NoPromotion, UserCreationForm):
    """A new account: name, address, first password."""

    first_name = None
    last_name = None

    class Meta:
        model = User
        fields = ["username", "full_name", "email"]


class AccountEditForm(_NoPromotion, UserEditForm):
    """An account, its name and whether it is in use."""

    first_name = None
    last_name = None

    class Meta:
        model = User
        fields = _FIELDS


class UserViewSet(WagtailUserViewSet):
    """List, add and edit accounts."""

    template_prefix = "users/"
    menu_label = _("Accounts")

    def get_form_class(self, for_update: bool = False) -> type:
        """Return the form without power fields."""
        return AccountEditForm if for_update else AccountCreationForm
