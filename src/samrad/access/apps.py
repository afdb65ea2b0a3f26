from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "samrad.access"
    label = "access"
