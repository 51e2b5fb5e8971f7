"""The WSGI entry point that a web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from cms.core.bodies import with_whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = with_whole_bodies(get_wsgi_application())
