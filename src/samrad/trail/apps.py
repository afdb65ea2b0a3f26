from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "samrad.trail"
    label = "trail"
