"""Operators ask; strangers get no figures."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.database.engine import open_engine, sessions
from app.operations.migrate import alembic_config
from app.outbox.work import beat
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.databases import Database


def asked(portal: Portal, path: str, client: str = "127.0.0.1") -> Any:
    with TestClient(portal.app, client=(client, 50000)) as browser:
        return browser.get(path)


def test_the_process_answers(portal: Portal) -> None:
    assert asked(portal, "/healthz").json() == {"status": "ok"}


def test_ready_means_database_migrations_and_worker(portal: Portal, database: Database) -> None:
    stamp(portal.session)
    beat(database.sessions, "worker-1", NOON)

    answer = asked(portal, "/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "migrations": "ok",
        "worker": "ok",
    }


def test_without_a_worker_mails_would_wait_so_it_is_not_ready(
    portal: Portal, database: Database
) -> None:
    stamp(portal.session)
    beat(database.sessions, "worker-1", NOON - timedelta(minutes=5))

    answer = asked(portal, "/readyz")

    assert answer.status_code == 503
    assert answer.json()["worker"] == "missing"


def test_a_database_behind_the_migrations_is_not_ready(portal: Portal) -> None:
    answer = asked(portal, "/readyz")

    assert answer.status_code == 503
    assert answer.json()["migrations"] == "behind"


def test_the_old_program_stays_ready_while_a_new_one_takes_over(
    portal: Portal, database: Database
) -> None:
    """Else a balancer would take all of them away the moment the database is migrated."""
    stamp(portal.session, "9999")
    beat(database.sessions, "worker-1", NOON)

    answer = asked(portal, "/readyz")

    assert (answer.status_code, answer.json()["migrations"]) == (200, "newer")


def test_figures_are_for_this_machine(portal: Portal) -> None:
    asked(portal, "/hilfe")

    figures = asked(portal, "/metrics").text

    assert 'kitu_requests_total{method="GET",route="/hilfe",status="200"}' in figures
    assert 'kitu_outbox_messages{state="dead"} 0' in figures
    assert "\nkitu_database_up 1\n" in figures


def test_figures_come_without_the_database_too(portal: Portal, tmp_path: Path) -> None:
    away = open_engine(f"sqlite:///{tmp_path}/nowhere/kitu.db")
    portal.app.state.sessions = sessions(away)

    answer = asked(portal, "/metrics")

    assert answer.status_code == 200
    assert "kitu_requests_total" in answer.text
    assert "\nkitu_database_up 0\n" in answer.text
    assert "kitu_outbox_messages{" not in answer.text


@pytest.mark.parametrize("stranger", ["192.0.2.1", "2001:db8::1", "testclient"])
def test_to_strangers_there_are_no_figures(portal: Portal, stranger: str) -> None:
    answer = asked(portal, "/metrics", stranger)

    assert answer.status_code == 404
    assert "kitu_requests" not in answer.text


def test_figures_are_for_a_trusted_network(portal: Portal) -> None:
    portal.app.state.trusted_networks = "10.1.0.0/16"

    assert asked(portal, "/metrics", "10.1.2.3").status_code == 200
    assert asked(portal, "/metrics", "10.2.2.3").status_code == 404


def stamp(session: Session, revision: str | None = None) -> None:
    """The tables of a test are made without migrations: say how far they are, else up to date."""
    session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    head = revision or ScriptDirectory.from_config(alembic_config()).get_current_head()
    session.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head})
    session.commit()
