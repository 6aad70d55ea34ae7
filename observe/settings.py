"""What differs from one installation to the next, read from the environment."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

from observe.core.contact import email_fault
from observe.core.errors import Invalid
from observe.core.mail import MailServer

PORTS = {"starttls": 587, "tls": 465, "none": 25}
ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation: where its data lie and how it is reached.

    `address` is where it is served, for links in mails; `mail` is None where no mail is sent.
    """

    database_url: str
    secret_key: str
    demo: bool = False
    https: bool = True
    proxies: int = 0
    address: str = ""
    mail: MailServer | None = None

    @property
    def links_lead_to(self) -> str | None:
        """Where links in mails lead; None where no mail is sent."""
        return self.address if self.mail else None


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the variables that README lists under "In a school"."""
    folder = Path(environment.get("OBSERVE_DATA", "data"))
    return Settings(
        database_url=environment.get("OBSERVE_DATABASE_URL") or sqlite_url(folder),
        secret_key=environment.get("OBSERVE_SECRET_KEY") or kept_secret(folder),
        https=_yes(environment, "OBSERVE_HTTPS"),
        proxies=_whole(environment, "OBSERVE_PROXIES"),
        address=_address(environment),
        mail=_mail(environment),
    )


def _address(environment: Mapping[str, str]) -> str:
    value = environment.get("OBSERVE_URL", "").rstrip("/")
    if value and not ADDRESS.fullmatch(value):
        raise Invalid(
            f"OBSERVE_URL is {value!r}. Give an address like https://observe.example.org."
        )
    return value


def _mail(environment: Mapping[str, str]) -> MailServer | None:
    """The mail server, where one is named."""
    host = environment.get("OBSERVE_MAIL_HOST", "")
    if not host:
        return None
    if not environment.get("OBSERVE_URL"):
        raise Invalid("OBSERVE_URL is missing. Mails need it for the links in them.")
    security = environment.get("OBSERVE_MAIL_SECURITY", "starttls")
    if security not in PORTS:
        raise Invalid(f"OBSERVE_MAIL_SECURITY is {security!r}. Give starttls, tls or none.")
    return MailServer(
        host=host,
        port=_whole(environment, "OBSERVE_MAIL_PORT") or PORTS[security],
        sender=_sender(environment),
        security=security,
        user=environment.get("OBSERVE_MAIL_USER", ""),
        password=environment.get("OBSERVE_MAIL_PASSWORD", ""),
    )


def _sender(environment: Mapping[str, str]) -> str:
    value = environment.get("OBSERVE_MAIL_FROM", "")
    if email_fault(parseaddr(value)[1]) or not value.isprintable():
        raise Invalid(
            f"OBSERVE_MAIL_FROM is {value!r}. Give an address like observe@school.example."
        )
    return value


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
