from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "samrad.reading"
    label = "reading"
