"""Settings of the real workers that tests start: as in production, with a job that hangs and one without end."""

from papernotes.settings import *

JOB_KINDS = {name: f"tests.core.jobs_for_tests.{name}" for name in ("hang_once", "go_on")}
