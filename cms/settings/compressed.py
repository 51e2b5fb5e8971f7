"""Production's settings, with the compression that its proxy does (docs/deployment): `make lighthouse` measures it."""

from .production import *  # noqa: F403
from .production import MIDDLEWARE

MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]
