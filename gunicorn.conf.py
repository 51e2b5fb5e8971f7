"""How gunicorn serves a province behind the proxy of docs/deployment; `gunicorn` alone, beside this file, reads it."""

wsgi_app = "cms.wsgi"
bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 2
threads = 8
# A process takes no more than it has threads for. What it took beyond would wait for it while the other has nothing to
# do: with 1,000, which is gunicorn's own, 95 of 100 readers waited half as long again.
worker_connections = 8
keepalive = 0
# The proxy hands over whole requests, so what takes longer than this is work of ours.
timeout = 120
graceful_timeout = 30
# A worker makes room after so many requests, not all at the same time.
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8_190
limit_request_fields = 64
limit_request_field_size = 8_190
