"""`observe feedback`: draft a summary from a record, check a text, without a database."""

import click


@click.group("feedback")
def command() -> None:
    """Draft a summary from a record; check a text before a teacher reads it."""
