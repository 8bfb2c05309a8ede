"""Document content in, bytes out. No Django, no Celery, no clock: all is passed in."""
