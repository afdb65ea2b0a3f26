"""Pages of theme days, from the plan to where its outcomes went."""

from __future__ import annotations

from django.urls import path

from samrad.gatherings.views import days, people, workshops

app_name = "gatherings"
urlpatterns = [
    path("councils/<uuid:ref>/theme-days/", days.of_council, name="council"),
    path("councils/<uuid:ref>/theme-days/new/", days.new, name="new"),
    path("theme-days/<uuid:ref>/", days.detail, name="detail"),
    path("theme-days/<uuid:ref>/change/", days.change, name="change"),
    path("theme-days/<uuid:ref>/open/", days.open_it, name="open"),
    path("theme-days/<uuid:ref>/held/", days.held, name="held"),
    path("theme-days/<uuid:ref>/finish/", days.finish_it, name="finish"),
    path("theme-days/<uuid:ref>/cancel/", days.cancel, name="cancel"),
    path("theme-days/<uuid:ref>/nominate/", people.nominate_somebody, name="nominate"),
    path("nominations/<uuid:ref>/withdraw/", people.withdraw_nomination, name="withdraw"),
    path("theme-days/<uuid:ref>/workshops/new/", workshops.new_workshop, name="new_workshop"),
    path("workshops/<uuid:ref>/", workshops.workshop, name="workshop"),
    path("workshops/<uuid:ref>/remove/", workshops.remove, name="remove"),
    path("workshops/<uuid:ref>/outcome/", workshops.outcome, name="outcome"),
    path("workshops/<uuid:ref>/propose/", workshops.propose, name="propose"),
    path("workshops/<uuid:ref>/give/", workshops.give, name="give"),
]
