"""The root of all URLs. Nothing is served that has not declared who it is for."""

from __future__ import annotations

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from samrad.access.gate import require_declared

urlpatterns: list[URLPattern | URLResolver] = [path("", include("samrad.site.pages"))]
urlpatterns += [
    path("", include(f"{config.name}.urls"))
    for config in apps.get_app_configs()
    if config.name.startswith("samrad.")
    and config.name != "samrad.site"
    and module_has_submodule(config.module, "urls")
]

handler404 = "samrad.site.errors.not_found"
handler500 = "samrad.site.errors.failed"
handler403 = "samrad.site.errors.refused"
handler400 = "samrad.site.errors.bad_request"

require_declared(urlpatterns)
