"""What classifications and suspicious numbers are called, for a reader."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samrad.documents.rules import Classification
from samrad.kernel.identity import NumberKind

CLASSIFICATIONS = {
    Classification.OPEN: pgettext_lazy("classification", "Open"),
    Classification.INTERNAL: pgettext_lazy("classification", "Internal"),
    Classification.RESTRICTED: pgettext_lazy("classification", "Restricted"),
}
CLASSIFICATION_TONES = {
    Classification.OPEN: "success",
    Classification.INTERNAL: "neutral",
    Classification.RESTRICTED: "danger",
}
CLASSIFICATION_ICONS = {
    Classification.OPEN: "",
    Classification.INTERNAL: "",
    Classification.RESTRICTED: "lock",
}

NUMBER_KINDS = {
    NumberKind.NO_BIRTH_NUMBER: _("a Norwegian national identity number"),
    NumberKind.NO_D_NUMBER: _("a Norwegian D number"),
    NumberKind.NO_H_NUMBER: _("a Norwegian emergency number for a patient"),
    NumberKind.NO_SYNTHETIC_NUMBER: _("a Norwegian identity number for test data"),
    NumberKind.NO_DATE_SHAPED: _("eleven digits that begin with a date"),
    NumberKind.SE_PERSONAL_NUMBER: _("a Swedish personal identity number"),
    NumberKind.SE_COORDINATION_NUMBER: _("a Swedish coordination number"),
    NumberKind.DK_CPR_WRITTEN: _("a Danish CPR number"),
    NumberKind.DK_CPR_LIKE: _("ten digits that could be a CPR number"),
    NumberKind.PHONE_NUMBER: _("a telephone number"),
    NumberKind.CASE_NUMBER: _("the number of a case"),
}
