"""Our own pages about people and accounts."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from samrad.people.views import (
    account,
    changes,
    contact,
    directory,
    grants,
    invitations,
    organisations,
)

app_name = "people"

urlpatterns = [
    path("people/", directory.people, name="list"),
    path("people/<uuid:ref>/", directory.person, name="person"),
    path("people/<uuid:ref>/details/", changes.details, name="details"),
    path("people/<uuid:ref>/leave/", changes.leave, name="leave"),
    path("people/<uuid:ref>/back/", changes.returned, name="returned"),
    path("people/<uuid:ref>/role/", grants.give_a_role, name="give_role"),
    path("grants/<uuid:ref>/end/", grants.end_given_role, name="end_given_role"),
    path("people/<uuid:ref>/absence/", changes.absence, name="absence"),
    path("people/<uuid:ref>/name/", changes.withhold, name="withhold"),
    path("people/<uuid:ref>/invite/", changes.invite, name="invite"),
    path("absences/<uuid:ref>/end/", changes.back_again, name="back_again"),
    path("invitations/<uuid:ref>/withdraw/", changes.withdraw, name="withdraw"),
    path("organisations/", directory.organisations, name="organisations"),
    path("organisations/new/", organisations.add_an_organisation, name="add_organisation"),
    path(
        "organisations/<uuid:ref>/change/",
        organisations.change_an_organisation,
        name="change_organisation",
    ),
    path("organisations/<uuid:ref>/", directory.organisation, name="organisation"),
    path("organisations/<uuid:ref>/appoint/", changes.appoint_somebody, name="appoint"),
    path("appointments/<uuid:ref>/holder/", changes.change_holder, name="change_holder"),
    path("appointments/<uuid:ref>/end/", changes.end_role, name="end_role"),
    path("contact/<uuid:ref>/", contact.contact, name="contact"),
    path("contact/<uuid:ref>/set/", contact.set_contact, name="set_contact"),
    path("account/", account.account, name="account"),
    path("account/mail/", account.mail, name="mail"),
    path("account/everywhere/", account.everywhere_out, name="everywhere_out"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
]
if settings.DEMO:
    from samrad.people.views import demo

    urlpatterns += [
        path("demo/", demo.choose, name="demo"),
        path("demo/<uuid:ref>/", demo.become, name="demo_become"),
    ]
