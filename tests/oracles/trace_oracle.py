"""The slow twin of `trace`: exact fractions, the fixed point by going round, and every corner of the ranges tried."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from seawall.model import Answer, OwnershipTest, Stake, StakeKind

ROUNDING = Fraction(1, 10)
ADDED = (StakeKind.OWNERSHIP, StakeKind.VOTES, StakeKind.BOARD)
Slot = tuple[str, StakeKind]
Ranges = dict[Slot, dict[str, tuple[Fraction, Fraction]]]
Sharp = dict[Slot, dict[str, Fraction]]


def ranges(stakes: list[Stake], on) -> Ranges:
    """Low and high of each holding in force; statements of one holding are met, or if they cannot be, spanned."""
    found: Ranges = {}
    for stake in stakes:
        if not stake.owned or not stake.in_force(on):
            continue
        low, high = Fraction(str(stake.low)), Fraction(str(stake.high))
        if stake.kind is StakeKind.CONTROL:
            low, high = Fraction(100 if stake.known else 0), Fraction(100)
        elif not stake.known or not 0 <= low <= high <= 100:
            low, high = Fraction(0), Fraction(100)
        owner = stake.owner or f"nobody {id(stake)}"
        found.setdefault((stake.owned, stake.kind), {}).setdefault(owner, []).append((low, high))
    return {slot: {owner: met(said) for owner, said in owners.items()} for slot, owners in found.items()}


def met(said):
    low, high = max(x for x, _ in said), min(y for _, y in said)
    return (low, high) if low <= high else (min(x for x, _ in said), max(y for _, y in said))


def corners(slot: Slot, owners: dict[str, tuple[Fraction, Fraction]]) -> list[dict[str, Fraction]]:
    """The corners of what the shares of a slot can be: each at an end of its range, or one filling up the whole."""
    entity, kind = slot
    owners = dict(owners)
    if kind not in ADDED:
        owners.pop(entity, None)
        return [dict(zip(owners, ends, strict=True)) for ends in product(*owners.values())]
    if owners.get(entity, (0, 0))[0] >= 100:
        owners.pop(entity)
    whole = max(100 + ROUNDING, sum(low for low, _ in owners.values()))
    found = []
    for free in (None, *owners):
        rest = [name for name in owners if name != free]
        for ends in product(*({*owners[name]} for name in rest)):
            shares = dict(zip(rest, ends, strict=True))
            if free is not None:
                shares[free] = whole - sum(ends)
                if not owners[free][0] <= shares[free] <= owners[free][1]:
                    continue
            if sum(shares.values()) <= whole and shares.get(entity, 0) < 100 and shares not in found:
                found.append(shares)
    return found


def worlds(known: Ranges) -> Iterator[Sharp]:
    """Every choice of corners."""
    slots = list(known)
    for chosen in product(*(corners(slot, known[slot]) for slot in slots)):
        yield dict(zip(slots, chosen, strict=True))


def count(known: Ranges) -> int:
    """How many worlds there are."""
    found = 1
    for slot, owners in known.items():
        found *= len(corners(slot, owners))
    return found


def sharp(test: OwnershipTest, world: Sharp, listed: set[str], joint=()) -> dict[str, Answer]:
    """The answers where every share is known, by going round until nothing changes."""
    groups = [listed] if test.aggregate else [{x} for x in sorted(listed)]
    caught, maybe = set(listed), set(listed)
    for group in groups:
        caught |= _round(test, world, group, joint, False)
        maybe |= _round(test, world, group, joint, True)
    names = {x for (entity, _), owners in world.items() for x in (entity, *owners)} | listed
    return {x: Answer.CAUGHT if x in caught else Answer.MAYBE if x in maybe else Answer.NOT for x in names}


def _round(test, world, group, joint, exposure):
    known = set(group)
    while True:
        counting = known if test.through else set(group)
        more = {slot[0] for slot, owners in world.items() if _enough(test, slot, owners, counting, joint, exposure)}
        if more <= known:
            return known
        known |= more


def _enough(test, slot, owners, counting, joint, exposure):
    entity, kind = slot
    others = {x: share for x, share in owners.items() if x != entity}
    holders = {x for x in others if x in counting}
    for group in joint if test.joint and kind in ADDED else ():
        if holders & set(group):
            holders |= set(group) & set(others)
    held = sum(others[x] for x in holders)
    if held == 0:
        return False
    if kind in ADDED:
        left = 100 - owners.get(entity, Fraction(0))
        held = min(held / left * 100, Fraction(100))
    if kind is StakeKind.OWNERSHIP:
        reached = test.reached(held)
        return exposure if reached is None else reached
    return test.control and (kind is StakeKind.CONTROL or held > 50)


def lowest(known: Ranges) -> Sharp:
    """The world in which every share is at its lowest."""
    return {slot: {owner: low for owner, (low, _) in owners.items()} for slot, owners in known.items()}


def answers(test, known: Ranges, listed: set[str], joint=()) -> dict[str, Answer]:
    """The answers in three values: what all worlds agree on, else that it may be."""
    found: dict[str, set[Answer]] = {}
    for world in worlds(known):
        for name, answer in sharp(test, world, listed, joint).items():
            found.setdefault(name, set()).add(answer)
    return {name: said.pop() if len(said) == 1 else Answer.MAYBE for name, said in found.items()}


def smallest(test, world: Sharp, listed: set[str], entity: str) -> int:
    """The number of holdings in the smallest set that catches the entity, all others taken away."""
    edges = [(slot, owner) for slot, owners in world.items() for owner in owners if owner != slot[0]]
    for size in range(len(edges) + 1):
        for kept in map(set, combinations(edges, size)):
            part = {slot: {o: s for o, s in owners.items() if o == slot[0] or (slot, o) in kept}
                    for slot, owners in world.items()}  # fmt: skip
            if sharp(test, part, listed).get(entity) is Answer.CAUGHT:
                return size
    raise ValueError("nothing catches it")


def interest(known: Sharp, listed: set[str], rounds: int = 60) -> dict[str, Fraction]:
    """The multiplied share of the listed, by the sum over all paths of up to so many steps."""
    owned = {entity: owners for (entity, kind), owners in known.items() if kind is StakeKind.OWNERSHIP}
    held = dict.fromkeys(owned, 0.0)
    for _ in range(rounds):
        held = {
            entity: sum(
                float(share) / float(100 - owners.get(entity, 0)) * (1.0 if x in listed else held.get(x, 0.0))
                for x, share in owners.items()
                if x != entity
            )
            for entity, owners in owned.items()
        }
    return held
