from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "samrad.site"
    label = "samrad_site"

    def ready(self) -> None:
        """Home comes first in the navigation; lists of councils say how each stands."""
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from samrad.cooperation.panels import register_standing  # noqa: PLC0415
        from samrad.site.standing import in_a_list  # noqa: PLC0415
        from samrad.ui import navigation  # noqa: PLC0415

        register_standing(in_a_list)
        navigation.register(_("Home"), "home", icon="home", order=0)
        navigation.register_account(_("Help"), "help", icon="help", order=90)
