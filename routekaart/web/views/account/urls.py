"""Addresses of one's own account, and of the invitation with which it begins."""

from django.urls import path

from routekaart.web.views.account import account, again, invitation, mailbox

app_name = "account"
urlpatterns = [
    path("mijn-account", account.account, name="account"),
    path("mijn-account/opnieuw-aanmelden", again.again, name="again"),
    path("aanmelden/code", mailbox.mailbox, name="mailbox"),
    path("uitnodiging/gestuurd", invitation.sent, name="invitation_sent"),
    path("uitnodiging/<str:key>", invitation.invitation, name="invitation"),
]
