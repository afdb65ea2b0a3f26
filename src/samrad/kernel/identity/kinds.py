"""The kinds of number the guard knows, and what can happen to a text that holds one."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """What happens to a text that holds such a number."""

    BLOCK = "block"
    WARN = "warn"


class NumberKind(StrEnum):
    """The kinds of number the guard knows, with the country that issues them in front."""

    NO_BIRTH_NUMBER = "no.birth_number"
    NO_D_NUMBER = "no.d_number"
    NO_H_NUMBER = "no.h_number"
    NO_SYNTHETIC_NUMBER = "no.synthetic_number"
    NO_DATE_SHAPED = "no.date_shaped"
    SE_PERSONAL_NUMBER = "se.personal_number"
    SE_COORDINATION_NUMBER = "se.coordination_number"
    DK_CPR_WRITTEN = "dk.cpr_written"
    DK_CPR_LIKE = "dk.cpr_like"
    PHONE_NUMBER = "any.phone_number"
    CASE_NUMBER = "any.case_number"

    @property
    def country(self) -> str:
        """The issuing country's profile code, empty for numbers found everywhere."""
        country = self.value.partition(".")[0]
        return "" if country == "any" else country


class Hit(NamedTuple):
    """A number before the policy has spoken; one that is not certain is only ever warned about."""

    kind: NumberKind
    is_certain: bool
    start: int
    end: int
