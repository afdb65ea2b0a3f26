"""Pages of the year wheel, and the calendar that programs fetch."""

from __future__ import annotations

from django.urls import path

from samrad.wheel.views import activities, calendar, occasions, wheel

app_name = "wheel"
WHEEL = "councils/<uuid:ref>/wheel/"
OCCASION = f"{WHEEL}<slug:key>/"
urlpatterns = [
    path(WHEEL, wheel.wheel, name="wheel"),
    path(f"{WHEEL}start/", wheel.start, name="start"),
    path(f"{WHEEL}add/", activities.add, name="add"),
    path("wheel/activities/<uuid:ref>/", activities.change, name="change"),
    path("wheel/activities/<uuid:ref>/end/", activities.end, name="end"),
    path(OCCASION, occasions.occasion, name="occasion"),
    path(f"{OCCASION}meeting/", occasions.plan, name="plan_meeting"),
    path(f"{OCCASION}at/", occasions.take_up, name="take_up"),
    path(f"{OCCASION}task/", occasions.task, name="give_task"),
    path(f"{OCCASION}theme-day/", occasions.theme_day, name="plan_theme_day"),
    path(f"{OCCASION}done/", occasions.done, name="done"),
    path(f"{OCCASION}skip/", occasions.skip, name="skip"),
    path(f"{OCCASION}again/", occasions.again, name="again"),
    path(f"{OCCASION}years/", occasions.years, name="years"),
    path("calendar/", calendar.mine, name="calendar"),
    path("calendar/address/", calendar.address, name="address"),
    path("calendar/close/", calendar.close, name="close"),
    path("calendar/<str:token>/samrad.ics", calendar.feed, name="feed"),
]
