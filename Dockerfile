# One image for migrate, web, worker and beat.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements/prod.txt requirements/prod.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/prod.txt

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_DEBUG=0 VAR_DIR=/var/lib/backoffice STATIC_ROOT=/app/staticfiles
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin backoffice \
    && install -d -o backoffice /var/lib/backoffice
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py ./
COPY accounting accounting
COPY integrations integrations
COPY backoffice backoffice
COPY templates templates
COPY static static
COPY locale locale
# Collecting files needs settings, not services: these values live for this line only.
RUN DJANGO_SECRET_KEY=build FIELD_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= ALLOWED_HOSTS=build \
    DATABASE_URL=postgres://build CELERY_BROKER_URL=redis://build \
    python manage.py collectstatic --noinput
USER 10001
EXPOSE 8000
CMD ["gunicorn", "backoffice.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--timeout=60", "--graceful-timeout=30", "--max-requests=5000", "--max-requests-jitter=500"]
