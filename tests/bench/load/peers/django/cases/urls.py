"""Addresses of the application."""
from django.urls import path

from . import views

urlpatterns = [
    path('cases', views.cases),
    path('cases/<uuid:case_id>', views.case),
]
