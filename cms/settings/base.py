"""Settings shared by every environment; each value that a province may change comes from the environment."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from cms.settings.api_document import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from cms.settings.environment import BASE_DIR

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")
VAR_DIR = Path(env("THUOCDO_VAR_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "api",
    "importers",
    "catalog_pages",
    "cms.changesets",
    "cms.curation",
    "cms.questions",
    "cms.evaluations",
    "cms.assignments",
    "cms.fairness",
    "cms.help",
    "cms.catalogs",
    "cms.frameworks",
    "cms.notices",
    "cms.organisations",
    "cms.audit",
    "cms.users",
    "cms.core",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.users.apps.WagtailUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.contrib.typed_table_block",
    "cms.core.apps.WagtailAdminConfig",
    "wagtail.api.v2",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "import_export",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "corsheaders",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.core.middleware.RequestIdMiddleware",
    "cms.core.middleware.CutOffMiddleware",
    "cms.core.middleware.VietnameseFirstMiddleware",
    "cms.core.cors.CorsMiddleware",
    # Below it stands what public answers are made with, so that one kept answer carries all of it.
    "cms.core.public_cache.PublicCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Above whatever looks into a form.
    "api.middleware.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.core.middleware.NoStoreMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cms.users.middleware.SafeAccountMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.core.middleware.AdminCspMiddleware",
    "cms.core.middleware.UnreadableRequestMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.core.slots.BusyMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# SQLite by default, so that the platform runs with nothing installed; PostgreSQL by DATABASE_URL.
DATABASES: dict[str, Any] = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'thuocdo.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Those who write wait in line (ADR 31).
    DATABASES["default"]["ENGINE"] = "cms.core.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue up instead of failing half-way through a transaction that began as a read.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# To open a connection takes longer than most questions: on SQLite it reads the whole schema.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People who log in
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "cms.organisations.backends.MembershipBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_ADAPTER = "cms.users.adapters.ClosedAccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {"change_password": "cms.users.forms.CountedPasswordForm"}
# allauth would count an office behind one address as one person, and forget what it counted there at any success.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"authenticate": "cms.users.forms.SignInCodeForm", "reauthenticate": "cms.users.forms.CodeAgainForm"}
MFA_TOTP_ISSUER = "Thước Đo"
# Roles (cms.users.enums.Role) that must have a second factor before they can do anything.
THUOCDO_MFA_ROLES = env.list(
    "THUOCDO_MFA_ROLES", default=["editor", "approver", "provincial_approver", "technical_admin", "portal_editor"]
)
# For how many days a link holds by which an officer sets up their account.
THUOCDO_SETUP_LINK_DAYS = env.int("THUOCDO_SETUP_LINK_DAYS", default=7)
# Wrong secrets are counted in the database, where every process counts alike, and by three limits: docs/adr/0027.
AXES_HANDLER = "cms.users.lockout.FailureCounter"
AXES_FAILURE_LIMIT = env.int("THUOCDO_LOGIN_FAILURE_LIMIT", default=5)
THUOCDO_LOGIN_ACCOUNT_LIMIT = env.int("THUOCDO_LOGIN_ACCOUNT_LIMIT", default=20)
THUOCDO_LOGIN_ADDRESS_LIMIT = env.int("THUOCDO_LOGIN_ADDRESS_LIMIT", default=15)
AXES_COOLOFF_TIME = 0.5
# What somebody tries while locked out does not keep the owner out for longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# What a success clears: the failures of its own account at its own address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "cms.core.addresses.counted_address"
# How many proxies of ours stand in front; who asks is told by cms.core.addresses alone.
THUOCDO_PROXY_COUNT = env.int("THUOCDO_PROXY_COUNT", default=0)

# Signing in with the province's own identity provider, where one is named. Who it names is an officer who is there.
THUOCDO_OIDC_ISSUER = env("THUOCDO_OIDC_ISSUER", default="")
_OIDC_ORIGIN = "/".join(THUOCDO_OIDC_ISSUER.split("/")[:3])
# Which claim says who somebody is, and whether it is an officer's "code" or the "email" of an officer's account.
THUOCDO_OIDC_CLAIM = env("THUOCDO_OIDC_CLAIM", default="email")
THUOCDO_OIDC_MATCHES = env("THUOCDO_OIDC_MATCHES", default="email")
SOCIALACCOUNT_ADAPTER = "cms.organisations.identity_provider.IdentityProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "dang-nhap-tinh",
                "name": env("THUOCDO_OIDC_NAME", default="tài khoản công vụ của tỉnh"),
                "client_id": env("THUOCDO_OIDC_CLIENT_ID", default=""),
                "secret": env("THUOCDO_OIDC_SECRET", default=""),
                "settings": {"server_url": THUOCDO_OIDC_ISSUER},
            }
        ]
        if THUOCDO_OIDC_ISSUER
        else [],
    }
}

# Vietnamese first
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["cms.core.formats"]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Originals of uploads live apart from media, in a place that no web server serves.
PRIVATE_ROOT = Path(env("THUOCDO_PRIVATE_DIR", default=str(VAR_DIR / "private")))
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Private files lie in object storage that speaks S3 where a bucket is named.
if _BUCKET := env("THUOCDO_S3_BUCKET", default=""):
    STORAGES["private"] = {
        "BACKEND": "cms.core.object_storage.PrivateObjectStorage",
        "OPTIONS": {
            "bucket_name": _BUCKET,
            "endpoint_url": env("THUOCDO_S3_ENDPOINT", default="") or None,
            "region_name": env("THUOCDO_S3_REGION", default="") or None,
            "access_key": env("THUOCDO_S3_ACCESS_KEY", default="") or None,
            "secret_key": env("THUOCDO_S3_SECRET_KEY", default="") or None,
            "location": env("THUOCDO_S3_PREFIX", default=""),
            "file_overwrite": False,
        },
    }
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
# How many bytes a body may have, from strangers and from whoever is signed in or sends a token: by route, and of all
# others. Uploads measure by themselves, without keeping anything, so that each attempt stands in the ledger.
_KIB, _MIB = 1024, 1024 * 1024
_MEASURED = 2**62
THUOCDO_BODY_BYTES = {
    "": (64 * _KIB, DATA_UPLOAD_MAX_MEMORY_SIZE),
    "api_v1:scores-preview": (512 * _KIB, 16 * _MIB),
    "api_v1:scores-periods": (512 * _KIB, 16 * _MIB),
    "api_v1:scores-caps": (512 * _KIB, 16 * _MIB),
    # Nothing is read before it is known who sends; a stranger is told 401.
    "api_v1:imports": (_MEASURED, _MEASURED),
    # A file of evidence, and what the form adds.
    "personal:work_evidence_add": (64 * _KIB, 26 * _MIB),
    "catalogs:decision_add": (64 * _KIB, 26 * _MIB),
    "evaluations:dossier_add": (64 * _KIB, 26 * _MIB),
    "personal:dossier_add": (64 * _KIB, 26 * _MIB),
    "evaluations:cap_decision": (64 * _KIB, 26 * _MIB),
    "api_v1:assignment-evidence-files": (64 * _KIB, 26 * _MIB),
    # Long texts in Vietnamese take nine bytes a letter on the way.
    "survey_answer": (512 * _KIB, 512 * _KIB),
    "importers:upload": (64 * _KIB, _MEASURED),
    "importers:upload_kind": (64 * _KIB, _MEASURED),
}

# What strangers ask for that takes long: how many such things are made at one time on this machine, by kind; and the
# files that come of it, below VAR_DIR, the oldest of which go when they are more than this.
THUOCDO_SLOTS = {"large": env.int("THUOCDO_LARGE_SLOTS", default=1), "small": 2, "scores": 1, "search": 4}
THUOCDO_SLOTS_DIR = VAR_DIR / "slots"
THUOCDO_KEPT_DIR = VAR_DIR / "kept"
THUOCDO_KEPT_MIB = env.int("THUOCDO_KEPT_MIB", default=1024)

# Wagtail
WAGTAIL_SITE_NAME = "Thước Đo"
WAGTAILADMIN_BASE_URL = env("THUOCDO_BASE_URL", default="http://localhost:8000")
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_MODERATION_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "catalog_pages.library.DocumentForm"
# Never svg: a browser runs what stands in it.
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILAPI_LIMIT_MAX = 100

# The API
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.authentication.InScope"],
    "DEFAULT_RENDERER_CLASSES": ["api.renderers.JSONRenderer"],
    "DEFAULT_METADATA_CLASS": "api.metadata.Methods",
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.Operation",
    "DEFAULT_PAGINATION_CLASS": "api.pagination.KeysetPagination",
    "DEFAULT_THROTTLE_CLASSES": [
        "api.throttling.AnonymousRateThrottle",
        "api.throttling.SignedInRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env("THUOCDO_API_RATE_ANON", default="1200/min"),
        "user": env("THUOCDO_API_RATE_USER", default="2400/min"),
        "scores": env("THUOCDO_API_RATE_SCORES", default="600/min"),
        "uploads": env("THUOCDO_API_RATE_UPLOADS", default="60/min"),
        "oauth": env("THUOCDO_API_RATE_OAUTH", default="60/min"),
        "check_code": env("THUOCDO_CHECK_CODE_RATE", default="30/min"),
    },
    # For throttles that are not ours; ours ask cms.core.addresses.
    "NUM_PROXIES": THUOCDO_PROXY_COUNT,
    "EXCEPTION_HANDLER": "api.errors.problem_handler",
}
# Whether programs may get tokens of an hour for an id and a secret (RFC 6749, client credentials).
THUOCDO_OAUTH = env.bool("THUOCDO_OAUTH", default=False)
# How many days officers have to object to a result from its notice, and reviewers to answer; working days or all.
THUOCDO_OBJECTION_DAYS = env.int("THUOCDO_OBJECTION_DAYS", default=7)
THUOCDO_OBJECTION_ANSWER_DAYS = env.int("THUOCDO_OBJECTION_ANSWER_DAYS", default=10)
THUOCDO_OBJECTION_WORKING_DAYS = env.bool("THUOCDO_OBJECTION_WORKING_DAYS", default=True)

# The default backend serves the search index, which is written at once. Large uploads and trials run in threads of the
# web process, unless a province names a backend with workers of its own.
TASKS: dict[str, Any] = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": env("THUOCDO_TASK_BACKEND", default="cms.core.background.ThreadBackend")},
}

# What is counted (who asked how often), how far running checks have come, and that the public side has changed, is told
# between the processes of a machine by files; processes on other machines need a cache for all.
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "cms.core.counters.SharedFileCache", "LOCATION": str(VAR_DIR / "counters.sqlite3")},
    "progress": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR_DIR / "progress"),
    },
    # Each process keeps its own; of too many, those go that nobody has asked for lately.
    "public": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "public",
        "OPTIONS": {"MAX_ENTRIES": 640},
    },
}
if env("THUOCDO_CACHE_URL", default=""):
    CACHES["default"] = env.cache_url("THUOCDO_CACHE_URL")
if env("THUOCDO_PROGRESS_CACHE_URL", default=""):
    CACHES["progress"] = env.cache_url("THUOCDO_PROGRESS_CACHE_URL")

# For how long a process hands out a public answer that it has made, when it hears of no change; 0 keeps none.
THUOCDO_PUBLIC_CACHE_SECONDS = env.int("THUOCDO_PUBLIC_CACHE_SECONDS", default=60)

# Public pages run nothing and load nothing from elsewhere; cms.core.middleware relaxes this for the admin alone.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Browsers hold the answer to a form to it, too: signing in leads on to the identity provider.
        "form-action": [SELF, *filter(None, [_OIDC_ORIGIN])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# Scripts of any site read what is public (cms.core.cors); with tokens, and to write, those of these sites alone.
CORS_ALLOWED_ORIGINS = env.list("THUOCDO_CORS_ORIGINS", default=[])
CORS_ALLOW_CREDENTIALS = False
CORS_URLS_REGEX = r"^/(?!admin/|accounts/)"
CORS_ALLOW_HEADERS = [
    "accept", "accept-language", "authorization", "content-type", "idempotency-key", "if-match", "if-none-match",
]  # fmt: skip
CORS_EXPOSE_HEADERS = [
    "Content-Disposition", "ETag", "Last-Modified", "Link", "Location", "RateLimit", "RateLimit-Policy", "Retry-After",
    "X-Request-Id",
]  # fmt: skip
CORS_PREFLIGHT_MAX_AGE = 3600

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT")
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
# A mail server that does not answer holds up one background task for so many seconds, and no longer.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("THUOCDO_FROM_EMAIL", default="thuocdo@localhost")

# The code of the provincial Office, which gives key tasks to every agency; without one nobody does.
THUOCDO_PROVINCIAL_OFFICE = env.str("THUOCDO_PROVINCIAL_OFFICE", default="")
# From which to which day of a quarter's last month the Office reports key tasks to Sở Nội vụ.
THUOCDO_KEY_TASK_DAYS = (env.int("THUOCDO_KEY_TASKS_FROM", default=5), env.int("THUOCDO_KEY_TASKS_UNTIL", default=10))

# For how many days the contents of uploads are kept; verdicts, counts and the ledger stay (manage.py forget_uploads).
THUOCDO_IMPORT_KEEP_DAYS = env.int("THUOCDO_IMPORT_KEEP_DAYS", default=730)

# Fernet keys that seal personal identity numbers, the one in use first; without any, no number is kept.
THUOCDO_IDENTITY_KEYS = env.list("THUOCDO_IDENTITY_KEYS", default=[])

# For how many days agencies' own frameworks hold unconfirmed beside a later version of the province's, unless who
# approves it sets another day.
# Between which hours reminders of work may be sent, and from how many days late on a manager is reminded as well.
THUOCDO_REMIND_HOURS = (env.int("THUOCDO_REMIND_FROM", default=6), env.int("THUOCDO_REMIND_UNTIL", default=20))
THUOCDO_ESCALATE_DAYS = env.int("THUOCDO_ESCALATE_DAYS", default=5)
# Within how many days a claim of an objective cause is decided.
THUOCDO_CLAIM_DAYS = env.int("THUOCDO_CLAIM_DAYS", default=5)
THUOCDO_FRAMEWORK_CONFIRM_DAYS = env.int("THUOCDO_FRAMEWORK_CONFIRM_DAYS", default=30)

# Files up to this size are checked, and uploads up to this many rows written, while the sender waits (a second or two);
# larger ones by a task, with a progress page.
THUOCDO_IMPORT_AT_ONCE_KIB = env.int("THUOCDO_IMPORT_AT_ONCE_KIB", default=300)
THUOCDO_IMPORT_AT_ONCE_ROWS = env.int("THUOCDO_IMPORT_AT_ONCE_ROWS", default=5_000)

# Names of the machines that webhooks may go to, "*.example.gov.vn" for all below one; without any there are none.
THUOCDO_WEBHOOK_HOSTS = [name.lower() for name in env.list("THUOCDO_WEBHOOK_HOSTS", default=[])]
# Networks of the province's own that they may go to beside the world at large: "10.20.0.0/16".
THUOCDO_WEBHOOK_PRIVATE_NETWORKS = env.list("THUOCDO_WEBHOOK_PRIVATE_NETWORKS", default=[])
# http:// and any port: for tests and trials on one computer alone.
THUOCDO_WEBHOOK_INSECURE = False

# Whether a second person publishes what somebody wrote on the portal's pages (catalog_pages.second_person).
THUOCDO_PORTAL_SECOND_PERSON = env.bool("THUOCDO_PORTAL_SECOND_PERSON", default=False)

# The address of a separate front-end, at which drafts are previewed; without one, drafts are previewed as data.
THUOCDO_FRONT_END_URL = env("THUOCDO_FRONT_END_URL", default="")

# The sites to whose videos the portal's pages may lead.
THUOCDO_VIDEO_HOSTS = env.list("THUOCDO_VIDEO_HOSTS", default=["www.youtube.com", "youtu.be", "vimeo.com"])

# What a province calls itself, on public pages and in templates.
THUOCDO_PROVINCE_NAME = env("THUOCDO_PROVINCE_NAME", default="Tỉnh")

# Under which licence open data is given away: an SPDX identifier out of catalog_pages/open_data/licences.py.
THUOCDO_OPEN_DATA_LICENCE = env("THUOCDO_OPEN_DATA_LICENCE", default="CC-BY-4.0")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("THUOCDO_LOG_LEVEL", default="WARNING")},
}
