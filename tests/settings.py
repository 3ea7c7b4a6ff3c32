"""Settings of the tests: a data folder of their own, nothing of the developer's environment, quick passwords."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

OURS = ("PAPERNOTES_", "ARXIV_", "CELERY_", "DATABASE_", "SENTRY_DSN", "EMAIL_URL")
for _name in [name for name in os.environ if name.startswith(OURS)]:
    del os.environ[_name]

_folder = Path(tempfile.mkdtemp(prefix="papernotes-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["PAPERNOTES_DATA"] = str(_folder / "data")
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from papernotes.settings import *  # noqa: E402
from papernotes.settings import DATABASES, INSTALLED_APPS  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
INSTALLED_APPS = [name for name in INSTALLED_APPS if name != "whitenoise.runserver_nostatic"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
STATIC_ROOT = _folder / "static"
STATIC_ROOT.mkdir()

# Jobs run where they are queued; tests of the queue itself start real workers.
CELERY_TASK_ALWAYS_EAGER = True

# A file rather than memory: other threads and processes may open it, as in real life; nobody waits for its disk.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
