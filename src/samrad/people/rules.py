"""What kinds of organisation there are (A2)."""

from __future__ import annotations

from samrad.kernel.choices import Choices


class OrganisationKind(Choices):
    """Kinds as the field counts them; county authority and county governor are two things."""

    POLICE_DIRECTORATE = "police_directorate"
    POLICE_DISTRICT = "police_district"
    POLICE_STATION = "police_station"
    POLICE_SECTION = "police_section"
    MUNICIPALITY = "municipality"
    MUNICIPAL_SECTOR = "municipal_sector"
    SCHOOL = "school"
    COUNTY_AUTHORITY = "county_authority"
    COUNTY_GOVERNOR = "county_governor"
    REGION = "region"
    STATE_AGENCY = "state_agency"
    DEFENCE = "defence"
    PRISON_AND_PROBATION = "prison_and_probation"
    VOLUNTARY = "voluntary"
    CRISIS_CENTRE = "crisis_centre"
    UNION = "union"
    BUSINESS = "business"
    HOUSING = "housing"
    INTEREST_GROUP = "interest_group"
    OTHER = "other"


POLICE_KINDS = frozenset(
    {
        OrganisationKind.POLICE_DIRECTORATE,
        OrganisationKind.POLICE_DISTRICT,
        OrganisationKind.POLICE_STATION,
        OrganisationKind.POLICE_SECTION,
    }
)
