"""Several acts that start in the same moment, each on a connection of its own, as processes side by side do."""

import threading

from django.db import connection


def at_once(*acts):
    """Run the acts in threads that start together; return what each came to."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            gate.wait()
            results[number] = act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
