"""What the agreement should settle and does not, judged by content and never by headings alone.

A sentence of guidance ("say who journals") settles nothing, however well it names the matter.
"""

from collections.abc import Iterator, Sequence

from samrad.reading.model import Fact, Missing
from samrad.reading.study import Study
from samrad.reading.templates import Requirement, ToldBy
from samrad.reading.unreadable import Parameters


def missing_in(study: Study, facts: Sequence[Fact]) -> tuple[Missing, ...]:
    """The requirements that are not met, in the template's order."""
    return tuple(
        Missing(one.key, one.clause, one.strength, one.citation, detail)
        for one in study.template.requirements
        if _applies(one, study)
        for detail in _shortfall(one, study, [fact for fact in facts if fact.key == one.fact])
    )


def _applies(requirement: Requirement, study: Study) -> bool:
    """Some things have to be settled only where the agreement brings them up."""
    return not requirement.only_if or any(
        told.text.has(requirement.only_if) for told in study.settled()
    )


def _shortfall(
    requirement: Requirement, study: Study, facts: Sequence[Fact]
) -> Iterator[Parameters]:
    """Nothing when the requirement is met, otherwise how far the agreement gets."""
    if requirement.told_by is ToldBy.FACT:
        yield from _facts_lacking(requirement, facts)
    elif requirement.told_by is ToldBy.NUMBER:
        counts = [int(fact.value["count"]) for fact in facts]
        if counts and max(counts) < requirement.at_least:
            yield {"found": max(counts), "needed": requirement.at_least}
    elif requirement.told_by is ToldBy.RESULTS:
        with_result = sum(bool(fact.value["expected_result"]) for fact in facts)
        if facts and with_result < len(facts):
            yield {"found": with_result, "needed": len(facts)}
        elif not facts:
            yield {}
    elif not _is_told(requirement, study):
        yield {}


def _facts_lacking(requirement: Requirement, facts: Sequence[Fact]) -> Iterator[Parameters]:
    if requirement.roles:
        found = {fact.value.get("role") for fact in facts}
        absent = [role for role in requirement.roles if role not in found]
        if facts and absent:
            yield {"roles": ", ".join(absent)}
    elif requirement.both_sides:
        sides = {fact.value["side"] for fact in facts}
        if not {"municipality", "police"} <= sides:
            yield {}
    elif not facts:
        yield {}


def _is_told(requirement: Requirement, study: Study) -> bool:
    told = study.settled(local=requirement.local)
    if requirement.told_by is ToldBy.PASSAGE:
        return any(one.clause == requirement.clause for one in told)
    return any(all(one.text.has(group) for group in requirement.groups) for one in told)
