"""Settings: everything that may differ between installations comes from the environment (see README)."""

from __future__ import annotations

from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from papernotes import environment

# Lets `ModelAdmin[Paper]` and the like be written where Django's own classes cannot be subscripted.
django_stubs_ext.monkeypatch()

BASE_DIR = environment.BASE_DIR
DATA = environment.data_folder()

PAPERNOTES_VERSION = "0.1.0"  # as in pyproject.toml

DEBUG = environment.flag("PAPERNOTES_DEBUG")
SECRET_KEY = environment.secret_key(DATA)
PAPERNOTES_PUBLIC = environment.flag("PAPERNOTES_PUBLIC")
PAPERNOTES_URL = environment.http_address("PAPERNOTES_URL", "http://127.0.0.1:8000")
PAPERNOTES_CONTACT = environment.mail_address("PAPERNOTES_CONTACT")
PAPERNOTES_ADMIN_NAME = environment.user_name("PAPERNOTES_ADMIN_NAME", "admin")
PAPERNOTES_ADMIN_PASSWORD = environment.secret_from_file("PAPERNOTES_ADMIN_PASSWORD_FILE")
PAPERNOTES_FETCH_PICTURES = environment.flag("PAPERNOTES_FETCH_PICTURES", default=True)
PAPERNOTES_CHECK_LINKS = environment.flag("PAPERNOTES_CHECK_LINKS", default=True)
PAPERNOTES_UPLOAD_BYTES = int(environment.number("PAPERNOTES_UPLOAD_MB", 20, least=0.01) * 1024 * 1024)

ARXIV_API_URL = environment.endpoint("ARXIV_API_URL", "https://export.arxiv.org/api/query")
ARXIV_OAI_URL = environment.endpoint("ARXIV_OAI_URL", "https://oaipmh.arxiv.org/oai")
ARXIV_RSS_URL = environment.endpoint("ARXIV_RSS_URL", "https://rss.arxiv.org/rss")
ARXIV_MIN_INTERVAL = environment.arxiv_interval(ARXIV_API_URL, ARXIV_OAI_URL, ARXIV_RSS_URL)

# Chinese summaries by a machine: any endpoint that speaks OpenAI's language, chosen by the administrator. "" is off.
PAPERNOTES_SUMMARY_URL = environment.endpoint_if_any("PAPERNOTES_SUMMARY_URL", "https://api.example.org/v1")
PAPERNOTES_SUMMARY_KEY = environment.bearer("PAPERNOTES_SUMMARY_KEY_FILE")
PAPERNOTES_SUMMARY_MODEL = environment.model_name("PAPERNOTES_SUMMARY_MODEL", needed_by="PAPERNOTES_SUMMARY_URL")
PAPERNOTES_SUMMARY_BUDGET = environment.whole_number("PAPERNOTES_SUMMARY_BUDGET", 50, least=1)  # papers a day

_public = urlsplit(PAPERNOTES_URL)
HTTPS = _public.scheme == "https"
# The loopback names stay allowed: health checks on the same machine use them.
ALLOWED_HOSTS = [*environment.host_names("PAPERNOTES_HOSTS"), str(_public.hostname), "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PAPERNOTES_URL] if HTTPS else []

INSTALLED_APPS = [
    "apps.core",
    "apps.accounts",
    "apps.jobs",
    "apps.search",
    "apps.vocabulary",
    "apps.papers",
    "apps.lists",
    "apps.notes",
    "apps.harvest",
    "apps.exchange",
    "apps.shares",
    "apps.accounts.site.PapernotesAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "simple_history",
    "apps.accounts.site.AttemptsConfig",
    "csp",
]

MIDDLEWARE = [
    "apps.shares.middleware.StrangerMiddleware",  # outermost: below /s/ nothing may see or set a cookie
    "apps.core.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.core.border.BorderMiddleware",
    "apps.accounts.middleware.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "papernotes.urls"
WSGI_APPLICATION = "papernotes.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    # What is repeated a thousand times on a page (see apps/core/templatetags/drawn.py); it escapes everything.
    {"BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": [BASE_DIR / "templates"], "NAME": "jinja2"},
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": environment.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"

# Languages
LANGUAGE_CODE = environment.choice("PAPERNOTES_LANGUAGE", "en", among=("en", "zh-hans"))
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["papernotes.formats"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

# Files
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "apps.core.statics.StaticFiles"},
}
MEDIA_ROOT = DATA / "media"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = PAPERNOTES_UPLOAD_BYTES + 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the form of a list of 1,000 papers has seven fields for each

# Safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "apps.core.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"

# Background work: the Job row is the truth, a message only wakes a worker up. Late acknowledgement may run a task
# twice, which costs nothing because the second run finds no job to claim; `reject_on_worker_lost` would run a task
# that kills its worker for ever.
CELERY_BROKER_URL = environment.broker()
CELERY_BROKER_TRANSPORT = environment.broker_transport(CELERY_BROKER_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = environment.broker_options(CELERY_BROKER_URL, DATA)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 25 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1_000_000  # kB; for pools of processes
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Remote control would litter the folders of the broker that needs no server.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = not CELERY_BROKER_URL.startswith("filesystem:")
# In memory: its regular tasks may run at any time, and a schedule file breaks when beat is killed while it writes.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "apps.core.tasks.sweep_jobs", "schedule": 30.0},
    "tend-fetches": {"task": "apps.harvest.tasks.tend_fetches", "schedule": 60.0},
    # Once a day each, whoever's clock asks; often, because a site on a laptop runs for minutes.
    "watch-arxiv": {"task": "apps.harvest.tasks.watch_arxiv", "schedule": 600.0},
    "check-links": {"task": "apps.harvest.tasks.check_links", "schedule": 600.0},
    "look-at-arxiv": {"task": "apps.harvest.tasks.look_at_announcements", "schedule": 600.0},
    "look-for-summaries": {"task": "apps.harvest.tasks.look_for_summaries", "schedule": 3600.0},
    "stale-notes": {"task": "apps.notes.tasks.look_for_stale", "schedule": 60.0},
    "empty-trash": {"task": "apps.notes.tasks.empty_trash", "schedule": 3600.0},
    "tend-pictures": {"task": "apps.notes.tasks.tend_pictures", "schedule": 3600.0},
    "keep-index": {"task": "apps.search.tasks.keep_index", "schedule": 60.0},
    "trim-changes": {"task": "apps.search.tasks.trim_changes", "schedule": 3600.0},
}
JOB_KINDS = {
    "import": "apps.exchange.services.run_import",
    "render_notes": "apps.notes.services.render_notes",
    "fetch_pictures": "apps.notes.pictures.fetching.fetch_pictures",
    "fetch_arxiv": "apps.harvest.fetching.run",
    "watch_arxiv": "apps.harvest.watching.job.watch_arxiv",
    "check_links": "apps.harvest.links.checking.check_links",
    "find_arxiv": "apps.harvest.finding.run",
    "summarise": "apps.harvest.summaries.job.run",
}
# What the pages of jobs call these kinds, and who besides administrators sees those of others (apps/jobs/kinds.py).
JOB_WORDS = [
    "apps.harvest.job_words.KINDS",
    "apps.notes.job_words.KINDS",
    "apps.exchange.job_words.KINDS",
]
# Told the numbers of papers of which a person said under which arXiv id they stand, within that transaction.
ARXIV_ID_SAID = ["apps.harvest.services.want_unknown"]
# Who is told when a job of this kind was cancelled, parked or started again.
JOB_CHANGED: dict[str, str] = {"fetch_arxiv": "apps.harvest.services.follow"}
DOCTOR_CHECKS = [
    "apps.notes.doctor.renderings",
    "apps.harvest.doctor.arxiv",
    "apps.harvest.summaries.doctor.summaries",
    "apps.search.doctor.watching",
    "apps.search.doctor.index_state",
]

# What the rooms contribute to the papers page, in the order it is shown (dotted paths; see apps/papers/facets/base.py,
# apps/papers/facets/has.py and apps/search/sources.py).
PAPER_FACETS = [
    "apps.lists.facets.States",
    "apps.papers.facets.trees.BaseLLMs",
    "apps.papers.facets.trees.TuningTypes",
    "apps.papers.facets.trees.Venues",
    "apps.papers.facets.own.Years",
    "apps.papers.facets.terms.Tags",
    "apps.papers.facets.terms.Organisations",
    "apps.papers.facets.own.Tables",
    "apps.lists.facets.Lists",
    "apps.papers.facets.has.Has",
    "apps.papers.facets.own.Statuses",
    "apps.papers.facets.own.MetadataStates",
    "apps.papers.facets.terms.Categories",
    "apps.papers.facets.terms.Authors",
]
PAPER_MARKS = [
    "apps.papers.facets.has.Code",
    "apps.notes.facets.HasNote",
    "apps.papers.facets.has.Pdf",
    "apps.papers.facets.has.Chinese",
    "apps.harvest.facets.HasNews",
    "apps.harvest.facets.HasDeadLink",
]
SEARCH_SOURCES = ["apps.notes.facets.papers_with_word"]
# The derived index: where its file stands, who knows the papers, what other rooms add to their words (see
# apps/search/index/live.py, apps/papers/documents.py), and values so many that they are left in the file.
SEARCH_FOLDER = DATA / "index"
SEARCH_DOCUMENTS = "apps.papers.documents.Papers"
SEARCH_LINES = ["apps.notes.facets.lines"]
SEARCH_SAYINGS = ["apps.notes.sayings.said_about"]  # whose sentences may stand below a paper (apps/papers/matches.py)
SEARCH_ON_DISK = frozenset({"author"})
# Tables whose changes the index follows (see apps/search/watching.py).
SEARCH_WATCHED = [
    "apps.papers.watched.TABLES",
    "apps.lists.watched.TABLES",
    "apps.notes.watched.TABLES",
    "apps.harvest.watched.TABLES",
]
# What other rooms know to stand together, for similar papers (see apps/papers/similar/features.py).
PAPER_COMPANIONS = ["apps.notes.companions.SameNotes"]
# What {{name: …}} on a line of its own shows in a note (see apps/notes/fillers/embeds.py).
NOTE_EMBEDS = {"table": "apps.papers.embeds.tables", "list": "apps.lists.embeds.lists"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # No line of the log holds the token of a share link; Django's own loggers write through the same handler.
    "filters": {"mask_tokens": {"()": "apps.shares.tokens.MaskTokens"}},
    "formatters": {
        "plain": {"()": "apps.core.logs.OneLine", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["mask_tokens"]}},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"level": "CRITICAL"},  # apps/core/errors.py writes the same with a number
        "axes": {"level": "WARNING"},
        "arxiv": {"level": "WARNING"},  # it tells of every page
        "kombu": {"level": "ERROR"},  # it wonders about a broker without a host name
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
