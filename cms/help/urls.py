"""The addresses below ``/tro-giup/``."""

from django.urls import path

from cms.help import views

app_name = "help"
urlpatterns = [
    path("", views.guides, name="guides"),
    path("hinh/<str:name>", views.picture, name="picture"),
    path("<slug:name>/", views.guide, name="guide"),
]
