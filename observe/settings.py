"""What differs from one installation to the next, read from the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from observe.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation: where its data lie and how it is reached."""

    database_url: str
    secret_key: str
    demo: bool = False
    https: bool = True
    proxies: int = 0


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the variables that README lists under "In a school"."""
    folder = Path(environment.get("OBSERVE_DATA", "data"))
    return Settings(
        database_url=environment.get("OBSERVE_DATABASE_URL") or sqlite_url(folder),
        secret_key=environment.get("OBSERVE_SECRET_KEY") or kept_secret(folder),
        https=_yes(environment, "OBSERVE_HTTPS"),
        proxies=_whole(environment, "OBSERVE_PROXIES"),
    )


def _yes(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "yes")
    if value not in ("yes", "no"):
        raise Invalid(f"{name} is {value!r}. Give yes or no.")
    return value == "yes"


def _whole(environment: Mapping[str, str], name: str) -> int:
    value = environment.get(name, "0")
    if not value.isdigit():
        raise Invalid(f"{name} is {value!r}. Give a whole number, such as 1.")
    return int(value)


def sqlite_url(folder: Path) -> str:
    """The address of the embedded database in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder.resolve() / 'observe.sqlite3'}"


def kept_secret(folder: Path) -> str:
    """The installation's own secret, made on the first start and readable by its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret-key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")
