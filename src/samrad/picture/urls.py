"""The pages of findings and of what both sides agree on."""

from django.urls import path

from samrad.picture import views

app_name = "picture"

urlpatterns = [
    path("councils/<uuid:ref>/two-sides/", views.of_council, name="council"),
    path("councils/<uuid:ref>/findings/new/", views.new_finding, name="new_finding"),
    path("findings/<uuid:ref>/", views.finding, name="finding"),
    path("findings/<uuid:ref>/withdraw/", views.withdraw_finding, name="withdraw_finding"),
    path("councils/<uuid:ref>/agreed/new/", views.new_agreed, name="new_agreed"),
    path("agreed/<uuid:ref>/", views.agreed, name="agreed"),
    path("agreed/<uuid:ref>/confirm/", views.confirm, name="confirm"),
    path("agreed/<uuid:ref>/withdraw/", views.withdraw_agreed, name="withdraw_agreed"),
]
