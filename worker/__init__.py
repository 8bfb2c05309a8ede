"""What runs behind: the Celery app, the job runner, documents, mail."""
