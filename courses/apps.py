"""App configuration."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Catalogus"
    default_auto_field = "django.db.models.BigAutoField"
