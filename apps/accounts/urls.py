"""Addresses of accounts: signing in and out."""

from django.contrib.auth import views
from django.urls import path

from apps.accounts.views import me

urlpatterns = [
    path("login/", views.LoginView.as_view(template_name="accounts/login.html"), name="login"),
    path("me/", me, name="me"),
    path("logout/", views.LogoutView.as_view(), name="logout"),
]
