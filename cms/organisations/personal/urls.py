"""The addresses below ``/cua-toi/``: the first page, registered ones, and one for each officer one manages."""

from django.urls import path

from cms.core.personal import routes
from cms.organisations.personal.managers import ReportScreen
from cms.organisations.personal.screens import HomeScreen

app_name = "personal"
urlpatterns = [
    path("", HomeScreen.as_view(), name="home"),
    *routes(),
    path("toi-quan-ly/<int:pk>/", ReportScreen.as_view(), name="report"),
]
