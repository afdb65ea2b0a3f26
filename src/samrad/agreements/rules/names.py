"""Whether a name as somebody wrote it is the name of one we know."""

from __future__ import annotations

from samrad.areas.rules.names import fold


def is_named(known: str, written: str) -> bool:
    """The same family name, and given names that agree as far as they are written out.

    In any order, since papers write "Berg, Anna"; an initial agrees with the name it begins.
    """
    ours, theirs = fold(known).split(), fold(written).split()
    if not ours or not theirs or ours[-1] not in theirs:
        return False
    given = [part for part in theirs if part != ours[-1]]
    agree = [any(_agrees(part, one) for one in ours[:-1]) for part in given]
    first = not given or any(_agrees(part, ours[0]) for part in given)
    return first and (all(agree) or len(given) > len(ours) - 1)


def shares_a_name(known: str, written: str) -> bool:
    """Whether they have a part in common that is written out."""
    return bool(
        {part for part in fold(known).split() if len(part) > 1} & set(fold(written).split())
    )


def may_mean(known: str, written: str) -> bool:
    """Whether somebody could know whom a name means: rather said too often than too seldom."""
    return is_named(known, written) or shares_a_name(known, written)


def _agrees(written: str, known: str) -> bool:
    short, long = sorted((written, known), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))
