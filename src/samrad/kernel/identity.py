"""The identity-number guard: finding numbers that point at one citizen, in any text.

A finding says what kind of number stands where, never which number: what it returns can be logged.
"""

from enum import StrEnum


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
