"""Work that outlives its request with nothing to set up: tasks run in threads of the process that asked for them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

# More would only crowd out the requests of the same process.
_THREADS = 2
_pool = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="task")


class ThreadBackend(ImmediateBackend):
    """Run each task in a thread of this process; what waits is lost with the process.

    For the demo and for one small server. Where tasks must survive a restart, or take nothing from the web processes,
    the settings name the database backend and ``manage.py db_worker --backend background`` runs beside them.
    """

    def _execute_task(self, task_result: TaskResult) -> None:
        """Queue it for a thread, instead of running it at once."""
        _pool.submit(self._run, task_result)

    def _run(self, task_result: TaskResult) -> None:
        try:
            super()._execute_task(task_result)
        finally:
            connections.close_all()
