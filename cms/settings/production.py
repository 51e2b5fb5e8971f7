"""Settings of a real province. What has no safe default must come from the environment."""

from .base import *  # noqa: F403
from .base import STORAGES, env

DEBUG = False
SECRET_KEY = env("THUOCDO_SECRET_KEY")
ALLOWED_HOSTS = env.list("THUOCDO_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("THUOCDO_TRUSTED_ORIGINS", default=[f"https://{host}" for host in ALLOWED_HOSTS])
WAGTAILADMIN_BASE_URL = env("THUOCDO_BASE_URL", default=f"https://{ALLOWED_HOSTS[0]}")
# Too few, and all clients count as one; too many, and whoever writes X-Forwarded-For is whoever they like.
THUOCDO_PROXY_COUNT = env.int("THUOCDO_PROXY_COUNT")

SECURE_SSL_REDIRECT = env.bool("THUOCDO_SSL_REDIRECT", default=True)
THUOCDO_BEHIND_PROXY = env.bool("THUOCDO_BEHIND_PROXY", default=THUOCDO_PROXY_COUNT > 0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if THUOCDO_BEHIND_PROXY else None
SECURE_HSTS_SECONDS = env.int("THUOCDO_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_SECURE = True
X_FRAME_OPTIONS = "DENY"

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
