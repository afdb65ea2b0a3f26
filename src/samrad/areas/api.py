"""What other apps use of areas."""

from samrad.areas.actions import bring_names_up_to_date, load_structure
from samrad.areas.history import areas_as_sums
from samrad.areas.models import Area, AreaCover, AreaQuerySet
from samrad.areas.packaged import packaged_structure, structure_in_file
from samrad.areas.panels import AreaPanel, PanelLine, register_panel
from samrad.areas.queries import area_with_code, is_no_place, people_in
from samrad.areas.rules.kinds import AreaKind, Country

__all__ = [
    "Area",
    "AreaCover",
    "AreaKind",
    "AreaPanel",
    "AreaQuerySet",
    "Country",
    "PanelLine",
    "area_with_code",
    "areas_as_sums",
    "bring_names_up_to_date",
    "is_no_place",
    "load_structure",
    "packaged_structure",
    "people_in",
    "register_panel",
    "structure_in_file",
]
