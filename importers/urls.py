"""Addresses of the way in, below the admin's ``imports/``."""

from django.urls import path

from importers import views

app_name = "importers"

urlpatterns = [
    path("", views.BatchListView.as_view(), name="batch_list"),
    path("agencies/", views.ChooseAgencyView.as_view(), name="choose_agency"),
    path("agencies/<int:agency_pk>/upload/", views.upload, name="upload"),
    path("agencies/<int:agency_pk>/template/", views.TemplateView.as_view(), name="template"),
    path("<uuid:pk>/", views.BatchView.as_view(), name="batch"),
    path("<uuid:pk>/commit/", views.CommitView.as_view(), name="commit"),
    path("<uuid:pk>/abandon/", views.AbandonView.as_view(), name="abandon"),
    path("<uuid:pk>/check-again/", views.CheckAgainView.as_view(), name="check_again"),
    path("<uuid:pk>/original/", views.OriginalView.as_view(), name="original"),
]
