from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "samrad.ui"
    label = "ui"
