"""The settings of a province, but that webhooks may go to this computer without a certificate, and no static files."""

from cms.settings.production import *  # noqa: F403
from cms.settings.production import STORAGES

THUOCDO_WEBHOOK_INSECURE = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
