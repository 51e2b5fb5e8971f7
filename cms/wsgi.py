"""The WSGI entry point that a web server loads."""

from django.core.wsgi import get_wsgi_application

from cms.core.bodies import with_whole_bodies
from cms.settings.environment import choose_settings

choose_settings("cms.settings.production")

application = with_whole_bodies(get_wsgi_application())
