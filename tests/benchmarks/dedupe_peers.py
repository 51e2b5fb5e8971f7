"""Usual ways to find names that are alike, each as its makers describe it, on folded names."""

from __future__ import annotations

import hashlib
import re

import numpy as np
from scipy import sparse

# Names that are compared at once.
_AT_ONCE = 500
_HASHES, _BANDS = 64, 16
_PRIME = (1 << 61) - 1


def tfidf_pairs(names, least):
    """Return pairs (first, second, cosine) by tf-idf of trigrams and a sparse product, as string_grouper does."""
    weights = _tfidf(names)
    turned = weights.T.tocsr()
    found = []
    for start in range(0, len(names), _AT_ONCE):
        product = (weights[start : start + _AT_ONCE] @ turned).tocoo()
        keep = (product.data >= least) & (product.row + start < product.col)
        found.append(np.column_stack((product.row[keep] + start, product.col[keep], product.data[keep])))
    return np.concatenate(found)


def _tfidf(names):
    vocabulary, rows, columns = {}, [], []
    for row, name in enumerate(names):
        for gram in _grams(name):
            rows.append(row)
            columns.append(vocabulary.setdefault(gram, len(vocabulary)))
    counts = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(names), len(vocabulary)))
    counts.sum_duplicates()
    often = np.bincount(counts.indices, minlength=len(vocabulary))
    weighted = counts @ sparse.diags(np.log((1 + len(names)) / (1 + often)) + 1)
    lengths = np.sqrt(weighted.multiply(weighted).sum(axis=1)).A1
    return (sparse.diags(1 / lengths) @ weighted).tocsr()


def minhash_pairs(names, least):
    """Return pairs (first, second, estimated Jaccard) by MinHash of trigrams and locality-sensitive hashing."""
    chance = np.random.default_rng(1)
    times = chance.integers(1, 1 << 31, _HASHES, dtype=np.uint64)
    plus = chance.integers(0, 1 << 31, _HASHES, dtype=np.uint64)
    numbers = {}
    signatures = np.empty((len(names), _HASHES), dtype=np.uint64)
    for row, name in enumerate(names):
        own = np.array([numbers.setdefault(gram, _number(gram)) for gram in _grams(name)], dtype=np.uint64)
        signatures[row] = ((own[:, None] * times + plus) % np.uint64(_PRIME)).min(axis=0)
    found = [
        _alike(signatures, bucket, least) for band in np.split(signatures, _BANDS, axis=1) for bucket in _buckets(band)
    ]
    return np.unique(np.concatenate(found), axis=0) if found else np.empty((0, 3))


def _buckets(band):
    """Yield the places of names that share a band, at most 200 of each."""
    buckets = {}
    for row, key in enumerate(map(bytes, band)):
        buckets.setdefault(key, []).append(row)
    return (np.array(bucket[:200]) for bucket in buckets.values() if len(bucket) > 1)


def _alike(signatures, bucket, least):
    """Return the pairs of a bucket that are alike enough, each with how much."""
    first, second = np.triu_indices(len(bucket), 1)
    one, other = bucket[first], bucket[second]
    alike = (signatures[one] == signatures[other]).mean(axis=1)
    keep = alike >= least
    return np.column_stack((one[keep], other[keep], alike[keep]))


def trigram_pairs(connection, names, asked, least):
    """Return pairs (asked, other, similarity) for some of the names, by PostgreSQL's pg_trgm and its index."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("CREATE TEMPORARY TABLE peer_names (place integer, name text)")
        cursor.executemany("INSERT INTO peer_names VALUES (%s, %s)", list(enumerate(names)))
        cursor.execute("CREATE INDEX ON peer_names USING gin (name gin_trgm_ops)")
        cursor.execute("ANALYZE peer_names")
        cursor.execute(f"SET pg_trgm.similarity_threshold = {least}")
        for place in asked:
            cursor.execute(
                "SELECT place, similarity(name, %s) FROM peer_names WHERE name %% %s AND place <> %s",
                (names[place], names[place], place),
            )
            found += [(place, other, score) for other, score in cursor.fetchall()]
    return np.array(found) if found else np.empty((0, 3))


def best_of(planted, found):
    """Return (recall, precision, threshold) where both together are best: what a peer can do at most."""
    root = {int(copy): int(first) for first, copy in planted}
    wanted = {(int(first), int(copy)) for first, copy in planted}
    ordered = found[np.argsort(-found[:, 2])]
    best, hit, right = (0.0, 0.0, 1.0), 0, 0
    for count, (one, other, score) in enumerate(ordered.tolist(), start=1):
        pair = (min(int(one), int(other)), max(int(one), int(other)))
        hit += pair in wanted
        right += root.get(pair[0], pair[0]) == root.get(pair[1], pair[1])
        recall, precision = hit / len(wanted), right / count
        if recall * precision * (best[0] + best[1]) > best[0] * best[1] * (recall + precision) or not best[0]:
            best = (recall, precision, score)
    return best


def _grams(name):
    padded = f"  {re.sub(r'[^a-z0-9]+', ' ', name).strip()} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _number(gram):
    return int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=4).digest(), "big")
