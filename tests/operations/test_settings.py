"""A wrong setting stops the start with one sentence that names it and the mend."""

from pathlib import Path

import pytest

from app.commands.running import follow_port
from app.settings import Settings, WrongSetting, load_settings, with_secret_key
from app.web.operator import OperatorUnreadable, read_operator

KEY = "0123456789" * 4


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KITU_{name.upper()}", raising=False)


def loaded(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    given = {f"KITU_{name.upper()}": value for name, value in values.items()}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return load_settings(given)


def test_without_settings_it_is_one_file_under_var(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch)

    assert settings.database_url == "sqlite:///var/kitu.db"
    assert settings.embedded
    assert settings.request_threads == 4
    assert settings.base_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("database_url", "mysql://x", "muss mit sqlite:/// oder postgresql+psycopg:// beginnen"),
        ("database_url", "sqlite://", "braucht eine Datei, zum Beispiel sqlite:///var/kitu.db"),
        ("secret_key", "short", "braucht mindestens 32 Zeichen (openssl rand -hex 32)"),
        ("base_url", "abruf.example.de", "muss eine ganze Adresse sein"),
        ("mail_url", "mailto:x@y", "muss mit smtp://, smtps://, file:// oder none: beginnen"),
        ("trusted_proxies", "10.0.0.0/8,proxy", "'proxy' ist keine IP-Adresse und kein Netz"),
        ("operator", "/gibt/es/nicht.toml", "nennt /gibt/es/nicht.toml; diese Datei gibt es nicht"),
        ("log_format", "xml", "hat einen unbrauchbaren Wert (erlaubt ist 'json' oder 'text')"),
        ("request_threads", "many", "unbrauchbaren Wert (gebraucht wird eine ganze Zahl)"),
        ("request_threads", "65", "hat einen unbrauchbaren Wert (erlaubt ist höchstens 64)"),
        ("log_requests", "oft", "hat einen unbrauchbaren Wert (gebraucht wird true oder false)"),
        ("database_url", "postgresql+psycopg://a@b:c/d", "ist keine lesbare Adresse"),
        ("request_threads", "0", "hat einen unbrauchbaren Wert (gebraucht wird mindestens 1)"),
    ],
)
def test_a_wrong_value_is_named_with_its_mend(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(WrongSetting) as wrong:
        loaded(monkeypatch, **{name: value})

    assert str(wrong.value).startswith(f"KITU_{name.upper()} ")
    assert sentence in str(wrong.value)
    assert str(wrong.value).count("\n") == 0


def test_links_follow_the_port_unless_the_address_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITU_BASE_URL", "https://abruf.example.de")
    follow_port(9000)
    assert load_settings().base_url == "https://abruf.example.de"

    monkeypatch.delenv("KITU_BASE_URL")
    follow_port(9000)
    assert load_settings().base_url == "http://127.0.0.1:9000"


def test_a_mistyped_name_is_named_with_the_nearest_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongSetting, match="gemeint ist wohl KITU_DATABASE_URL"):
        loaded(monkeypatch, databse_url="sqlite:///x.db")


def test_test_settings_do_not_disturb(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, test_database_url="postgresql+psycopg://x/y").embedded


def test_the_embedded_mode_makes_its_own_key_once(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "var")

    first = with_secret_key(settings).secret_key
    second = with_secret_key(settings).secret_key

    assert first == second
    assert len(first) >= 32
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_large_mode_must_bring_its_key() -> None:
    settings = Settings(database_url="postgresql+psycopg://db/kitu")

    with pytest.raises(WrongSetting, match="KITU_SECRET_KEY fehlt"):
        with_secret_key(settings)
    assert with_secret_key(settings.model_copy(update={"secret_key": KEY})).secret_key == KEY


def test_settings_cannot_be_changed_later() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().log_format = "text"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name = Verwaltung", "ist keine lesbare TOML-Datei"),
        (b"\xff\xfe", "ist keine lesbare TOML-Datei"),
        (b'farbe = "rot"', "nennt, was keine Seite zeigt: farbe."),
    ],
)
def test_a_file_of_the_operator_that_nobody_can_read_stops_the_start(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "betreiber.toml"
    file.write_bytes(content)

    with pytest.raises(OperatorUnreadable, match=r"KITU_OPERATOR: betreiber\.toml") as refusal:
        read_operator(file)

    assert said in refusal.value.text
