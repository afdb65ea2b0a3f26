"""What the closed vocabularies of a profile are called, in the reader's language.

What belongs here: names of codes that are the same in every country. The countries' own words are
in their profiles.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.kernel.identity import NumberKind
from samrad.profiles.model import Certainty, Level, Origin, SeatFunction, Side, Strength

ORIGINS: dict[Origin, Promise] = {
    Origin.STATUTE: _("statute"),
    Origin.REGULATION: _("regulation"),
    Origin.CIRCULAR: _("circular"),
    Origin.AGREEMENT: _("agreement"),
    Origin.PLAN: _("plan"),
    Origin.GUIDE: _("guide"),
}
STRENGTHS: dict[Strength, Promise] = {
    Strength.MUST: _("must"),
    Strength.SHOULD: _("should"),
    Strength.MAY: _("may"),
}
CERTAINTIES: dict[Certainty, Promise] = {
    Certainty.CONFIRMED: _("confirmed by a lawyer"),
    Certainty.READ_IN_SOURCE: _("read in the source"),
    Certainty.TRIED: _("tried in practice"),
    Certainty.NOT_CONFIRMED: _("not confirmed"),
}
LEVELS: dict[Level, Promise] = {
    Level.STRATEGIC: _("strategic"),
    Level.PREPARATORY: _("preparatory"),
    Level.COORDINATING: _("coordinating"),
    Level.OPERATIVE: _("operative"),
    Level.EXECUTING: _("executing"),
    Level.SECRETARIAT: _("secretariat"),
    Level.PROJECT: _("project group"),
    Level.NETWORK: _("network"),
}
SIDES: dict[Side, Promise] = {
    Side.POLICE: _("police"),
    Side.MUNICIPALITY: _("municipality"),
    Side.OTHER: _("other partners"),
}
SEAT_FUNCTIONS: dict[SeatFunction, Promise] = {
    SeatFunction.CHAIR: _("chair"),
    SeatFunction.VICE_CHAIR: _("vice-chair"),
    SeatFunction.SECRETARY: _("secretary"),
    SeatFunction.MEMBER: _("member"),
}
NUMBER_KINDS: dict[NumberKind, Promise] = {
    NumberKind.NO_BIRTH_NUMBER: _("Norwegian national identity number"),
    NumberKind.NO_D_NUMBER: _("Norwegian D number"),
    NumberKind.NO_H_NUMBER: _("Norwegian temporary identity number"),
    NumberKind.NO_SYNTHETIC_NUMBER: _("synthetic Norwegian identity number"),
    NumberKind.NO_DATE_SHAPED: _("number shaped like a Norwegian identity number"),
    NumberKind.SE_PERSONAL_NUMBER: _("Swedish personal identity number"),
    NumberKind.SE_COORDINATION_NUMBER: _("Swedish coordination number"),
    NumberKind.DK_CPR_WRITTEN: _("Danish CPR number"),
    NumberKind.DK_CPR_LIKE: _("number shaped like a Danish CPR number"),
    NumberKind.PHONE_NUMBER: _("phone number"),
    NumberKind.CASE_NUMBER: _("case number"),
}
