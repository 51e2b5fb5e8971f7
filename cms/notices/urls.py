"""The addresses below ``/hop-tin/``."""

from django.urls import path

from cms.notices import email_screen, inbox

app_name = "inbox"
urlpatterns = [
    path("", inbox.InboxScreen.as_view(), name="list"),
    path("da-doc/", inbox.ReadAllMessages.as_view(), name="read_all"),
    path("thu-dien-tu/", email_screen.EmailScreen.as_view(), name="emails"),
    path("<int:pk>/mo/", inbox.OpenMessage.as_view(), name="open"),
    path("<int:pk>/xong/", inbox.FinishMessage.as_view(), name="finish"),
]
