"""Every address of the platform; upper rooms are named as strings only."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.shortcuts import redirect
from django.templatetags.static import static as static_address
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.evaluations.check_views import CheckScreen
from cms.organisations.personal.setup import SetUpScreen

handler400 = "api.errors.bad_request"
handler500 = "api.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("cua-toi/thiet-lap/<str:token>/", SetUpScreen.as_view(), name="set_up_account"),
    path("cua-toi/", include("cms.organisations.personal.urls")),
    path("kiem-tra-phieu/", CheckScreen.as_view(), name="check_receipt"),
    path("hop-tin/", include("cms.notices.urls")),
    path("tro-giup/", include("cms.help.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("api/", include("api.urls")),
    path(".well-known/", include("api.oauth.urls")),
    # Browsers ask for this address whatever the page says.
    path("favicon.ico", lambda request: redirect(static_address("img/thuocdo.svg")), name="favicon"),
]

if settings.DEBUG:
    from django.conf.urls.static import static

    # Pictures of pages only: documents are handed out by the view that asks who may have them.
    urlpatterns += static(f"{settings.MEDIA_URL}images/", document_root=settings.MEDIA_ROOT / "images")

urlpatterns.append(path("", include("catalog_pages.urls")))
# What everybody reads stands below /en/ in English as well (docs/adr, 109).
urlpatterns += i18n_patterns(
    path("", include("catalog_pages.places")),
    path("du-lieu-mo/", include("catalog_pages.open_data.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
