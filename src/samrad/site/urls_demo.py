"""What only the demo has."""

from __future__ import annotations

from django.urls import path

from samrad.site import views

app_name = "site"
urlpatterns = [path("demo/mailbox/", views.demo_mailbox, name="demo_mailbox")]
