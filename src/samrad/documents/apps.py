from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "samrad.documents"
    label = "documents"
