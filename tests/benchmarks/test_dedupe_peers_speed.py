"""Usual ways to find names that are alike, beside ours on the same names in one run: seconds, recall, precision.

A peer is shown at the threshold at which it does best, which nobody knows beforehand.
"""

import resource
import time

import numpy as np
import pytest
from django.db import connection

from cms.core.text import fold
from cms.dedupe.finding import find_pairs
from tests.benchmarks.dedupe_peers import best_of, minhash_pairs, tfidf_pairs, trigram_pairs
from tests.factories.similar_names import plant, quality

# What the products of tf-idf take grows with the square of the names, and so does pg_trgm, asked name by name.
COUNT, MANY, ASKED = 10_000, 100_000, 300


def _by_id(works, found):
    """Return found pairs by the ids of their works instead of their places."""
    ids = np.array([int(work.id) for work in works])
    return np.column_stack((ids[found[:, 0].astype(int)], ids[found[:, 1].astype(int)], found[:, 2]))


@pytest.mark.parametrize("count", [COUNT, MANY])
def test_peers_beside_ours(count):
    works, planted = plant(count)
    names = [fold(work.name) for work in works]
    start = time.process_time()
    recall, precision = quality(planted, find_pairs(works))
    print(f"| ours | {time.process_time() - start:.1f} s | {recall:.3f} | {precision:.3f} |")
    beside = {}
    for label, peer, least in (("tf-idf, sparse product", tfidf_pairs, 0.6), ("MinHash", minhash_pairs, 0.4)):
        start = time.process_time()
        found = peer(names, least)
        seconds = time.process_time() - start
        beside[label] = best_of(planted, _by_id(works, found))
        print("| {} | {:.1f} s | {:.3f} | {:.3f} | from {:.2f} |".format(label, seconds, *beside[label]))
    print(f"| most memory of the run | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB |")

    assert all(min(recall, precision) > min(theirs[0], theirs[1]) for theirs in beside.values())


@pytest.mark.django_db
def test_pg_trgm_beside_ours():
    if connection.vendor != "postgresql":
        pytest.skip("pg_trgm is PostgreSQL's")
    works, planted = plant(COUNT)
    names = [fold(work.name) for work in works]
    places = {work.id: place for place, work in enumerate(works)}
    some = dict(list(planted.items())[:ASKED])
    start = time.perf_counter()
    found = trigram_pairs(connection, names, [places[copy] for _first, copy in some], 0.5)
    each = (time.perf_counter() - start) / len(some)
    best = best_of(some, _by_id(works, found))
    print("| pg_trgm | {:.0f} s for all | {:.3f} | {:.3f} | from {:.2f} |".format(each * COUNT, *best))

    assert each > 0
