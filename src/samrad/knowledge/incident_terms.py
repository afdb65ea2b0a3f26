"""What a recipe says of incidents, kept beside them: whose they are, and between what one waits."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from samrad.areas.models import Area
from samrad.kernel.verdict import Refused
from samrad.knowledge.incident_models import AddressList, IncidentReport
from samrad.knowledge.models import DataSet
from samrad.knowledge.rules.recipe_parts import IncidentRule, PoliceRule

WORK_OUT = "knowledge.work_out_incidents"


def keep_terms(data_set: DataSet, rule: IncidentRule) -> None:
    """Keep them as the recipe has them now; a district that we do not know is refused."""
    police = _district(rule.police) if rule.police else None
    response = asdict(rule.response) if rule.response else {}
    IncidentReport.objects.update_or_create(
        data_set=data_set,
        defaults={"police": police, "first": rule.first, "response": response},
    )
    if rule.police is not None and police is not None:
        terms: dict[str, Any] = {
            "police": police, "zone": rule.zone, "categories": list(rule.police.categories),
        }  # fmt: skip
        AddressList.objects.update_or_create(data_set=data_set, defaults=terms)


def _district(rule: PoliceRule) -> Area:
    found = Area.objects.in_country(rule.country).police_districts().with_code(rule.code).first()
    if found is None:
        raise Refused(
            _("The recipe names the police district %(code)s of %(country)s; there is none.")
            % {"code": rule.code, "country": rule.country}
        )
    return found
