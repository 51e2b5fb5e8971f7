"""The addresses of messages below ``/admin/``."""

from django.urls import path

from cms.notices import log_views

app_name = "message_log"
urlpatterns = [
    path("messages/", log_views.LogScreen.as_view(), name="list"),
    path("messages/retry/", log_views.RetryAct.as_view(), name="retry"),
]
