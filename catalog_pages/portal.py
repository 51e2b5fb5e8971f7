"""Words that stand on every page, and what they may say of the province."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import get_resolver
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Site

from catalog_pages.rich_text import LINE_FEATURES

# What editors write where the province's name shall stand.
PROVINCE = "{tỉnh}"
PROVINCE_HELP = _("The province's name stands where {tỉnh} is written.")
LEGAL_LINE = "Danh mục sản phẩm, công việc của {tỉnh} theo Nghị định số 335/2025/NĐ-CP."
FOOTER_NOTE = "Dữ liệu mở: mọi nội dung ở đây đều tải về được và đọc được qua API."
# Addresses right below the home page that it answers itself.
_OF_HOME = frozenset({"khung-tieu-chi"})


def with_province(text: str) -> str:
    """Return an editor's words with the name that the province calls itself by."""
    return text.replace(PROVINCE, settings.THUOCDO_PROVINCE_NAME)


def is_reserved(slug: str) -> bool:
    """Return whether something else than a page answers, or will, right below the home page by this name."""
    taken = {str(pattern.pattern).strip("^/").split("/")[0] for pattern in get_resolver().url_patterns}
    return not slug or slug in taken | _OF_HOME | {"media", "static"}


@register_setting(icon="doc-full")
class PortalTexts(BaseSiteSetting):
    """What stands at the foot of every public page: the law it serves, and whom to ask."""

    legal_line = models.CharField(_("legal line"), max_length=300, default=LEGAL_LINE, help_text=PROVINCE_HELP)
    footer_note = models.CharField(_("note below it"), max_length=300, blank=True, default=FOOTER_NOTE)
    contact = RichTextField(
        _("contact"), blank=True, features=LINE_FEATURES,
        help_text=_("Who answers for the portal: agency, address, telephone, e-mail."),
    )  # fmt: skip

    panels = [FieldPanel("legal_line"), FieldPanel("footer_note"), FieldPanel("contact")]

    class Meta:
        verbose_name = _("words at the foot of pages")

    @classmethod
    def for_request(cls, request: Any) -> PortalTexts:
        """Return the words of the site that is asked; reading writes nothing, as Wagtail's own reader would."""
        site = Site.find_for_request(request)
        return cls.objects.filter(site=site).first() or cls(site=site)
