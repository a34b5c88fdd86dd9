"""Make `tables/goods/hs.csv.gz`: which HS codes exist in which edition. Reads UN Comtrade's lists in ../shared.

Only the code numbers are taken; the descriptions are not ours to publish.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "seawall" / "tables" / "goods" / "hs.csv.gz"
FOLDER = Path("samples") / "hs_codes"
LISTS = {
    2007: "comtrade_cmd_H3_HS2007.csv",
    2012: "comtrade_cmd_H4_HS2012.csv",
    2017: "comtrade_cmd_H5_HS2017.csv",
    2022: "comtrade_cmd_H6_HS2022.csv",
}
CHECK = (2022, "harmonized-system_datahub.csv")  # another publisher's copy of this edition: compared, never read from
LEFT_OUT = {
    "TOTAL",  # Comtrade's sum over all goods
    "77",  # reserved for future use in every edition; H3 and H4 list the empty chapter, H5 and H6 do not
    # Comtrade's "commodities not specified according to kind": trade that a State does not break down by goods. No
    # goods are classified there, and the HS itself leaves chapters 98 and 99 to States.
    "99",
    "9999",
    "999999",
}


def read(path: Path, column: str) -> frozenset[str]:
    """The HS codes of one list. Raises ValueError at an id that is neither an HS code nor known to be left out."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        ids = [row[column] for row in csv.DictReader(file)]
    twice = [code for code, n in Counter(ids).items() if n > 1]
    found = frozenset(ids) - LEFT_OUT
    odd = sorted(code for code in found if not re.fullmatch(r"([0-9]{2}){1,3}", code) or code[:2] in LEFT_OUT)
    orphans = sorted(code for code in found if len(code) > 2 and code[:-2] not in found)
    barren = sorted(found - {code[:-2] for code in found} - {code for code in found if len(code) == 6})
    for what, codes in (("twice", twice), ("odd", odd), ("without parent", orphans), ("without children", barren)):
        if codes:
            raise ValueError(f"{path.name}: {what}: {', '.join(codes)}")
    return found


def table(shared: Path) -> str:
    """The text of the table. Raises ValueError if a list is odd or the cross-check finds a difference."""
    folder = shared / FOLDER
    lists = {edition: read(folder / name, "id") for edition, name in LISTS.items()}
    edition, name = CHECK
    differences = lists[edition] ^ read(folder / name, "hscode")
    if differences:
        raise ValueError(f"{name} and {LISTS[edition]} differ: {', '.join(sorted(differences))}")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "editions"))
    for code in sorted(frozenset[str]().union(*lists.values())):
        writer.writerow((code, " ".join(str(e) for e, codes in lists.items() if code in codes)))
    return text.getvalue()


def pack(text: str) -> bytes:
    """The text, gzipped with neither time nor file name, so that the same text gives the same file."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(text.encode("ascii"))
    return packed.getvalue()


def main() -> None:
    """Write the table and print how many codes each edition has."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    options = parser.parse_args()
    text = table(options.shared)
    TARGET.write_bytes(pack(text))
    rows = list(csv.DictReader(text.splitlines()))
    for edition in LISTS:
        sizes = Counter(len(row["code"]) for row in rows if str(edition) in row["editions"].split())
        print(f"{edition}: {sizes[2]} chapters, {sizes[4]:,} headings, {sizes[6]:,} subheadings")
    print(f"{len(rows):,} codes, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
