"""Whether the files of a profile agree: every code defined once, and every code used defined.

What belongs here: questions about a whole profile. What does not: one table (`schema`).
"""

from collections.abc import Iterable

from samrad.profiles.model import Profile


def references_that_lead_nowhere(made: Profile) -> list[str]:
    """Codes that stand twice, and codes that one file uses and no file explains."""
    return [
        *_twice(made, "roles.toml", "organisation_kind", (k.code for k in made.organisation_kinds)),
        *_twice(made, "roles.toml", "role", (role.code for role in made.roles)),
        *_twice(made, "rules.toml", "rule", (rule.id for rule in made.rules)),
        *_twice(made, "tiers.toml", "tier", (tier.code for tier in made.tiers)),
        *_roles_at_unknown_organisations(made),
        *_tiers_with_unknown_seats_or_parents(made),
        *_rules_for_unknown_tiers(made),
        *_unknown_in_the_contact_chain(made),
        *_unknown_parties_and_hosts(made),
    ]


def _twice(made: Profile, file: str, what: str, codes: Iterable[str]) -> list[str]:
    seen = list(codes)
    repeated = sorted({code for code in seen if seen.count(code) > 1})
    return [f"{made.code}/{file}: {what} “{code}”: stands twice" for code in repeated]


def _undefined(place: str, used: Iterable[str | None], known: Iterable[str]) -> list[str]:
    missing = sorted({code for code in used if code} - set(known))
    return [f"{place}: “{code}” is not defined" for code in missing]


def _roles_at_unknown_organisations(made: Profile) -> list[str]:
    kinds = [kind.code for kind in made.organisation_kinds]
    problems = []
    for role in made.roles:
        place = f"{made.code}/roles.toml: role “{role.code}”.organisation_kinds"
        problems += _undefined(place, role.organisation_kinds, kinds)
    return problems


def _tiers_with_unknown_seats_or_parents(made: Profile) -> list[str]:
    roles = [role.code for role in made.roles]
    problems = []
    for tier in made.tiers:
        place = f"{made.code}/tiers.toml: tier “{tier.code}”"
        others = [other.code for other in made.tiers if other is not tier]
        seats = {
            "chair": [tier.chair],
            "vice_chair": [tier.vice_chair],
            "secretary": [tier.secretary],
            "members": tier.members,
        }
        for key, used in seats.items():
            problems += _undefined(f"{place}.{key}", used, roles)
        problems += _undefined(f"{place}.parents", tier.parents, others)
        problems += _undefined(f"{place}.area_kind", [tier.area_kind], made.area_kinds)
    return problems


def _rules_for_unknown_tiers(made: Profile) -> list[str]:
    tiers = [tier.code for tier in made.tiers]
    problems = []
    for rule in made.rules:
        place = f"{made.code}/rules.toml: rule “{rule.id}”.tiers"
        problems += _undefined(place, rule.tiers, tiers)
    return problems


def _unknown_in_the_contact_chain(made: Profile) -> list[str]:
    place = f"{made.code}/profile.toml: police_contact"
    contact = made.police_contact
    return _undefined(place, (*contact.chain, contact.leader), [role.code for role in made.roles])


def _unknown_parties_and_hosts(made: Profile) -> list[str]:
    kinds = [kind.code for kind in made.organisation_kinds]
    parties = (made.parties.municipality, *made.parties.police)
    return [
        *_undefined(f"{made.code}/profile.toml: parties", parties, kinds),
        *_undefined(f"{made.code}/profile.toml: theme_days", made.theme_days.not_hosted_by, kinds),
    ]
