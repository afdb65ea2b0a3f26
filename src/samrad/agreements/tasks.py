"""What happens to agreements without anybody asking."""

from __future__ import annotations

from samrad.agreements.actions.force import due_to_take_effect, take_effect_if_due
from samrad.agreements.actions.keeping import remind_of_renewals
from samrad.agreements.actions.looking_through import look_through_soon, note_what_lacks
from samrad.agreements.actions.order import give_up_lost_additions
from samrad.agreements.actions.signatures import remind_if_due
from samrad.agreements.models import Draft
from samrad.agreements.queries.lacking import missing_as_it_holds
from samrad.agreements.rules import SIGNABLE
from samrad.cooperation.lacking import measure_of
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import MEASURED, AgreementState
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.work.api import GiveUp, enqueue, every, task


@every(daily_at="00:10")
@task("agreements.take_effect")
def bring_into_force_what_is_due() -> None:
    """Each by itself: one that cannot come into force keeps no other from it."""
    at = now()
    give_up_lost_additions(at=at)
    for draft in due_to_take_effect(at=at):
        ref = str(draft.ref)
        enqueue("agreements.take_effect_of", key=f"in-force:{ref}:{at:%Y-%m-%d}", draft=ref)


@task("agreements.take_effect_of")
def bring_one_into_force(draft: str) -> None:
    """One agreement that all have signed and whose first day has come."""
    try:
        take_effect_if_due(draft=Draft.objects.get(ref=draft), at=now())
    except Refused as refused:
        raise GiveUp(str(refused)) from refused


@task("agreements.look_through", outside=True)
def look_one_through(agreement: str) -> None:
    """What an agreement in force still lacks: read here, where nobody waits for it."""
    found = Agreement.objects.select_related("council__area").get(ref=agreement)
    note_what_lacks(agreement=found, missing=missing_as_it_holds(found))


@every(daily_at="03:40")
@task("agreements.look_through_anew")
def look_through_what_was_measured_otherwise() -> None:
    """Each that holds and was last measured otherwise, or by another version of its template."""
    held = Agreement.objects.filter(state=AgreementState.IN_FORCE).select_related("council__area")
    for one in held:
        if one.facts.get(MEASURED) != measure_of(one.council.country):
            look_through_soon(one)


@every(daily_at="06:10")
@task("agreements.remind")
def remind_of_what_comes_back() -> None:
    """Agreements that are to be made anew."""
    remind_of_renewals(on=today())


@every(daily_at="06:20")
@task("agreements.remind_to_sign")
def remind_of_what_waits_to_be_signed() -> None:
    """Each by itself: one that cannot be told of keeps no other from it."""
    for ref in Draft.objects.filter(state__in=SIGNABLE).values_list("ref", flat=True):
        key = f"sign-again:{ref}:{today()}"
        enqueue("agreements.remind_to_sign_one", key=key, draft=str(ref))


@task("agreements.remind_to_sign_one")
def remind_of_one(draft: str) -> None:
    """Whoever has not signed one agreement, when a reminder of it is due."""
    remind_if_due(draft=Draft.objects.get(ref=draft), at=now())
