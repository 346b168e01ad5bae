"""Cell suppression: the cells that are not published, so that no unsafe count can be read or worked out.

Three rules, which an attacker may know (docs/decisions/0071 has the reasons):
1. An unsafe count, 1 to 4, is suppressed (primary suppression).
2. An unsafe margin is fully suppressed: nothing beneath it is published, zeros included. All other zeros are published.
3. Other cells are suppressed (secondary suppression) until every unsafe count can still be 1, 2, 3 and 4. Where no
   choice of cells achieves that, a larger margin is fully suppressed.

A proof shows that a count can still be 1 to 4: exchanges between suppressed cells lead from the true counts through
feasible tables to a table in which the count is 4, and to a table in which it is 1. An insider knows every cell of one
region; the proof against an insider does not change that region.
"""
from collections.abc import Collection, Iterable, Iterator
from random import Random

from disclosure.grid import OUTSIDER, TOTAL, Attacker
from disclosure.proofs import Proof, Proofs, Prover, distinct
from disclosure.rules import THRESHOLD, is_unsafe
from disclosure.state import State
from disclosure.tables import Counts, Name, Tables, margins_of

# Patterns that are tried: this many, and fewer in tables with more cells (docs/decisions/0156).
MOST_TRIALS, CELLS_OF_TRIALS = 16, 4000


class Pattern:
    """A suppression pattern: the suppressed cells.

    `proofs` show that it is safe: for each unsafe cell, by its number, a proof against each attacker.
    """

    def __init__(self, tables: Tables, suppressed: bytes, fully: Iterable[int], proofs: dict[int, Proofs]) -> None:
        self.tables, self._suppressed, self._fully, self.proofs = tables, suppressed, frozenset(fully), proofs

    def is_suppressed(self, name: Name) -> bool:
        """Whether a cell is suppressed. A category, region or status without counts counts as zero."""
        cell = self.tables.number(name)
        if cell is not None:
            return bool(self._suppressed[cell])
        return bool(self._fully) and any(self.tables.number(margin) in self._fully for margin in margins_of(name))

    def count(self, name: Name) -> int:
        """The true count of a cell, suppressed or not."""
        cell = self.tables.number(name)
        return 0 if cell is None else self.tables.counts[cell]

    @property
    def cells(self) -> set[Name]:
        """The suppressed cells."""
        return {name for cell, suppressed in enumerate(self._suppressed) if suppressed
                for name in self.tables.names(cell)}

    @property
    def fully_suppressed(self) -> set[Name]:
        """The fully suppressed margins."""
        return {name for cell in self._fully for name in self.tables.names(cell)}

    def feasible_tables(self, of: Collection[Name] | None = None) -> Iterator[tuple[Attacker, dict[Name, int]]]:
        """The feasible tables on the paths of the proofs, as (attacker, differences from the true counts).

        With `of` only the differences of these cells, and only tables in which they differ.
        """
        numbers = None if of is None else set(map(self.tables.number, of))
        for proofs in self.proofs.values():
            for attacker, proof in proofs.items():
                if numbers is None or not proof.cells.isdisjoint(numbers):
                    for table in proof.feasible_tables():
                        if changes := {name: change for cell, change in table.items()
                                       if numbers is None or (change and cell in numbers)
                                       for name in self.tables.names(cell) if of is None or name in of}:
                            yield attacker, changes

    def largest_decreases(self) -> dict[Name, int]:
        """The largest decrease of each cell in any feasible table of the proofs."""
        largest: dict[int, int] = {}
        for proofs in self.proofs.values():
            for proof in distinct(proofs):
                proof.note_decreases(largest)
        return {name: most for cell, most in largest.items() for name in self.tables.names(cell)}

    def without_proofs(self) -> "Pattern":
        """The same pattern without its proofs, which take much memory."""
        return Pattern(self.tables, self._suppressed, self._fully, {})


def suppress(counts: Counts) -> Pattern:
    """Find a safe suppression pattern for counts by (variable, region, category, status) or without status.

    Of several trials the best is taken: few cells, weighed by information loss, with few contributors in them.
    """
    tables = Tables(counts)
    first = best = trial(tables)
    for seed in range(min(MOST_TRIALS, CELLS_OF_TRIALS // len(tables.counts)) - 1):
        random = Random(seed)  # noqa: S311 - nothing is kept secret by it
        best = min(best, trial(tables, random), key=lambda work: work.loss_beside(first))
    return best.pattern()


def trial(tables: Tables, random: Random | None = None) -> "Suppression":
    """Suppress once, by the usual order of the unsafe cells or by a random one."""
    work = Suppression(tables, random)
    work.protect_all()
    work.publish_redundant()
    return work


class Suppression:
    """A suppression in progress: its state, and the proofs so far.

    Which cells are suppressed depends on the order of the unsafe cells and on small differences in cost: with `random`
    these are random.
    """

    def __init__(self, tables: Tables, random: Random | None = None) -> None:
        self.tables, self.state = tables, State(tables, random)
        self.prover = Prover(self.state)
        self.fully_suppressed: set[int] = set()
        self.proofs: dict[int, Proofs] = {}
        unsafe = (cell for cell, count in enumerate(tables.counts) if is_unsafe(count))
        self.unsafe = sorted(unsafe, key=lambda cell: (
            -tables.totals(cell), random.random() if random else tables.counts[cell], cell))
        for cell in self.unsafe:
            self.state.suppress(cell)
            if tables.totals(cell):
                self._suppress_fully(cell)

    def protect_all(self) -> None:
        """Suppress cells until there is a proof for each unsafe cell against each attacker."""
        for cell in self.unsafe:
            proofs = self.proofs[cell] = {}
            for attacker in self._attackers(cell):
                proof = self._reused(proofs, attacker) or self.prover.proof(cell, attacker)
                while proof is None:
                    self._suppress_another_margin(cell)
                    proof = self.prover.proof(cell, attacker)
                proofs[attacker] = proof

    def publish_redundant(self) -> None:
        """Publish the secondary suppressions that the proofs can do without, the largest information loss first."""
        counts, state = self.tables.counts, self.state
        dependent: dict[int, dict[int, bool]] = {
            cell: {} for cell in range(len(counts)) if state.suppressed[cell] and counts[cell] >= THRESHOLD
            and state.lower_bound[cell] and cell not in self.fully_suppressed}
        for cell, proofs in self.proofs.items():
            _note_dependence(dependent, cell, proofs)
        for secondary in sorted(dependent, key=lambda cell: (-state.full_cost[cell], cell)):
            versions = list(state.versions)
            state.publish(secondary)
            others = self._proofs_without(secondary, dependent[secondary])
            if others is None:
                state.suppress(secondary)
                state.versions = versions
                continue
            for cell, proofs in others.items():
                self.proofs[cell] = proofs
                _note_dependence(dependent, cell, proofs)

    def loss_beside(self, other: "Suppression") -> float:
        """The information loss and three quarters of the contributors in the cells, as multiples of another's."""
        (cells, people), (cells_of_other, people_of_other) = self._lost(), other._lost()
        return cells / max(1, cells_of_other) + 0.75 * people / max(1, people_of_other)

    def pattern(self) -> Pattern:
        """The suppression pattern so far."""
        suppressed = self.state.suppressed
        # With a single region each count is that of all regions too, and the zeros of other regions are beneath it. If
        # these were published, they would tell that a suppressed count is 5 at least.
        alone = (cell for cell in range(len(suppressed)) if suppressed[cell] and not self.tables.totals(cell))
        fully = self.fully_suppressed.union(alone if self.tables.has_double_names else ())
        return Pattern(self.tables, bytes(suppressed), fully, self.proofs)

    def _lost(self) -> tuple[int, int]:
        lost = [cell for cell, suppressed in enumerate(self.state.suppressed) if suppressed]
        # A margin weighs half as much again: all that is published beneath it is compared with it.
        cells = sum(2 * self.tables.loss(cell) + bool(self.tables.totals(cell)) for cell in lost)
        return cells, sum(map(self.tables.counts.__getitem__, lost))

    def _attackers(self, cell: int) -> list[Attacker]:
        own = self.tables.region(cell)
        return [OUTSIDER, *(() if own is TOTAL else (known for known in self.tables.regions if known != own))]

    def _suppress_fully(self, margin: int) -> None:
        """Publish nothing of a margin. An attacker then knows only that it is 1 at least, and its parts 0."""
        self.fully_suppressed.add(margin)
        self.state.suppress(margin)
        self.state.set_lower_bound(margin, min(self.state.lower_bound[margin], 1))
        for part in self.tables.beneath(margin):
            self.state.suppress(part)
            self.state.set_lower_bound(part, 0)

    def _suppress_another_margin(self, cell: int) -> None:
        """Fully suppress the smallest other margin above a cell. After the margin of all, every proof exists."""
        others = [margin for margin in self.tables.above(cell) if margin not in self.fully_suppressed]
        self._suppress_fully(min(others, key=lambda margin: (self.tables.counts[margin], margin)))

    def _proofs_without(self, secondary: int, cells: Iterable[int]) -> dict[int, Proofs] | None:
        """Find proofs for these cells that do not change a secondary suppression; None if a cell has no such proof."""
        found = {}
        for cell in cells:
            proofs = {attacker: proof for attacker, proof in self.proofs[cell].items() if secondary not in proof.cells}
            for attacker in [attacker for attacker in self.proofs[cell] if attacker not in proofs]:
                proof = self._reused(proofs, attacker) or self.prover.proof(cell, attacker, suppress=False)
                if proof is None:
                    return None
                proofs[attacker] = proof
                found[cell] = proofs
        return found

    def _reused(self, proofs: Proofs, attacker: Attacker) -> Proof | None:
        """A proof against another attacker that holds against this attacker too."""
        known = self.tables.grid.known_by[attacker]
        return next((proof for proof in proofs.values() if not proof.strata & known), None)


def _note_dependence(dependent: dict[int, dict[int, bool]], cell: int, proofs: Proofs) -> None:
    """Note the secondary suppressions that the proofs of a cell depend on."""
    for proof in distinct(proofs):
        for changed in proof.cells:
            if changed in dependent:
                dependent[changed][cell] = True
