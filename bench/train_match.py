"""Learn what the features of two names weigh, and write src/seawall/tables/matching/weights.yaml. Reads ../shared.

Positives: aliases of listed people and bodies, each against the other names of its bearer, where the two have to do
with one another at all; names of people on the US and EU lists misspelt at random.
Negatives: every second of the 10,000 people who are on no list, and listed names against the names of others of the
same list. Logistic regression with the signs that the features must have; the constant is set so that at the default
threshold one in 300 of the people on no list (the other half) is a false alert.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from seawall.match.align import scratch
from seawall.match.index import Index, build
from seawall.match.measure import FEATURES
from seawall.match.scoring import explain
from seawall.match.screening import Asked, ask, candidate_rows
from seawall.model import Query
from seawall.sources import read_lists
from seawall.tables.words import load_words

TABLE = Path(__file__).parents[1] / "src/seawall/tables/matching/weights.yaml"
UP = {"exact", "same", "close", "near", "whole", "enough", "product", "firm", "little"}
DOWN = {
    "far",
    "faint",
    "asked_missing",
    "listed_missing",
    "differing",
    "numbers",
    "places",
    "initials",
    "order",
    "skeleton",
    "spread",
    "single",
    "forms",
    "middles",
    "pinyin",
    "sino_korean",
    "jyutping",
    "hangul",
}
FREE = {"weakest"}
LEAST = {"pinyin": -1.2, "sino_korean": -2.0, "jyutping": -2.5, "hangul": -1.0}
"""Names in Chinese and Korean script are most of the false alerts and a small part of what is listed: left alone, the
fit would give them up."""


def pairs_of(
    index: Index, names: list[tuple[int, str]], schemata: list[str]
) -> tuple[Asked, NDArray, NDArray, NDArray]:
    """Names asked, and the rows of each and its candidates, with their features."""
    queries = [Query(str(n), (name,), schema) for (n, name), schema in zip(names, schemata, strict=True)]
    asked = ask(index, queries)
    rows, at = candidate_rows(index, asked, queries)
    left = np.repeat(np.arange(len(at) - 1, dtype=np.int32), np.diff(at))
    features, *_ = explain(asked.names, asked.lexicon, index.names, index.lexicon, left, rows, scratch())
    return asked, left, rows, features


def misspell(name: str, dice: random.Random) -> str:
    """A name as somebody else might write it: one to three of letters changed, doubled, lost, swapped, words dropped,
    turned or joined.
    """
    words = name.split()
    for _ in range(dice.choice((1, 1, 2, 2, 3))):
        way = dice.random()
        k = dice.randrange(len(words))
        word = words[k]
        if way < 0.55:
            pairs = [
                ("u", "o"),
                ("o", "u"),
                ("i", "e"),
                ("e", "i"),
                ("q", "k"),
                ("k", "q"),
                ("h", ""),
                ("y", "i"),
                ("dj", "j"),
                ("j", "dj"),
                ("kh", "h"),
                ("w", "v"),
                ("v", "w"),
                ("ou", "u"),
                ("ee", "i"),
                ("a", "e"),
                ("e", "a"),
                ("c", "k"),
                ("ph", "f"),
                ("ss", "s"),
                ("s", "ss"),
                ("iy", "i"),
                ("i", "y"),
                ("z", "s"),
                ("x", "ks"),
            ]
            fit = [(a, b) for a, b in pairs if a in word.lower()]
            if fit:
                a, b = dice.choice(fit)
                words[k] = word.lower().replace(a, b, 1) or word
        elif way < 0.75 and len(word) > 3:
            p = dice.randrange(1, len(word))
            words[k] = dice.choice(
                (
                    word[:p] + word[p + 1 :],
                    word[:p] + word[p - 1] + word[p:],
                    word[: p - 1] + word[p : p + 1] + word[p - 1 : p] + word[p + 1 :],
                    word[:p] + dice.choice("aeioustrnlmk") + word[p + 1 :],
                )
            )
        elif way < 0.84 and len(words) > 2:
            del words[k]
        elif way < 0.92 and len(words) > 1:
            words = words[1:] + words[:1]
        elif len(words) > 1:
            k = dice.randrange(len(words) - 1)
            words[k : k + 2] = [words[k] + words[k + 1]]
    return " ".join(words)


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    options = parser.parse_args()
    dice = random.Random(20)
    words = load_words()
    lists = options.shared / "lists"
    X: list[NDArray] = []
    y: list[NDArray] = []
    w: list[NDArray] = []
    tags: list[str] = []

    def add(features: NDArray, label: float, weight: float, tag: str) -> None:
        X.append(features)
        y.append(np.full(len(features), label))
        w.append(np.full(len(features), weight))
        tags.extend([tag] * len(features))

    everyone = build(read_lists([lists / "un", lists / "ofac"]).entities, words)
    negatives = list(csv.DictReader((options.shared / "bench" / "negatives.csv").open(encoding="utf-8")))
    for part, tag in ((negatives[::2], "neg"), (negatives[1::2], "neg-test")):
        asked, left, rows, features = pairs_of(
            everyone, [(n, r["name"]) for n, r in enumerate(part)], ["Person"] * len(part)
        )
        add(features, 0.0, 1.0 if tag == "neg" else 0.0, tag)
        groups = asked.query[asked.names.name[left]]
        if tag == "neg-test":
            test_groups = groups
    for source in ("ofac", "eu"):
        index = build(read_lists([lists / source]).entities, words)
        people = [n for n, e in enumerate(index.entities) if e.schema == "Person"]
        chosen = dice.sample(people, min(1900, len(people)))
        asked_names = [(n, misspell(index.entities[e].caption, dice)) for n, e in enumerate(chosen)]
        asked, left, rows, features = pairs_of(index, asked_names, ["Person"] * len(chosen))
        owner = index.owners[index.names.name[rows]]
        query = asked.query[asked.names.name[left]]
        mine = owner == np.array(chosen)[query]
        best = _best(features, query, mine)
        add(features[best], 1.0, 2.0, "misspelt")
        others = ~mine & (features[:, FEATURES.index("product")] < 0.95)
        add(features[others], 0.0, 0.15, "others")
    for source in ("un", "ofac", "eu"):
        index = build(read_lists([lists / source]).entities, words)
        asked_names, owners, own_names = [], [], []
        for n, name in enumerate(index.texts):
            e = int(index.owners[n])
            asked_names.append((len(owners), name))
            owners.append(e)
            own_names.append(n)
        some = dice.sample(range(len(owners)), min(8000, len(owners)))
        asked_names = [(k, asked_names[s][1]) for k, s in enumerate(some)]
        of = np.array([owners[s] for s in some])
        which = np.array([own_names[s] for s in some])
        asked, left, rows, features = pairs_of(index, asked_names, [index.entities[e].schema.value for e in of])
        owner = index.owners[index.names.name[rows]]
        query = asked.query[asked.names.name[left]]
        mine = (owner == of[query]) & (index.names.name[rows] != which[query]) & (features[:, 0] < 0.999)
        best = _best(features, query, mine)
        best = best[features[best, FEATURES.index("product")] > 0.35]
        add(features[best], 1.0, 0.3, "alias")
        others = (owner != of[query]) & (features[:, FEATURES.index("product")] < 0.9)
        if source != "eu":
            add(features[others], 0.0, 0.05, "others")
    data, label, weight, tag = np.vstack(X).astype(float), np.concatenate(y), np.concatenate(w), np.array(tags)
    for t in sorted(set(tags)):
        print(f"{t:10} {np.sum(tag == t):8,}")
    beta = fit(data, label, weight)
    test = data[tag == "neg-test"] @ beta[:-1]
    top = np.full(5000, -99.0)
    np.maximum.at(top, test_groups, test)
    beta[-1] = np.log(0.7 / 0.3) - np.quantile(top, 1 - 1 / 300)
    for name, value in zip((*FEATURES, "constant"), beta, strict=True):
        print(f"{name:16} {value:8.3f}")
    text = TABLE.read_text(encoding="utf-8")
    for name, value in zip((*FEATURES, "constant"), beta, strict=True):
        text = re.sub(rf"^(  {name}): \S+", rf"\1: {value:.3f}", text, count=1, flags=re.MULTILINE)
    TABLE.write_text(text, encoding="utf-8")


def _best(features: NDArray, query: NDArray, mine: NDArray) -> NDArray:
    """Of each query, the row among `mine` that agrees most."""
    product = features[:, FEATURES.index("product")]
    best: dict[int, int] = {}
    for k in np.flatnonzero(mine):
        q = int(query[k])
        if q not in best or product[k] > product[best[q]]:
            best[q] = int(k)
    return np.array(sorted(best.values()), dtype=int)


def fit(data: NDArray, label: NDArray, weight: NDArray) -> NDArray:
    """Weighted logistic regression with a little ridge and signs."""
    scale = data.std(axis=0) + 1e-6
    Z = np.column_stack([data / scale, np.ones(len(data))])
    kept = weight > 0
    Z, label, weight = Z[kept], label[kept], weight[kept]
    sign = 2 * label - 1

    def loss(b: NDArray) -> tuple[float, NDArray]:
        m = sign * (Z @ b)
        value = np.sum(weight * np.logaddexp(0, -m)) + 0.05 * np.sum(b[:-1] ** 2)
        grad = -Z.T @ (weight * sign / (1 + np.exp(np.clip(m, -50, 50))))
        grad[:-1] += 0.1 * b[:-1]
        return float(value), grad

    bounds = [
        (0, None) if f in UP else (LEAST[f] * s if f in LEAST else None, 0) if f in DOWN else (None, None)
        for f, s in zip(FEATURES, scale, strict=True)
    ] + [(None, None)]
    found = minimize(loss, np.zeros(Z.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 800})
    beta = found.x.copy()
    beta[:-1] /= scale
    return beta


if __name__ == "__main__":
    main()
