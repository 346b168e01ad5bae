"""Statistical disclosure control: counts in, publishable counts out.

There are two doors, `protect` for tables of counts and `coarsen` for microdata. Import them, and the names that go with
them, from here, never from a module inside.

`protect(counts)` suppresses cells until no attacker can work out a count of 1 to 4. Every variable counts the same
contributors by region and, if there are any, by status; all tables are published together with all their margins. The
result is a `Protected`:

>>> from disclosure import TOTAL, Magnitude, protect
>>> counts = {("size", "north", "small"): 2, ("size", "north", "large"): 28,
...           ("size", "south", "small"): 20, ("size", "south", "large"): 40,
...           ("size", "west", "small"): 0, ("size", "west", "large"): 50}
>>> sums = {"north": 700, "south": 1200, "west": 1600}
>>> protected = protect(counts, Magnitude("size", sums, {"small": (0, 9), "large": (10, 90)}))
>>> for region in ("north", "south", "west", TOTAL):
...     names = [("size", region, "small"), ("size", region, "large"), (TOTAL, region, TOTAL)]
...     print(region, [protected.count(name) for name in names], protected.mean(region))
north [None, None, 30] 23.3
south [20, 40, 60] 20.0
west [0, 50, 50] 32.0
None [None, None, 140] 25.0

Besides the 2, three cells are suppressed. North's 28 would give it away by subtraction from 30; the totals 22 and 118
would give it away to an insider of the south.

`coarsen(rows)` leaves out detail until each row is like four others. It takes into account how many rows are known to
give an answer, such as the counts that are published beside the rows, and how many rows may say an answer:

>>> from collections import Counter
>>> from disclosure import KeyVariable, coarsen
>>> rows = Counter({("large", "1984"): 6, ("large", "1987"): 3, ("large", "1989"): 2, ("small", "1984"): 7,
...                 ("small", "1991"): 2})
>>> variables = [KeyVariable("size"), KeyVariable("year", (lambda year: year[:3] + "x",), within=0)]
>>> for row, number in coarsen(rows, variables, published={(0, "large"): 11}, limits={}).items():
...     print(row, number)
('large', '1984') 6
('large', '198x') 5
('small', None) 9

A single count, in a text or a list, is judged by `is_unsafe(count)`.

The method is cell suppression in linked tables. The hypercube method, extended with cycles, chooses the cells; it is a
heuristic, so fewer cells might do. That the pattern is safe is not left to the heuristic: for each unsafe count there
are feasible tables, found along the way, in which the count takes each value from 1 to 4. docs/decisions/0071 has the
reasons, the measurements and the attacks that are not guarded against; 0076 has those of rows, 0078 those of cycles.

Glossary
--------
Tables:

- *contributor*: each person or thing that is counted; has one category of each variable, one region and, if there are
  any, one status.
- *cell*: a count, named (variable, region, category) or (variable, region, category, status).
- *margin*: a cell that is the sum over regions, categories or statuses; its name has TOTAL in the position of each.
- *inner cell*: a cell that is not a margin.
- *shared margin*: a sum over the categories. It is the same for every variable, so its name has TOTAL as variable too.
- *linked tables*: tables with margins in common, which must be protected together. Here the shared margin links all.
- *grid*, *stratum*: the regions by the statuses, and a region with a status; either may be TOTAL.
- *magnitude*: a number that each contributor has. It is counted in *bins*, categories with bounds, and its mean may be
  published.

Suppression:

- *threshold rule*: a count from 1 to 4 is unsafe; 0 is safe, and so is 5.
- *primary suppression*: not publishing an unsafe cell (a *primary cell*).
- *secondary suppression*: not publishing a safe cell, because an unsafe one could be worked out from it.
- *fully suppressed margin*: a margin of which nothing is published, down to the inner cells, zeros included.
- *suppression pattern*: the set of suppressed cells.
- *information loss*: the weight of a cell that is suppressed. The *cost* of an exchange is the loss of the cells that
  would have to be suppressed for it.
- *attacker*: somebody who works out counts from the published cells and these rules. An *outsider* knows nothing else;
  an *insider* also knows every cell of one region.
- *lower bound known to the attacker*: for a suppressed inner cell 1, because zeros are published; for a suppressed
  margin 5. For a fully suppressed margin 1, and for every cell beneath it 0.
- *feasible table*: counts that agree with everything an attacker knows, so they might be the true ones.
- *exchange*: a change of suppressed cells that leaves each margin the sum of its parts. It is made on a *rectangle* of
  the grid, or along a *cycle* through a *layer* of the grid.
- *proof*: exchanges that lead from the true counts, through feasible tables, to a table where an unsafe count is 4 and
  to a table where it is 1. With a proof against each attacker the count is *protected*.
- *safe minimum*: the number of contributors to a cell that another publication may reveal.

Microdata:

- *row*: the answers of a contributor, one answer to each key variable.
- *key variable*: a variable by which a contributor could be recognised (a quasi-identifier).
- *class*: the rows with the same answers (an equivalence class).
- *k-anonymity*: each class has k rows or more. Here k is 5.
- *recoding*: replacing an answer by a coarser one.
- *local suppression*: replacing an answer by SUPPRESSED.
"""
from disclosure.coarsening import SUPPRESSED, KeyVariable, coarsen
from disclosure.grid import TOTAL
from disclosure.means import Magnitude
from disclosure.protection import Protected, protect
from disclosure.rules import is_unsafe

__all__ = ["SUPPRESSED", "TOTAL", "KeyVariable", "Magnitude", "Protected", "coarsen", "is_unsafe", "protect"]
