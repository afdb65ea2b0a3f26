from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "samrad.knowledge"
    label = "knowledge"
