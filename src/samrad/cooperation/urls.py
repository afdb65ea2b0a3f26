"""Pages of councils and agreements."""

from __future__ import annotations

from django.urls import path

from samrad.cooperation import views, views_reading

app_name = "cooperation"
urlpatterns = [
    path("councils/", views.councils, name="councils"),
    path("councils/new/", views.new_council, name="new_council"),
    path("councils/<uuid:ref>/", views.council, name="council"),
    path("councils/<uuid:ref>/seats/", views.seats, name="seats"),
    path("councils/<uuid:ref>/seats/add/", views.add_a_seat, name="add_seat"),
    path("seats/<uuid:ref>/", views.seat, name="seat"),
    path("councils/<uuid:ref>/edit/", views.edit_council, name="edit_council"),
    path("councils/<uuid:ref>/focus-areas/", views.focus_areas, name="focus_areas"),
    path("councils/<uuid:ref>/history/", views.history, name="history"),
    path("agreements/<uuid:ref>/", views.agreement, name="agreement"),
    path("agreements/<uuid:ref>/file/", views.agreement_file, name="agreement_file"),
    path("agreements/read/", views_reading.read_in, name="read_in"),
    path("agreements/readings/<uuid:ref>/", views_reading.reading, name="reading"),
    path("agreements/readings/<uuid:ref>/confirm/", views_reading.confirm, name="confirm"),
    path("agreements/readings/<uuid:ref>/discard/", views_reading.discard, name="discard"),
]
