"""Addresses right below /api/: Wagtail's own, three of them."""

from wagtail.api.v2.router import WagtailAPIRouter

from api.pages.views import OpenDocuments, OpenImages, PublishedPages

pages_router = WagtailAPIRouter("api_pages")
pages_router.register_endpoint("pages", PublishedPages)
pages_router.register_endpoint("images", OpenImages)
pages_router.register_endpoint("documents", OpenDocuments)
