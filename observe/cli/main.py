"""`observe`: each command lives in a module of its name and is imported when it is called."""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from observe.core.errors import ObserveError

COMMANDS = {
    "agreement": "How far observers agree, from a file of ratings.",
    "database": "Make, upgrade, back up and restore the database.",
    "demo": "Build a demonstration network and serve it.",
    "feedback": "Draft a summary from a record; check a text.",
    "figures": "Check what is kept of the ratings against the ratings.",
    "import": "Load records made elsewhere.",
    "jobs": "Send mails that wait, and reminders.",
    "mail": "Try the mail server.",
    "network": "Make a network; a new link; export or delete all of it.",
    "people": "Take in schools, classes and staff from a file of another system.",
    "plan": "How many more lessons observers need, from a file of ratings.",
    "programme": "Check programme files; print their JSON Schema.",
    "retention": "List or erase what was kept long enough.",
    "rubrics": "Check rubric files; print their JSON Schema.",
    "serve": "Serve Observe in a school.",
}
MODULES = {"import": "imports"}


class Commands(click.Group):
    """Finds a command in its module, so that one command does not pay for another's imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command, by name."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a module's `command`; None for a name that is not listed."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"observe.cli.{MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        command.short_help = COMMANDS[cmd_name]
        return command


@click.command(cls=Commands, epilog="observe COMMAND --help says more about each.")
@click.version_option(package_name="observe", message="Observe %(version)s")
def observe() -> None:
    """Paired lesson observation for groups of schools.

    The settings OBSERVE_DATA, OBSERVE_DATABASE_URL, OBSERVE_SECRET_KEY, OBSERVE_PROXIES,
    OBSERVE_HTTPS, OBSERVE_URL and those of mail, OBSERVE_MAIL_HOST and others, are read from the
    environment; README says what each means.
    """


def main(arguments: Sequence[str] | None = None, **extra: Any) -> None:
    """Run a command; a refusal is one sentence on standard error and exit status 2."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the matrices are small, and threads wait
    try:
        observe.main(arguments, prog_name="observe", **extra)
    except ObserveError as refusal:
        _end(refusal.sentence)
    except OSError as fault:
        _end(f"{fault.filename or 'A file'} cannot be used: {fault.strerror}.")


def _end(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
