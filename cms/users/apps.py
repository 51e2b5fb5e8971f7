from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(AppConfig):
    """The people who log in."""

    name = "cms.users"
    label = "users"
    verbose_name = _("Users")
    default = True


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user and group screens, closed: they would hand out groups and rights behind the ledger's back."""

    default = False

    def ready(self) -> None:
        """Close the screens and give the account page the name that our model has."""
        from django.contrib.auth.models import Group
        from wagtail.admin.views.account import NameEmailSettingsPanel
        from wagtail.permissions import register_permission_policy

        from cms.users.forms import NameForm
        from cms.users.models import User
        from cms.users.permission_policies import ClosedPolicy

        register_permission_policy(User, ClosedPolicy(User))
        register_permission_policy(Group, ClosedPolicy(Group))
        # Wagtail has no setting for this form, which asks for a first and a last name.
        NameEmailSettingsPanel.form_class = NameForm
