"""The two pages about areas."""

from django.urls import path

from samrad.areas import views

app_name = "areas"

urlpatterns = [
    path("areas/", views.list_areas, name="list"),
    path("areas/<uuid:ref>/", views.show_area, name="detail"),
]
