"""Pages of councils and agreements."""

from __future__ import annotations

from django.urls import path

from samrad.cooperation.views import (
    agreements,
    bodies,
    considered,
    contacts,
    councils,
    reading,
    seats,
    structure,
)

app_name = "cooperation"
urlpatterns = [
    path("councils/", councils.councils, name="councils"),
    path("councils/new/", councils.new_council, name="new_council"),
    path("councils/overview/", structure.cockpit, name="cockpit"),
    path("councils/consider/", considered.consider, name="consider"),
    path("councils/<uuid:ref>/", councils.council, name="council"),
    path("councils/<uuid:ref>/structure/", structure.structure, name="structure"),
    path("councils/<uuid:ref>/below/", bodies.below, name="below"),
    path("councils/<uuid:ref>/end/", bodies.end, name="end"),
    path("councils/<uuid:ref>/wake/", bodies.wake, name="wake"),
    path("councils/<uuid:ref>/terms/", bodies.terms, name="terms"),
    path("councils/<uuid:ref>/terms/adopt/", bodies.adopt_terms, name="adopt_terms"),
    path("councils/<uuid:ref>/report/", bodies.report, name="report"),
    path("councils/<uuid:ref>/report/write/", bodies.deliver, name="deliver"),
    path("councils/<uuid:ref>/consider/", considered.consider_below, name="consider_below"),
    path("councils/<uuid:ref>/reconsider/", considered.reconsider, name="reconsider"),
    path("councils/<uuid:ref>/set-up/", considered.set_up, name="set_up"),
    path("councils/<uuid:ref>/drop/", considered.drop, name="drop"),
    path("councils/<uuid:ref>/seats/", seats.seats, name="seats"),
    path("councils/<uuid:ref>/seats/add/", seats.add_a_seat, name="add_seat"),
    path("seats/<uuid:ref>/", seats.seat, name="seat"),
    path("councils/<uuid:ref>/edit/", councils.edit_council, name="edit_council"),
    path("councils/<uuid:ref>/focus-areas/", councils.focus_areas, name="focus_areas"),
    path("councils/<uuid:ref>/history/", councils.history, name="history"),
    path("councils/<uuid:ref>/representation/", contacts.representation, name="representation"),
    path(
        "councils/<uuid:ref>/representation/add/",
        contacts.add_representation,
        name="add_representation",
    ),
    path(
        "representation/<uuid:ref>/", contacts.change_representation, name="change_representation"
    ),
    path(
        "representation/<uuid:ref>/note/",
        contacts.note_representation,
        name="note_representation",
    ),
    path("areas/<uuid:ref>/contacts/", contacts.contacts, name="contacts"),
    path("areas/<uuid:ref>/contacts/add/", contacts.add_contact, name="add_contact"),
    path("contact-points/<uuid:ref>/", contacts.contact, name="contact"),
    path("contact-points/<uuid:ref>/end/", contacts.end_contact, name="end_contact"),
    path("agreements/<uuid:ref>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:ref>/file/", agreements.agreement_file, name="agreement_file"),
    path("agreements/read/", reading.read_in, name="read_in"),
    path("agreements/readings/<uuid:ref>/", reading.reading, name="reading"),
    path("agreements/readings/<uuid:ref>/confirm/", reading.confirm, name="confirm"),
    path("agreements/readings/<uuid:ref>/discard/", reading.discard, name="discard"),
]
