from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "samrad.site"
    label = "samrad_site"

    def ready(self) -> None:
        """Home comes first in the navigation."""
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from samrad.ui import navigation  # noqa: PLC0415

        navigation.register(_("Home"), "home", icon="home", order=0)
