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
    """Wagtail's user screens, with forms that give nobody a group or superuser rights."""

    user_viewset = "cms.users.viewsets.UserViewSet"
    default = False
