"""The addresses of messages below ``/admin/``."""

from django.urls import path

from cms.notices import log_views, text_views

app_name = "message_log"
urlpatterns = [
    path("messages/", log_views.LogScreen.as_view(), name="list"),
    path("messages/retry/", log_views.RetryAct.as_view(), name="retry"),
    path("messages/texts/", text_views.TextListScreen.as_view(), name="texts"),
    path("messages/texts/<str:message_kind>/", text_views.TextScreen.as_view(), name="text"),
    path("messages/texts/<str:message_kind>/reset/", text_views.ResetScreen.as_view(), name="reset"),
]
