"""A slow, obvious twin of the mirror test: loops over rows and dictionaries, one flow at a time."""

import math


def mirrored(rows, terms):
    """Every flow that a side records, by (exporter, importer, year, hs), with what is to be said of it.

    `rows` are dicts of whole years in HS with basis cif for imports; the band is the built-in one.
    """
    told, reports, passed = {}, set(), {}
    for r in rows:
        reports.add((r["reporter"], r["flow"], r["year"], r["level"], r["hs"][:2]))
        if r["partner"] == "world" or r["partner"].startswith("area:") or r["partner"] == r["reporter"]:
            continue
        if r["flow"] == "import":
            told.setdefault((r["partner"], r["reporter"], r["year"], r["hs"]), {})["import"] = r
        elif r["flow"] == "export":
            told.setdefault((r["reporter"], r["partner"], r["year"], r["hs"]), {})["export"] = r
        elif r["flow"] == "re_export":
            passed.setdefault((r["partner"], r["year"], r["hs"]), []).append((r["reporter"], r["value_usd"]))
    found = {}
    for key, sides in told.items():
        values = [side["value_usd"] for side in sides.values()]
        if max(values) > 0:
            found[key] = _one(key, sides, reports, passed, terms)
    _runs(found, terms)
    _confused(found, terms)
    for one in found.values():
        if one["confused_with"]:
            one["outside"] = one["one_sign"] = False
    return found


def _one(key, sides, reports, passed, terms):
    exporter, importer, year, hs = key
    row = next(iter(sides.values()))
    kind = (year, row["level"], hs[:2])
    one = {"gap": 0.0, "ends": None, "outside": False, "one_sign": False, "confused_with": None}
    if "export" not in sides:
        reporting = (exporter, "export", *kind) in reports
        return one | {"standing": "orphaned" if reporting else "exporter_silent", "gap": sides["import"]["value_usd"]}
    if "import" not in sides:
        reporting = (importer, "import", *kind) in reports
        return one | {"standing": "lost" if reporting else "importer_silent", "gap": -sides["export"]["value_usd"]}
    imported, exported = sides["import"]["value_usd"], sides["export"]["value_usd"]
    if imported == 0 or exported == 0:
        return one | {"standing": "zero", "gap": imported - exported}
    factor = terms.cif_fob
    low, high = math.log(imported / factor.high / exported), math.log(imported / factor.low / exported)
    told = passed.get((importer, year, hs), [])
    others = sum(value for by, value in told if by != exporter)
    share = max(terms.hubs.get(exporter, (0, 0))[1], terms.hubs.get(importer, (0, 0))[1])
    through = max(sum(value for by, value in told if by == exporter), exported * share)
    if low > 0:
        left = imported / factor.high - others
        low = max(math.log(left / exported), 0.0) if left > 0 else 0.0
    if high < 0:
        left = exported - through
        high = min(math.log(imported / factor.low / left), 0.0) if left > 0 else 0.0
    size = next(c for c in terms.classes if max(imported, exported) < c.up_to)
    least = math.log(terms.never_under)
    outside = low > max(size.high, least) or high < min(size.low, -least)
    gap = imported / factor.mid - exported
    return one | {"standing": "paired", "gap": gap, "ends": (low, high), "outside": outside}


def _sign(one, least):
    if one["ends"] is None:
        return None
    low, high = one["ends"]
    return 1 if low > least else -1 if high < -least else 0


def _runs(found, terms):
    least = math.log(terms.run_times)
    for (exporter, importer, year, hs), one in found.items():
        sign = _sign(one, least)
        if not sign:
            continue
        years = 1
        for step in (-1, 1):
            other = found.get((exporter, importer, year + step, hs))
            at = year + step
            while other is not None and _sign(other, least) == sign:
                years, at = years + 1, at + step
                other = found.get((exporter, importer, at, hs))
        one["one_sign"] = years >= terms.run


def _confused(found, terms):
    for (exporter, importer, year, hs), one in found.items():
        for pair in terms.confused:
            for mine, theirs in (pair, pair[::-1]):
                for key in (
                    (theirs, importer, year, hs) if exporter == mine else None,
                    (exporter, theirs, year, hs) if importer == mine else None,
                ):
                    other = found.get(key)
                    if other is None or _sign(one, 0.0) == 0 or _sign(other, 0.0) == 0:
                        continue
                    larger = max(abs(one["gap"]), abs(other["gap"]))
                    if larger > 0 and abs(one["gap"] + other["gap"]) <= terms.closes * larger:
                        one["confused_with"] = one["confused_with"] or theirs
