# The same code for web, worker and clock; compose says which of them a container is.
FROM python:3.13-slim AS packages
COPY requirements/runtime.txt /tmp/runtime.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        --requirement /tmp/runtime.txt

FROM python:3.13-slim
# A fixed number, so that the owner of a volume stays the same person.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin routekaart \
    && install --directory --owner routekaart --group routekaart \
        /data /data/var /data/files /data/erasures
# For `manage.py backup` and `restore`: pg_dump and pg_restore, at least as new as the server.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/*
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY manage.py ./
COPY courses ./courses
COPY routekaart ./routekaart
COPY worker ./worker
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ROUTEKAART_VAR=/data/var \
    ROUTEKAART_STORAGE=/data/files
USER routekaart
# Style and scripts go with the image; the secret is for this one command and is kept nowhere.
RUN SECRET_KEY=only-while-building python manage.py collectstatic --noinput --verbosity 0
EXPOSE 8000
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0"]
