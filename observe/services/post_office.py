"""The mail server: mails are handed over to it by SMTP, and what goes wrong is said in a sentence."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import parseaddr
from types import TracebackType

from observe.core.mail import LONGEST_FAULT, MailServer, one_line

PATIENCE = 30
FOR_GOOD = 500


class NotHandedOver(Exception):
    """Why a mail was not taken: `for_good` if it never will be, `every` if no other would be either."""

    def __init__(self, sentence: str, *, for_good: bool = False, every: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = one_line(sentence, most=LONGEST_FAULT)
        self.for_good = for_good
        self.every = every


class PostOffice:
    """A mail server; the connection is opened with the first mail and kept for the next."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> "PostOffice":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._let_go()

    def hand_over(self, mail: EmailMessage, address: str) -> None:
        """Hand a mail over for an address; NotHandedOver, with the reason, if it is not taken."""
        try:
            with _in_words(self.server):
                self._opened().send_message(mail, parseaddr(self.server.sender)[1], [address])
        except NotHandedOver:
            self._let_go()
            raise

    def _opened(self) -> smtplib.SMTP:
        self._connection = self._connection or _open(self.server)
        return self._connection

    def _let_go(self) -> None:
        """Say goodbye; a server that is gone already needs none."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except OSError:
                connection.close()


def _open(server: MailServer) -> smtplib.SMTP:
    """A connection to the server, secured and signed in."""
    trusted = ssl.create_default_context()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE, context=trusted
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        _introduce(connection, server, trusted)
    except OSError:
        connection.close()
        raise
    return connection


def _introduce(connection: smtplib.SMTP, server: MailServer, trusted: ssl.SSLContext) -> None:
    if server.security == "starttls":
        connection.starttls(context=trusted)
    if server.user:
        connection.login(server.user, server.password)


@contextmanager
def _in_words(server: MailServer) -> Iterator[None]:
    """Turn what keeps a mail from being taken into a sentence for whoever looks after the server."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as fault:
        code, said = next(iter(fault.recipients.values()))
        why = f"{server.host} does not take mails for this address: {_reply(code, said)}"
        raise NotHandedOver(why, for_good=code >= FOR_GOOD) from fault
    except smtplib.SMTPDataError as fault:
        why = f"{server.host} did not take the mail: {_reply(fault.smtp_code, fault.smtp_error)}"
        raise NotHandedOver(why, for_good=fault.smtp_code >= FOR_GOOD) from fault
    except smtplib.SMTPException as fault:
        raise NotHandedOver(_server_fault(server, fault), every=True) from fault
    except OSError as fault:
        raise NotHandedOver(_connection_fault(server, fault), every=True) from fault
    except ValueError as fault:
        why = "This address cannot be written into a mail."
        raise NotHandedOver(why, for_good=True) from fault


def _server_fault(server: MailServer, fault: smtplib.SMTPException) -> str:
    host = server.host
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        reply = _reply(fault.smtp_code, fault.smtp_error)
        return f"{host} does not let in OBSERVE_MAIL_USER with this password: {reply}"
    if isinstance(fault, smtplib.SMTPSenderRefused):
        reply = _reply(fault.smtp_code, fault.smtp_error)
        return f"{host} takes no mails from {fault.sender}, OBSERVE_MAIL_FROM: {reply}"
    if isinstance(fault, smtplib.SMTPServerDisconnected):
        return f"{host} ended the connection before it had taken the mail."
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"{host} answered: {_reply(fault.smtp_code, fault.smtp_error)}"
    return f"{host} cannot do what the settings ask for: {fault}"


def _connection_fault(server: MailServer, fault: OSError) -> str:
    place = f"{server.host}, port {server.port}"
    if isinstance(fault, socket.gaierror):
        return f"There is no host {server.host}. Is OBSERVE_MAIL_HOST right?"
    if isinstance(fault, ConnectionRefusedError):
        return f"Nothing listens at {place}. Is OBSERVE_MAIL_PORT right?"
    if isinstance(fault, TimeoutError):
        return f"{place}, did not answer within {PATIENCE} seconds. Does a firewall stand between?"
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"The certificate of {server.host} is not trusted: {fault.verify_message}."
    if isinstance(fault, ssl.SSLError):
        return f"{place}, does not speak TLS as OBSERVE_MAIL_SECURITY says it does."
    return f"The connection to {place}, broke: {fault.strerror or fault}."


def _reply(code: int, said: bytes | str) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {words}"
