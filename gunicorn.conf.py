"""How gunicorn serves a province behind the proxy of docs/deployment; `gunicorn` alone, beside this file, reads it."""

wsgi_app = "cms.wsgi"
bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 2
threads = 8
# The proxy hands over whole requests, so what takes longer than this is work of ours.
timeout = 120
graceful_timeout = 30
keepalive = 5
# A worker makes room after so many requests, not all at the same time.
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8_190
limit_request_fields = 64
limit_request_field_size = 8_190
