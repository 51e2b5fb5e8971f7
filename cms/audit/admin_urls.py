"""Addresses of the ledger's screens, below /admin/audit/."""

from django.urls import path

from cms.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.AuditListScreen.as_view(), name="event_list"),
    path("<int:sequence>/", views.AuditDetailScreen.as_view(), name="event"),
]
