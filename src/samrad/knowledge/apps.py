from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samrad.ui import navigation


class KnowledgeConfig(AppConfig):
    name = "samrad.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from samrad.access import findable  # noqa: PLC0415
        from samrad.areas.panels import register_panel  # noqa: PLC0415
        from samrad.knowledge import parts  # noqa: PLC0415
        from samrad.knowledge.again import incident_part  # noqa: PLC0415
        from samrad.knowledge.findable import PICTURES  # noqa: PLC0415
        from samrad.knowledge.panel import picture_panel  # noqa: PLC0415

        register_panel(picture_panel)
        findable.register(PICTURES)
        parts.register(incident_part)
        navigation.register(_("Figures"), "knowledge:pictures", icon="chart", order=70)
