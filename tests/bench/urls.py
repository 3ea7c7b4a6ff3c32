"""The addresses of the site, and the floors beside them."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from papernotes.urls import *
from papernotes.urls import urlpatterns as of_the_site
from tests.bench import floors

urlpatterns = [
    path("bench/constant", login_not_required(floors.constant)),
    path("bench/sql", login_not_required(floors.page_sql)),
    path("bench/rows", login_not_required(floors.rows)),
    *of_the_site,
]
