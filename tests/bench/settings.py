"""Settings of a site that is measured: production's, with three addresses more, whose cost is the floor."""

from papernotes.settings import *

ROOT_URLCONF = "tests.bench.urls"
