"""The addresses below ``/cua-toi/``: the first page, and one for each page that an app registered."""

from django.urls import path

from cms.core.personal import routes
from cms.organisations.personal.screens import HomeScreen

app_name = "personal"
urlpatterns = [path("", HomeScreen.as_view(), name="home"), *routes()]
