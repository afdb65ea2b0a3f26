from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samrad.ui import navigation


class AreasConfig(AppConfig):
    name = "samrad.areas"
    label = "areas"

    def ready(self) -> None:
        navigation.register(_("Areas"), "areas:list", icon="map", order=80)
