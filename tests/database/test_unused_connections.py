"""Connections that the server ended while they lay unused."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.database import engine as opening
from app.database.engine import open_engine
from tests.support.databases import PostgresServer

PID = text("SELECT pg_backend_pid()")


def test_a_connection_that_the_server_ended_meanwhile_is_replaced_without_an_error(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "TRUSTED", 0)
    with postgres.fresh(tmp_path) as url:
        engine, other = open_engine(url), open_engine(url)
        with engine.connect() as connection:
            ended = connection.scalar(PID)
        with other.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": ended})

        with engine.connect() as connection:
            assert connection.scalar(PID) != ended
        engine.dispose()
        other.dispose()
