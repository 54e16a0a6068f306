# Any Debian or Ubuntu image with Python 3.11 or newer will do as BASE.
ARG BASE=python:3.11-slim

FROM ${BASE} AS packages
WORKDIR /build
COPY requirements.lock ./
RUN python3 -m venv /opt/kitu \
    && /opt/kitu/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM ${BASE}
RUN useradd --system --uid 10001 --home-dir /var/lib/kitu --create-home kitu
COPY --from=packages /opt/kitu /opt/kitu
WORKDIR /srv/kitu
COPY LICENSE README.md ./
COPY migrations migrations
COPY catalog catalog
COPY templates templates
COPY app app
# Else every process that reads a large catalog would translate the program anew.
RUN /opt/kitu/bin/python -m compileall -q app
ENV KITU_DATA_DIR=/var/lib/kitu \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
VOLUME ["/var/lib/kitu"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=4s --start-period=30s --retries=3 \
    CMD ["/opt/kitu/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
ENTRYPOINT ["/opt/kitu/bin/python", "-m", "app"]
CMD ["serve", "--host", "0.0.0.0"]
