"""Where searching is found."""

from django.urls import path

from samrad.search import views

app_name = "search"

urlpatterns = [
    path("search/", views.search, name="search"),
]
