"""How long it takes to find the same works among 100,000 names, and how well they are found."""

import time
import tracemalloc

from cms.dedupe.finding import Work, find_pairs
from cms.dedupe.index import Index
from tests.benchmarks.measure import median_of
from tests.factories.similar_names import plant, quality

FEW, MANY = 10_000, 100_000
LONGEST, MOST_TIMES, MOST_MB, MOST_MS = 8.0, 14, 500, 5
RECALL, PRECISION = 0.95, 0.90


def test_the_same_works_among_a_hundred_thousand_names():
    seconds, missed = {}, []
    for count in (FEW, MANY):
        works, planted = plant(count)
        start = time.process_time()
        pairs = find_pairs(works)
        seconds[count] = time.process_time() - start
        recall, precision = quality(planted, pairs)
        print(f"| {count:,} names | {seconds[count]:.2f} s | recall {recall:.3f} | precision {precision:.3f} |")
        if recall < RECALL or precision < PRECISION:
            missed.append(f"{count}: recall {recall:.3f}, precision {precision:.3f}")
    times = seconds[MANY] / seconds[FEW]
    print(f"| ten times the names | {times:.1f} times as long (at most {MOST_TIMES}) |")
    if seconds[MANY] > LONGEST or times > MOST_TIMES:
        missed.append(f"{seconds[MANY]:.1f} s, {times:.1f} times")

    assert missed == []


def test_memory_of_a_hundred_thousand_names():
    works, _planted = plant(MANY)
    tracemalloc.start()
    find_pairs(works)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"| peak memory beside the names themselves | {peak / 1e6:.0f} MB (at most {MOST_MB}) |")

    assert peak < MOST_MB * 1e6


def test_one_name_among_a_hundred_thousand():
    works, planted = plant(MANY)
    by_id = {work.id: work for work in works}
    index = Index(works)
    times = []
    for _first, copy in list(planted)[:500]:
        start = time.process_time()
        index.alike(Work("new", by_id[copy].name))
        times.append((time.process_time() - start) * 1000)
    print(f"| one name | median {median_of(times):.2f} ms, slowest of 500 {max(times):.2f} ms (at most {MOST_MS}) |")

    assert median_of(times) < MOST_MS
