"""Everything that can be set from outside: environment variables with the prefix KITU_."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from secrets import token_urlsafe
from typing import Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

PREFIX: Final = "KITU_"
TEST_PREFIX: Final = "KITU_TEST_"
SHORTEST_SECRET: Final = 32
MAIL_SCHEMES: Final = ("smtp", "smtps", "file", "none")
# What pydantic finds, said in German; `{…}` is filled from the finding's context.
FINDINGS: Final = {
    "int_parsing": "gebraucht wird eine ganze Zahl",
    "greater_than_equal": "gebraucht wird mindestens {ge}",
    "less_than_equal": "erlaubt ist höchstens {le}",
    "bool_parsing": "gebraucht wird true oder false",
    "literal_error": "erlaubt ist {expected}",
}
DATABASE_SCHEMES: Final = ("sqlite", "postgresql+psycopg")


class WrongSetting(Exception):
    """A setting cannot be used; the text is one sentence with the variable and the mend."""


class Settings(BaseSettings):
    """Read once at start and passed down as plain values."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data_dir: Path = Field(
        default=Path("var"), description="Ordner für Datenbank, Schlüssel und Passwort"
    )
    database_url: str = Field(default="", description="sqlite:///… oder postgresql+psycopg://…")
    secret_key: str = Field(default="", description="mindestens 32 Zeichen; im Großbetrieb Pflicht")
    base_url: str = Field(
        default="http://127.0.0.1:8000", description="Adresse, unter der Nutzer arbeiten"
    )
    demo_password: str = Field(default="", description="Passwort der Vorführkonten")
    mail_url: str = Field(default="none:", description="smtp://, smtps://, file:// oder none:")
    mail_from: str = Field(
        default="portal@localhost", description="Absender der Benachrichtigungen"
    )
    trusted_proxies: str = Field(
        default="127.0.0.1", description="Adressen oder Netze, durch Komma"
    )
    log_format: Literal["json", "text"] = Field(default="json", description="json oder text")
    log_requests: bool = Field(default=True, description="eine Zeile je Anfrage")
    request_threads: int = Field(default=4, ge=1, le=64, description="Anfragen zugleich je Prozess")
    malware_command: str = Field(
        default="", description="Virenprüfung: Befehl, der die Datei von der Eingabe liest"
    )
    malware_socket: str = Field(
        default="", description="Virenprüfung: Socket von clamd, Pfad oder Rechner:Port"
    )
    product_name: str = Field(
        default="Abrufportal", description="Name in Kopfzeile und Nachrichten"
    )
    anchor_key: Path | None = Field(
        default=None, description="privater Ed25519-Schlüssel (PEM) der Tagesanker"
    )
    anchor_mail: str = Field(
        default="", description="wohin der Tagesanker geht, zum Beispiel Rechnungsprüfung"
    )
    operator: Path | None = Field(default=None, description="TOML-Datei für Impressum und Co.")
    invoice_issuer: Path | None = Field(
        default=None, description="TOML-Datei des Rechnungsstellers"
    )

    @property
    def embedded(self) -> bool:
        """SQLite: one process does everything."""
        return self.database_url.startswith("sqlite")

    @property
    def encrypted(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def sqlite_file(self) -> Path | None:
        return Path(self.database_url.removeprefix("sqlite:///")) if self.embedded else None

    @property
    def file_folder(self) -> Path:
        """Where the worker puts files of a year until they are fetched; no original lies here."""
        return self.data_dir / "files"

    @property
    def anchor_folder(self) -> Path:
        """Outside the database: what proves that nobody shortened it."""
        return self.data_dir / "anchors"

    @property
    def anchor_key_file(self) -> Path:
        return self.anchor_key or self.data_dir / "anchor-key.pem"

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and value.split(":", 1)[0] not in DATABASE_SCHEMES:
            raise ValueError("muss mit sqlite:/// oder postgresql+psycopg:// beginnen")
        if value.startswith("sqlite") and not value.partition("sqlite:///")[2].strip(":/"):
            raise ValueError("braucht eine Datei, zum Beispiel sqlite:///var/kitu.db")
        try:
            make_url(value or "sqlite://")
        except (ArgumentError, ValueError):
            example = "postgresql+psycopg://nutzer:wort@rechner:5432/datenbank"
            raise ValueError(f"ist keine lesbare Adresse, zum Beispiel {example}") from None
        return value

    @field_validator("mail_url")
    @classmethod
    def _known_mail(cls, value: str) -> str:
        if urlsplit(value).scheme not in MAIL_SCHEMES:
            raise ValueError("muss mit smtp://, smtps://, file:// oder none: beginnen")
        return value

    @field_validator("base_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError("muss eine ganze Adresse sein, zum Beispiel https://abruf.example.de")
        return value.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for part in filter(None, map(str.strip, value.split(","))):
            try:
                ip_network(part, strict=False)
            except ValueError:
                raise ValueError(f"{part!r} ist keine IP-Adresse und kein Netz") from None
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < SHORTEST_SECRET:
            raise ValueError(f"braucht mindestens {SHORTEST_SECRET} Zeichen (openssl rand -hex 32)")
        return value

    @field_validator("operator", "invoice_issuer")
    @classmethod
    def _readable(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError(f"nennt {value}; diese Datei gibt es nicht")
        return value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.database_url:
            # frozen against everybody but this: the default depends on another setting
            object.__setattr__(self, "database_url", f"sqlite:///{self.data_dir}/kitu.db")
        return self


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings, or WrongSetting: no half-configured start."""
    _refuse_unknown(environment)
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise WrongSetting(f"{name} {_reason(first)}.") from None


def with_secret_key(settings: Settings) -> Settings:
    """The settings with a secret: the embedded mode makes its own, the large mode must bring it."""
    if settings.secret_key:
        return settings
    if not settings.embedded:
        raise WrongSetting(
            "KITU_SECRET_KEY fehlt: mit PostgreSQL brauchen alle Prozesse denselben Schlüssel "
            "(openssl rand -hex 32)."
        )
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    file = settings.data_dir / "secret-key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as target:
            target.write(token_urlsafe(48))
    return settings.model_copy(update={"secret_key": file.read_text(encoding="ascii").strip()})


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(environment):
        if not name.startswith(PREFIX) or name.startswith(TEST_PREFIX) or name in known:
            continue
        near = get_close_matches(name, known, 1)
        mend = f"gemeint ist wohl {near[0]}" if near else "bitte entfernen"
        raise WrongSetting(f"{name} ist keine bekannte Einstellung; {mend}.")


def _reason(found: ErrorDetails) -> str:
    """Our own sentence, or what pydantic finds in ours."""
    said = found["msg"].removeprefix("Value error, ")
    if said != found["msg"]:
        return said
    words = FINDINGS.get(found["type"], "anders als im README beschrieben")
    reason = words.format(**found.get("ctx", {})).replace(" or ", " oder ")
    return f"hat einen unbrauchbaren Wert ({reason})"
