"""Words that stand on every page, and what they may say of the province."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.forms import TextInput
from django.urls import LocalePrefixPattern, get_resolver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Site

from catalog_pages import colours
from catalog_pages.english import words_of
from catalog_pages.english_fields import english_panel, line_in_english, text_in_english
from catalog_pages.rich_text import LINE_FEATURES, is_open_to_all

# What editors write where the province's name shall stand.
PROVINCE = "{tỉnh}"
PROVINCE_HELP = _("The province's name stands where {tỉnh} is written.")
NAME = "Thước Đo"
LEGAL_LINE = "Danh mục sản phẩm, công việc của {tỉnh} theo Nghị định số 335/2025/NĐ-CP."
LEGAL_LINE_EN = "Products and works of {tỉnh} under Decree 335/2025/NĐ-CP."
FOOTER_NOTE_EN = "Open data: everything here can be downloaded, and read over the API."
FOOTER_NOTE = "Dữ liệu mở: mọi nội dung ở đây đều tải về được và đọc được qua API."
# Addresses right below the home page that it answers itself.
_OF_HOME = frozenset({"khung-tieu-chi"})


def with_province(text: str) -> str:
    """Return an editor's words with the name that the province calls itself by."""
    return text.replace(PROVINCE, settings.THUOCDO_PROVINCE_NAME)


def is_reserved(slug: str) -> bool:
    """Return whether something else than a page answers, or will, right below the home page by this name."""
    taken = set(_first_parts(get_resolver().url_patterns)) | set(dict(settings.LANGUAGES))
    return not slug or slug in taken | _OF_HOME | {"media", "static"}


def _first_parts(patterns: Sequence[Any]) -> Iterator[str]:
    """Yield the first part of each address; those of each language begin with the same ones."""
    for pattern in patterns:
        first = str(pattern.pattern).strip("^/").split("/")[0]
        if isinstance(pattern.pattern, LocalePrefixPattern) or (not first and hasattr(pattern, "url_patterns")):
            yield from _first_parts(pattern.url_patterns)
        else:
            yield first


@register_setting(icon="doc-full")
class PortalSettings(BaseSiteSetting):
    """What every public page shows: the site's name, logo, colour, a notice while it is urgent, and its foot."""

    name = models.CharField(_("name of the site"), max_length=60, default=NAME)
    logo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, verbose_name=_("logo or coat of arms"), null=True, blank=True,
        related_name="+", help_text=_("PNG, JPEG or WebP, 80 points high or more. Empty: the yardstick is shown."),
    )  # fmt: skip
    colour = models.CharField(
        _("main colour"), max_length=7, default=colours.NAVY, validators=[colours.require_readable],
        help_text=_("Of the bar above and of headings. White words stand on it, so it has to be dark enough."),
    )  # fmt: skip
    notice = RichTextField(
        _("urgent notice"), blank=True, features=LINE_FEATURES, help_text=_("Stands above every public page.")
    )
    notice_until = models.DateField(
        _("last day of the notice"), null=True, blank=True, help_text=_("Empty: until it is taken away.")
    )
    legal_line = models.CharField(_("legal line"), max_length=300, default=LEGAL_LINE, help_text=PROVINCE_HELP)
    footer_note = models.CharField(_("note below it"), max_length=300, blank=True, default=FOOTER_NOTE)
    contact = RichTextField(
        _("contact"), blank=True, features=LINE_FEATURES,
        help_text=_("Who answers for the portal: agency, address, telephone, e-mail."),
    )  # fmt: skip

    notice_en = text_in_english(_("urgent notice"))
    legal_line_en = line_in_english(_("legal line"), 300, default=LEGAL_LINE_EN)
    footer_note_en = line_in_english(_("note below it"), 300, default=FOOTER_NOTE_EN)
    contact_en = text_in_english(_("contact"))

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("logo"), FieldPanel("colour", widget=TextInput(attrs={"type": "color"}))],
            _("How the site looks"),
        ),
        MultiFieldPanel([FieldPanel("notice"), FieldPanel("notice_until")], _("Urgent notice")),
        MultiFieldPanel(
            [FieldPanel("legal_line"), FieldPanel("footer_note"), FieldPanel("contact")], _("Foot of pages")
        ),
        english_panel("notice", "legal_line", "footer_note", "contact"),
    ]

    class Meta:
        verbose_name = _("name, look and words of the site")

    @classmethod
    def for_request(cls, request: Any) -> PortalSettings:
        """Return the settings of the site that is asked; reading writes nothing, as Wagtail's own reader would."""
        site = Site.find_for_request(request)
        return cls.objects.filter(site=site).select_related("logo").first() or cls(site=site)

    @property
    def open_logo(self) -> Any:
        """Return the logo; None where there is none that everybody may see."""
        return self.logo if self.logo and is_open_to_all(self.logo) else None

    @property
    def open_notice(self) -> str:
        """Return the notice while it holds."""
        is_over = self.notice_until is not None and self.notice_until < timezone.localdate()
        return "" if is_over else str(words_of(self, "notice"))

    @property
    def is_plain(self) -> bool:
        """Return whether the colour is that of the shipped style sheet."""
        return self.colour == colours.NAVY

    @property
    def dark_colour(self) -> str:
        """Return the darker colour of headings and the foot of pages."""
        return colours.darker(self.colour)
