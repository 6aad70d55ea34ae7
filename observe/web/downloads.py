"""A file that is sent bit by bit, and let go of in the end."""

from collections.abc import Iterator
from os import SEEK_END
from typing import IO

from flask import Response

PIECE = 64 * 1024
AT_ONCE = 1024 * 1024


def sent(file: IO[bytes], name: str, *, mimetype: str = "application/zip") -> Response:
    """The file to keep, under a name that its reader knows again; a small one at once."""
    response = Response(_pieces(file), mimetype=mimetype)
    if (size := file.seek(0, SEEK_END)) <= AT_ONCE:
        file.seek(0)
        with file:
            response.set_data(file.read())
    else:
        response.call_on_close(file.close)
    response.content_length = size
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
