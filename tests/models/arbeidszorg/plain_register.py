"""A register without a database: clients, answers, hours, withdrawals, merges and moves as plain values.

Days are whole numbers. A `Timeline` has a value for each day of the test, so that a change is a few assignments.
"""
import copy
from dataclasses import dataclass, field

FIRST, LAST = -60, 420
FOR_EVER = 10**6
KEPT = 30


@dataclass
class Timeline:
    """The value of each day from FIRST to LAST; the last one holds for ever, the first one since ever."""

    values: list

    @classmethod
    def of(cls, value):
        return cls([value] * (LAST - FIRST + 1))

    def on(self, day):
        return self.values[min(max(day, FIRST), LAST) - FIRST]

    @property
    def now(self):
        return self.values[-1]

    def set_since(self, day, value):
        for place in range(day - FIRST, len(self.values)):
            self.values[place] = value

    def last_began(self):
        """The first day of the value that holds now; FIRST if it never was another one."""
        place = len(self.values) - 1
        while place and self.values[place - 1] == self.now:
            place -= 1
        return place + FIRST

    def correct(self, value):
        """Replace the value that holds now, as if it had never been."""
        self.set_since(self.last_began(), value)

    def change(self, value, since, start):
        """Let the value hold from a day on, in a period with this first day; today's value may only begin later."""
        began = self.last_began()
        if value == self.now and began < since and began > max(start, FIRST):
            before = self.on(began - 1)
            for day in range(began, since):
                self.values[day - FIRST] = before
        elif value != self.now or since < began:
            self.set_since(since if since > start else FIRST, value)

    def ends(self):
        """The last day of each value but that of now."""
        return [place + FIRST for place, (one, after) in enumerate(zip(self.values, self.values[1:], strict=False))
                if one != after]

    def remove(self, until):
        """Let the value that ended on this day have been the next one."""
        place, wrong, after = until - FIRST, self.on(until), self.on(until + 1)
        while place >= 0 and self.values[place] == wrong:
            self.values[place] = after
            place -= 1

    def within(self, start, end):
        """Forget the values of the days outside these."""
        before, after = self.on(start), self.on(end)
        for day in range(FIRST, LAST + 1):
            if day < start:
                self.values[day - FIRST] = before
            elif day > end:
                self.values[day - FIRST] = after


@dataclass
class PlainPeriod:
    id: int
    start: int
    end: int
    hours: Timeline
    touched: int = 0

    def overlaps(self, other):
        return self.start <= other.end and other.start <= self.end


@dataclass
class PlainMerge:
    """A merge, with both clients as they were and the one that went on as it was right after."""

    day: int
    kept: "PlainClient"
    merged: "PlainClient"
    after: "PlainClient" = None
    joined: list = field(default_factory=list)
    merges: list = field(default_factory=list)  # those into the merged client


@dataclass
class PlainClient:
    number: int
    place: int
    name: str
    born: int | None
    income: Timeline
    periods: dict = field(default_factory=dict)
    withdrawn: dict = field(default_factory=dict)  # id → (day, period)
    merges: list = field(default_factory=list)
    also: set = field(default_factory=set)  # the numbers of the clients merged into it
    before: list = field(default_factory=list)  # (place, last day) of where it was
    touched: dict = field(default_factory=dict)  # how often the name, the income and the birth date were changed

    def touch(self, part):
        self.touched[part] = self.touched.get(part, 0) + 1

    def fits(self, start, end, but=None):
        free = all(end < other.start or other.end < start for number, other in self.periods.items() if number != but)
        return free and (self.born is None or self.born <= start)

    def is_active(self, today):
        return any(period.end >= today for period in self.periods.values())

    def answer(self, income, mistake, today):
        """Change the income from today on; correct it if it was a mistake, or if there was no answer."""
        if self.income.now == income:
            return
        self.touch("income")
        if mistake or self.income.now in (None, "unknown"):
            self.income.correct(income)
        else:
            self.income.set_since(today, income)

    def snapshot(self):
        """A copy that stays as the client is now, without its merges."""
        merges, self.merges = self.merges, []
        made = copy.deepcopy(self)
        self.merges = merges
        return made


def clashes(one, other):
    """The groups of periods of two clients that overlap, each by start."""
    groups, until = [], None
    for period in sorted([*one.periods.values(), *other.periods.values()], key=lambda period: period.start):
        if until is None or period.start > until:
            groups.append([])
            until = period.end
        groups[-1].append(period)
        until = max(until, period.end)
    return [group for group in groups if len(group) > 1]


def joined(group):
    """The period that a group becomes: that which ends last, from the first start, with the hours of each."""
    last = max(group, key=lambda period: (period.end, period.start, period.id))
    hours = copy.deepcopy(last.hours)
    hours.within(last.start, last.end)
    for period in sorted(group, key=lambda period: period.start, reverse=True):
        after = min((other.start for other in [*group, last] if other.start > period.start and (
            other.start < last.start or other is last)), default=None)
        if period.start < last.start:
            for day in range(period.start, after):
                hours.values[day - FIRST] = period.hours.on(day)
    start = group[0].start
    hours.within(start, last.end)
    return PlainPeriod(last.id, start, last.end, hours)


def merge(kept, merged, sides, decisions, today):
    """Merge two clients; `sides`: part → the client whose part goes on; `decisions`: of each clash, a client or 'join'.

    Returns False, and changes nothing, if a period would begin before the birth date that goes on.
    """
    periods = {**kept.periods, **merged.periods}
    made = []
    for group, decision in zip(clashes(kept, merged), decisions, strict=True):
        if decision == "join":
            stays = {}
            made.append(joined(group))
            stays[made[-1].id] = made[-1]
        else:
            stays = {period.id: period for period in group if period.id in decision.periods}
        periods = {number: period for number, period in periods.items() if period not in group} | stays
    born = sides["born"].born
    if born is not None and any(period.start < born for period in periods.values()):
        return False
    done = PlainMerge(today, kept.snapshot(), merged.snapshot(), None, [period.id for period in made], merged.merges)
    kept.born, kept.name = born, sides["name"].name
    kept.income = copy.deepcopy(sides["income"].income)
    kept.periods = periods
    kept.withdrawn |= merged.withdrawn
    kept.also |= merged.also | {merged.number}
    done.after = kept.snapshot()
    kept.merges.append(done)
    return True


def undo(client, today):
    """Undo the newest merge; returns the client that is back, or None, and changes nothing, if that cannot be."""
    if not client.merges or today - client.merges[-1].day >= KEPT:
        return None
    done = client.merges[-1]
    kept, merged, after = done.kept, done.merged, done.after
    own = {*merged.periods, *merged.withdrawn}
    for number in done.joined:
        if number not in client.periods or client.periods[number].touched != after.periods[number].touched:
            return None
    aside = {number: period for one in (kept, merged) for number, period in one.periods.items()
             if number not in after.periods or number in done.joined}
    there = {number: period for number, period in client.periods.items() if number not in done.joined} | aside
    back = {number: period for number, period in there.items() if number in own}
    stay = {number: period for number, period in there.items() if number not in own}
    born = kept.born if not changed_since(client, after, "born") else client.born
    for periods, birth in ((back, merged.born), (stay, born)):
        ordered = sorted(periods.values(), key=lambda period: period.start)
        if any(one.overlaps(other) for one, other in zip(ordered, ordered[1:], strict=False)):
            return None
        if birth is not None and ordered and ordered[0].start < birth:
            return None
    return _carried_out(client, done, back, stay, born)


def _carried_out(client, done, back, stay, born):
    client.merges.pop()
    restored = done.merged.snapshot()
    restored.place, restored.before = client.place, list(done.merged.before)
    mine = {*done.merged.periods, *done.merged.withdrawn}
    restored.withdrawn = {number: one for number, one in client.withdrawn.items() if number in mine}
    client.withdrawn = {number: one for number, one in client.withdrawn.items() if number not in mine}
    restored.periods, client.periods, restored.merges = back, stay, done.merges
    client.also -= restored.also | {restored.number}
    if not changed_since(client, done.after, "income"):
        client.income = copy.deepcopy(done.kept.income)
    if not changed_since(client, done.after, "name"):
        client.name = done.kept.name
    client.born = born
    return restored


def changed_since(client, after, part):
    """Whether a part of the client was changed since it was `after`."""
    if part == "born" or client.name == after.name == "" and part == "name":
        return client.born != after.born and part == "born"
    return client.touched.get(part, 0) != after.touched.get(part, 0)
