from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "samrad.site"
    label = "samrad_site"
