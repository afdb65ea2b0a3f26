"""One period of figures on their way to anybody: what of it is held back, beside what was shown.

What must be hidden so that nothing can be worked out is found by `samrad.analysis.disclosure`, in
one table with all that is read beside it. Brings what computes; only the worker imports it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from samrad.analysis.disclosure import (
    CannotBeProtected,
    Rule,
    as_it_was,
    audit,
    publish_again,
    suppress,
)
from samrad.knowledge.known_before import Areas, KnownBefore, parts_in
from samrad.knowledge.one_table import REST, WHOLE, Cell, Counts, Mask, OneTable


@dataclass(frozen=True)
class OnePeriod:
    """What is known of a period now, what was then, and what readers did not see of it.

    `gone`: what of then had gone when readers saw the last of it.
    """

    counts: Mapping[Cell, int]
    earlier: Mapping[Cell, int]
    held: Collection[Cell]
    gone: Collection[Cell]
    areas: Areas
    rule: Rule

    def hidden(self) -> set[Cell]:
        """The cells that are held back."""
        if not self.counts:
            return set()
        if self._is_as_it_was:
            return self.now.named(self.kept)
        try:
            made = self._in_no_sum() if self._are_all_wholes_held else self._made()
        except CannotBeProtected:
            made = self._in_no_sum()
        return self.now.named(made)

    @cached_property
    def now(self) -> OneTable:
        """The counts, with what readers knew before of parts and sums, and of what is left out."""
        return self._known_before.table()

    @cached_property
    def _known_before(self) -> KnownBefore:
        return KnownBefore(self.counts, self.earlier, self.held, self.areas)

    @cached_property
    def then(self) -> OneTable:
        """The counts readers saw, and those they may have seen before: parts that are back."""
        held, sums = set(self.held), self.now.sums
        back = {
            cell: count for cell, count in self.counts.items()
            if cell not in self.earlier and cell not in held and cell[1] not in sums
            and not self._is_few(cell, count)
        } if self.earlier else {}  # fmt: skip
        known = {**self.earlier, **back}
        parts = parts_in(self.counts, known, self.areas.sums)
        return OneTable({**parts, **known}, self.areas.kinds, self.areas.sums, unseen=parts)

    @cached_property
    def kept(self) -> Mask:
        """What is hidden already: by what was before, and because nobody ever shows it."""
        held = self.now.marks(self.held) | self.now.marks(self._of_other_areas())
        return (held | self.now.never) & ~self.now.known

    def _of_other_areas(self) -> Iterator[Cell]:
        """What would tell of areas that became one, or were one, and readers knew otherwise.

        A sum of what is hidden stays hidden, and so do all parts of it; and all parts of a sum that
        was shown, where one of them is small.
        """
        for kind in self.now.listed:
            for area, parts in self._became_one:
                if any((kind, part) in self.held for part in parts):
                    yield kind, area
            for area, parts in self._were_one:
                few = [part for part in parts
                       if self._is_few((kind, part), self.counts.get((kind, part), 0))]  # fmt: skip
                if few or (kind, area) in self.held:
                    yield from ((kind, part) for part in parts)

    @cached_property
    def _became_one(self) -> list[tuple[str, list[str]]]:
        """Areas of now whose parts readers knew before."""
        own = {area for _kind, area in self.counts}
        return [(area, parts) for area, parts in self.now.sums.items()
                if area in own and not own.issuperset(parts)]  # fmt: skip

    @cached_property
    def _were_one(self) -> list[tuple[str, list[str]]]:
        """Areas that readers knew before, with their parts of now."""
        own = {area for _kind, area in self.counts}
        return [(area, parts) for area, parts in self.then.sums.items()
                if area not in own and own.issuperset(parts)]  # fmt: skip

    @cached_property
    def _small(self) -> Mask:
        return self.now.small(self.rule.everywhere)

    def _is_few(self, cell: Cell, count: int) -> bool:
        return 0 < count < self.areas.kinds.smallest(cell[0], self.rule.everywhere)

    def _is_open(self, hidden: Mask) -> bool:
        """Whether anything is shown that is too small to be."""
        return bool((self._small & ~hidden).any())

    @property
    def _is_the_same(self) -> bool:
        """Whether it says what the release before said."""
        last = {cell: n for cell, n in self.earlier.items() if cell not in self.gone}
        return dict(self.counts) == last

    @property
    def _is_as_it_was(self) -> bool:
        if not self._is_the_same or self._is_open(self.kept):
            return False
        return self._is_kept_enough

    @cached_property
    def _is_kept_enough(self) -> bool:
        """Whether hiding what was hidden does; kind by kind it was enough, together it may not be.

        A rest may have become small as well, which is in no figure.
        """
        if len(self.now.listed) == 1:
            return True
        found = audit(
            self.now.table, self.now.amounts, self.kept, self._small,
            protection=self.rule.small, seed=self.rule.seed,
        )  # fmt: skip
        return found.passed

    @property
    def _are_all_wholes_held(self) -> bool:
        return all((kind, WHOLE) in self.held for kind in self.now.listed)

    def _made(self) -> Mask:
        """Hidden cells, by all there is to know."""
        kept, also = self.kept, self._small
        if self.earlier and not self._is_the_same:
            telling = self._sums_that_would_tell()
            if telling.any() and len(self.now.listed) == 1:
                return self._in_no_sum()
            if not telling.any() and self._tells_nothing_more():
                return kept
            kept, also = kept | telling, also | telling
            kept = kept | self._beside_what_was_shown(kept, also)
            if not self._is_open(kept):
                return kept
        return self._hiding(self.now, kept, also)

    def _hiding(self, table: OneTable, kept: Mask, also: Mask) -> Mask:
        """What is hidden already, and what must be with it. Raises CannotBeProtected."""
        return suppress(
            table.table, table.amounts, threshold=self.rule.everywhere,
            protection=self.rule.small, hidden=kept, also=also, already_out=table.known,
            seed=self.rule.seed,
        ).hidden  # fmt: skip

    def _in_no_sum(self) -> Mask:
        """Where nothing is told of any sum it is in, what is hidden is in nothing that is shown."""
        now = self.now
        in_small = np.asarray(now.table.design[np.flatnonzero(self._small)].sum(axis=0)).ravel() > 0
        parts = (cell for cell, at in now.inner.items() if in_small[at] and now.amounts[at])
        hidden: Mask = self.kept | self._small | now.marks(parts)  # small, but for rounding
        inner = np.zeros(now.table.inner)
        for cell, column in now.inner.items():
            at = now.cells[cell]
            is_rest = cell[0].endswith(REST)
            inner[column] = self._small[at] if is_rest else hidden[at]
        holding = np.asarray(now.table.design @ inner) > 0
        if len(now.listed) == 1:
            holding = holding | now.marks((kind, WHOLE) for kind in now.listed)
        return self._beside_its_total((hidden | holding | now.marks(self._gone())) & ~now.known)

    def _beside_its_total(self, hidden: Mask) -> Mask:
        """With what kinds that are shown, and figures that are left out, tell of each other."""
        if len(self.now.listed) == 1:
            return hidden
        try:
            return self._hiding(self.now, hidden, self._small)
        except CannotBeProtected:
            return self._by_itself(hidden)

    def _by_itself(self, hidden: Mask) -> Mask:
        """With what this release would tell alone, where readers know the rest whatever we do."""
        alone = OneTable(self.counts, self.areas.kinds, self.areas.sums)
        kept = (alone.marks(self.now.named(hidden)) | alone.never) & ~alone.known
        try:
            made = self._hiding(alone, kept, alone.small(self.rule.everywhere))
        except CannotBeProtected:  # nothing that could be hidden helps
            return hidden
        return (hidden | self.now.marks(alone.named(made))) & ~self.now.known

    def _gone(self) -> set[Cell]:
        """The wholes of what was hidden then and has gone: they would tell how much it was."""
        there = self.now.counts.keys() - self._known_before.left_out.keys()
        return {
            (kind, WHOLE) for kind, area in self.held if area != WHOLE and (kind, area) not in there
        }

    def _sums_that_would_tell(self) -> Mask:
        """Those of a hidden part that went, or of which one alone was revised and is small.

        Somebody who was alone in it before any of the releases would know what it is now.
        """
        found = self.now.marks({*self._gone(), *self._revised_in_other_areas()})
        if self._is_open(self.kept):
            return found
        revised = self._revised
        few = revised & (self.now.amounts < self.rule.small)
        design = self.now.table.design
        alone = (design @ revised.astype(float) == 1) & (design @ few.astype(float) == 1)
        is_sum = np.asarray(np.diff(design.indptr) > 1)
        return np.asarray(found | (alone & is_sum & ~self.kept & ~self.now.known), dtype=np.bool_)

    def _revised_in_other_areas(self) -> Iterator[Cell]:
        """The wholes of what was revised while areas became one or parted, and is hidden there."""
        for table, changed in ((self.now, self._became_one), (self.then, self._were_one)):
            for kind in table.listed:
                for area, parts in changed:
                    is_hidden = any((kind, one) in self.held for one in (area, *parts))
                    if is_hidden and table.differs((kind, area)):
                        yield kind, WHOLE

    def _tells_nothing_more(self) -> bool:
        """Whether hiding the same parts as before does, through all releases there were.

        Whatever else the hidden parts could have been by the first of them, they could have been
        by each: the same differences fit, as those that were revised leave room for them.
        """
        is_roomy = bool((self.now.amounts[self._revised] >= self.rule.small).all())
        sums = self.now.sums.keys() - self.now.old_areas
        has_new_sums = sums != self.then.sums.keys() or bool(
            parts_in(self.earlier, self.counts, self.areas.sums)
            or parts_in(self.counts, self.earlier, self.areas.sums)
        )
        if not self.held or not is_roomy or has_new_sums or self._is_open(self.kept):
            return False
        return self._is_kept_enough

    @cached_property
    def _same(self) -> Counts:
        """For each inner count of now the one of then, −1 where there was none."""
        others, inner = self._known_before.others, self.then.inner
        same = [-1 if cell in others else inner.get(cell, -1) for cell in self.now.inner]
        return np.array(same, dtype=np.int64)

    @cached_property
    def _revised(self) -> Mask:
        """The hidden inner counts that are others than then."""
        hidden = self.kept[[self.now.cells[cell] for cell in self.now.inner]]
        before = np.where(self._same >= 0, self.then.amounts[self._same], -1)
        return np.asarray(hidden & (before != self.now.amounts), dtype=np.bool_)

    def _beside_what_was_shown(self, kept: Mask, also: Mask) -> Mask:
        """What must be hidden so that both releases side by side give nothing away."""
        then, now = self.then, self.now
        away = (then.marks(self.held) | then.never) & ~then.known
        small = then.small(self.rule.everywhere)
        earlier = as_it_was(
            then.table, then.amounts, self.rule, away, then.marks(self.held) | small
        )
        return publish_again(
            earlier, then.amounts, now.table, now.amounts, self._same,
            hidden=kept, also=also, known=now.known,
        ).hidden  # fmt: skip
