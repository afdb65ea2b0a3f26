"""The states of a draft, as a table."""

from __future__ import annotations

from samrad.kernel.choices import Choices


class DraftState(Choices):
    """From the first word to an agreement in force."""

    WRITING = "writing"
    COMMENTS = "comments"
    SIGNING = "signing"
    SIGNED = "signed"  # by all; it waits for its first day
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


NEXT_STATES: dict[DraftState, frozenset[DraftState]] = {
    DraftState.WRITING: frozenset({DraftState.COMMENTS, DraftState.SIGNING, DraftState.WITHDRAWN}),
    DraftState.COMMENTS: frozenset({DraftState.COMMENTS, DraftState.SIGNING, DraftState.WITHDRAWN}),
    DraftState.SIGNING: frozenset({DraftState.SIGNED, DraftState.IN_FORCE, DraftState.WITHDRAWN}),
    DraftState.SIGNED: frozenset({DraftState.IN_FORCE, DraftState.WITHDRAWN}),
    DraftState.IN_FORCE: frozenset(),
    DraftState.WITHDRAWN: frozenset(),
}
FALLS_BACK = {DraftState.SIGNED: DraftState.SIGNING}  # by an edit that voids, and by nothing else
UNDER_WAY = frozenset(
    {DraftState.WRITING, DraftState.COMMENTS, DraftState.SIGNING, DraftState.SIGNED}
)
EDITABLE = UNDER_WAY
OUT_TO_SIGN = frozenset({DraftState.SIGNING, DraftState.SIGNED})
SIGNED_BY_ALL = frozenset({DraftState.SIGNED, DraftState.IN_FORCE})
SIGNABLE = frozenset({DraftState.SIGNING})


class Outcome(Choices):
    """What the writer made of a comment."""

    OPEN = "open"
    TAKEN = "taken"
    LEFT = "left"


class Taken(Choices):
    """What a writer makes of a clause that the template has otherwise by now."""

    LEFT = "left"
    TAKEN = "taken"
    BELOW = "below"  # the new wording stands below the draft's own


# What an agreement in force says of itself among its facts: the hash of the text that was signed
# here, and the references of the additions that hold.
SIGNED_HERE, ADDITIONS = "sha256", "additions"
