"""The entry of uploads in the admin's menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from importers.permissions import may_see_uploads


class UploadsMenuItem(MenuItem):
    """Uploads, for those who may see any."""

    def __init__(self) -> None:
        url = reverse_lazy("importers:batch_list")
        super().__init__(_("Uploads"), url, name="uploads", icon_name="upload", order=210)

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_uploads(request.user)
