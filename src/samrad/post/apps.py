from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "samrad.post"
    label = "post"
