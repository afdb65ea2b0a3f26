"""The pages about figures."""

from django.urls import path

from samrad.knowledge import views

app_name = "knowledge"

urlpatterns = [
    path("figures/", views.list_pictures, name="pictures"),
    path("figures/areas/<uuid:ref>/", views.show_picture, name="picture"),
    path("figures/alarms/<uuid:ref>/", views.show_alarm, name="alarm"),
]
