"""Quasi-Poisson regression of many series at once.

All series share one design matrix, so that the normal equations of every series are one matrix
product and a thousand small systems are solved together. What is estimated is the log-linear model
of McCullagh & Nelder, *Generalized Linear Models* (1989), §2.5 and §6.2, by iteratively reweighted
least squares; the dispersion is Pearson's.

Shapes in this package: R rows (series, or series at a point in time), n observations, p columns.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]

TOLERANCE = 1e-8
MOST_ROUNDS = 25
SMALLEST_MEAN = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Fit:
    """What the regression found, a row a series.

    `coefficients` (R, p), on the log scale; `means` (R, n), expected counts, where the offset is
    included; `dispersion` (R,), Pearson's χ² by the degrees of freedom, not cut at one, not a
    number where none are left; `freedom` (R,), observations less the columns that could be
    estimated; `converged` (R,); `rounds` (R,). `covariance` and `leverage` are computed when
    asked for.
    """

    coefficients: Floats
    means: Floats
    dispersion: Floats
    freedom: Whole
    converged: Flags
    rounds: Whole
    _information: Floats
    _working: Floats
    _products: Floats

    @cached_property
    def covariance(self) -> Floats:
        """(R, p, p), the inverse of X'WX; times the dispersion, that of the coefficients."""
        return inverse(self._information)

    @cached_property
    def leverage(self) -> Floats:
        """(R, n), the diagonal of the hat matrix."""
        flat = self.covariance.reshape(self.covariance.shape[0], -1)
        return np.asarray(self._working * (flat @ self._products.T))

    def replaced(self, rows: Flags, other: Fit) -> Fit:
        """The same fit, these rows taken from another of the same design."""
        taken = {}
        for field in fields(self):
            taken[field.name] = values = getattr(self, field.name)
            if field.name != "_products":
                taken[field.name] = values = values.copy()
                values[rows] = getattr(other, field.name)
        return Fit(**taken)


def fit(
    counts: Floats,
    design: Floats,
    *,
    weights: Floats | None = None,
    offset: Floats | None = None,
    tolerance: float = TOLERANCE,
    most_rounds: int = MOST_ROUNDS,
) -> Fit:
    """Fit log E(counts) = design · coefficients + offset to every row.

    `counts` (R, n), zero or more; what is missing has weight 0, whatever stands there.
    `design` (n, p), shared by the rows. `weights` (R, n), prior weights, 1 where not given.
    `offset` (R, n), on the log scale: log of the population. A column without a weighted
    observation in a row gets the coefficient 0 there and costs no degree of freedom.

    Starts at counts + 0.1 and stops when the deviance moves less than `tolerance` of itself
    (+ 0.1), or after `most_rounds`, with `converged` false.

    Raises ValueError when shapes do not agree.
    """
    counts = np.ascontiguousarray(counts, dtype=np.float64)
    design = np.ascontiguousarray(design, dtype=np.float64)
    check_shapes(counts, design, weights, offset)
    prior = np.ones_like(counts) if weights is None else np.asarray(weights, dtype=np.float64)
    counts = np.where(prior > 0, counts, 0.0)
    work = _Iteration(counts, design, prior, offset)
    work.until(tolerance, most_rounds)
    return work.result()


def check_shapes(
    counts: Floats, design: Floats, weights: Floats | None, offset: Floats | None
) -> None:
    """Say which of the arrays does not fit the others."""
    if (counts.ndim, design.ndim) != (2, 2):
        message = "counts are rows × observations, the design is observations × columns"
        raise ValueError(message)
    if counts.shape[1] != design.shape[0]:
        message = f"{counts.shape[1]} observations a row, but {design.shape[0]} rows of design"
        raise ValueError(message)
    for name, given in (("weights", weights), ("offset", offset)):
        if given is not None and given.shape != counts.shape:
            message = f"{name} have the shape {given.shape}, the counts {counts.shape}"
            raise ValueError(message)


def products_of(design: Floats) -> Floats:
    """Every product of two columns, (n, p·p): the weighted sums of these are X'WX."""
    return (design[:, :, None] * design[:, None, :]).reshape(design.shape[0], -1)


class _Iteration:
    """The state of the rows while they converge; rows that have converged are left alone."""

    def __init__(
        self, counts: Floats, design: Floats, prior: Floats, offset: Floats | None
    ) -> None:
        rows, columns = counts.shape[0], design.shape[1]
        self.counts, self.design, self.prior, self.offset = counts, design, prior, offset
        self.products = products_of(design)
        self.means = np.empty_like(counts)
        self.used = np.empty_like(counts)  # the means that the last weights were computed from
        self.coefficients = np.zeros((rows, columns))
        self.information = np.zeros((rows, columns, columns))
        self.converged = np.zeros(rows, dtype=bool)
        self.rounds = np.zeros(rows, dtype=np.int64)

    def until(self, tolerance: float, most_rounds: int) -> None:
        """Rounds over the rows still moving, gathered together as they become fewer."""
        moving = _Moving.from_start(self.counts, self.prior, self.offset)
        for number in range(1, most_rounds + 1):
            if not moving.rows.size:
                break
            before, used = moving.deviance, moving.means
            information, coefficients = self.step(moving)
            done = np.abs(moving.deviance - before) < tolerance * (np.abs(moving.deviance) + 0.1)
            stop = done if number < most_rounds else np.ones_like(done)
            if stop.any():
                rows = moving.rows[stop]
                self.used[rows], self.means[rows] = used[stop], moving.means[stop]
                self.coefficients[rows], self.information[rows] = (
                    coefficients[stop], information[stop],
                )  # fmt: skip
                self.converged[rows], self.rounds[rows] = done[stop], number
                moving = moving.only(~stop)

    def step(self, moving: _Moving) -> tuple[Floats, Floats]:
        """One round: X'WX, the coefficients, and the means they give."""
        columns = self.design.shape[1]
        base = moving.linear if moving.offset is None else moving.linear - moving.offset
        working = moving.prior * moving.means
        response = working * base + moving.prior * (moving.counts - moving.means)
        information = (working @ self.products).reshape(-1, columns, columns)
        coefficients = solve(information, response @ self.design)
        moving.move_to(coefficients @ self.design.T)
        return information, coefficients

    def result(self) -> Fit:
        """The estimates with what was computed from the last weights."""
        columns = np.count_nonzero(np.diagonal(self.information, axis1=1, axis2=2), axis=1)
        freedom = np.count_nonzero(self.prior, axis=1) - columns
        working = self.prior * self.used
        pearson = (working * ((self.counts - self.means) / self.means) ** 2).sum(axis=1)
        dispersion = np.where(freedom > 0, pearson / np.maximum(freedom, 1), np.nan)
        return Fit(
            self.coefficients, self.means, dispersion, freedom, self.converged, self.rounds,
            self.information, working, self.products,
        )  # fmt: skip


@dataclass
class _Moving:
    """The rows that have not converged: what they are fitted to and where they stand."""

    rows: Whole
    counts: Floats
    prior: Floats
    offset: Floats | None
    saturated: Floats
    linear: Floats
    means: Floats
    deviance: Floats

    @classmethod
    def from_start(cls, counts: Floats, prior: Floats, offset: Floats | None) -> _Moving:
        """Every row, its means a little above its counts."""
        saturated = (prior * (special.xlogy(counts, counts) - counts)).sum(axis=1)
        means = counts + 0.1
        start = cls(
            np.arange(counts.shape[0]), counts, prior, offset, saturated, np.log(means), means,
            saturated,
        )  # fmt: skip
        start.deviance = start.deviance_now()
        return start

    def deviance_now(self) -> Floats:
        """Twice the distance to the model that has a parameter for each observation."""
        reached = (self.prior * (self.counts * self.linear - self.means)).sum(axis=1)
        return np.asarray(2 * (self.saturated - reached))

    def move_to(self, linear: Floats) -> None:
        """Take over what the design gives, before the offset."""
        if self.offset is not None:
            linear = linear + self.offset
        self.linear, means = linear, np.exp(linear)
        self.means = np.maximum(means, SMALLEST_MEAN, out=means)
        self.deviance = self.deviance_now()

    def only(self, kept: Flags) -> _Moving:
        """These rows without the others."""
        return _Moving(
            self.rows[kept], self.counts[kept], self.prior[kept],
            None if self.offset is None else self.offset[kept],
            self.saturated[kept], self.linear[kept], self.means[kept], self.deviance[kept],
        )  # fmt: skip


def scaled(matrices: Floats) -> tuple[Floats, Floats]:
    """The matrices with ones on the diagonal (Jacobi), and the scale; an empty column is 1."""
    diagonal = np.diagonal(matrices, axis1=1, axis2=2)
    empty = diagonal <= 0
    scale = 1 / np.sqrt(np.where(empty, 1.0, diagonal))
    balanced = matrices * scale[:, :, None] * scale[:, None, :]
    index = np.arange(matrices.shape[1])
    balanced[:, index, index] = 1.0
    return balanced, scale


def solve(matrices: Floats, right: Floats) -> Floats:
    """The solutions (R, p) of R symmetric systems of p equations."""
    balanced, scale = scaled(matrices)
    try:
        solution = np.linalg.solve(balanced, (right * scale)[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:  # a row or more cannot be told apart: the shortest solution
        solution = (np.linalg.pinv(balanced) @ (right * scale)[:, :, None])[:, :, 0]
    return np.asarray(solution * scale)


def inverse(matrices: Floats) -> Floats:
    """The inverses (R, p, p)."""
    balanced, scale = scaled(matrices)
    try:
        inverted = np.linalg.inv(balanced)
    except np.linalg.LinAlgError:
        inverted = np.linalg.pinv(balanced)
    return np.asarray(inverted * scale[:, :, None] * scale[:, None, :])
