from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "samrad.areas"
    label = "areas"
