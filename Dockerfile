# One image for all: by itself it serves with SQLite and a worker inside; docker-compose.yml takes it apart.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

RUN useradd --uid 10001 --create-home papernotes && install -d -m 0700 -o papernotes -g papernotes /data
WORKDIR /app

COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY . .
RUN PAPERNOTES_DATA=/tmp/build python manage.py setup && rm -rf /tmp/build && python -m compileall -q apps papernotes

USER papernotes
ENV PAPERNOTES_DATA=/data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0"]
