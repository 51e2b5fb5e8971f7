"""Tasks run beside the request that asked for them."""

import threading

from django_tasks.backends.immediate import ImmediateBackend

from cms.core.background import ThreadBackend
from importers.actions.sending import check_upload


def test_a_task_runs_in_another_thread_and_the_caller_does_not_wait(monkeypatch) -> None:
    may_end, ran_in = threading.Event(), []
    over = threading.Event()

    def run(backend: ImmediateBackend, result: object) -> None:
        may_end.wait(10)
        ran_in.append(threading.current_thread())
        over.set()

    monkeypatch.setattr(ImmediateBackend, "_execute_task", run)

    ThreadBackend("default", {"QUEUES": ["default"]}).enqueue(check_upload, ["key"], {})
    assert ran_in == []
    may_end.set()

    assert over.wait(10)
    assert ran_in != [threading.current_thread()]


def test_a_task_that_breaks_takes_nothing_with_it(monkeypatch) -> None:
    over = threading.Event()

    def run(backend: ImmediateBackend, result: object) -> None:
        if over.is_set():
            return
        over.set()
        raise ValueError

    monkeypatch.setattr(ImmediateBackend, "_execute_task", run)
    backend = ThreadBackend("default", {"QUEUES": ["default"]})

    backend.enqueue(check_upload, ["key"], {})
    assert over.wait(10)
    over.clear()
    backend.enqueue(check_upload, ["key"], {})

    assert over.wait(10)
