"""Settings of the real workers that tests start: as in production, with one job that hangs."""

from papernotes.settings import *

JOB_KINDS = {"hang_once": "tests.core.jobs_for_tests.hang_once"}
