"""A term of one's own summaries on paper."""

from flask import Response, abort, g
from flask.typing import ResponseReturnValue

from observe.core.terms import Term, term_named
from observe.services import summary_reading, term_pack
from observe.storage.database import NetworkSession
from observe.web.database import now, read, write
from observe.web.feedback.blueprint import blueprint
from observe.web.feedback.pages import in_own_time
from observe.web.feedback.pdf import pack_pdf
from observe.web.guard import requires


@blueprint.get("/feedback/term/<key>.pdf")
@requires("see feedback")
def pack(key: str) -> ResponseReturnValue:
    """Every summary of a term that was released to whoever asks, with what became of each."""
    with read() as session:
        in_own_time(session)
        found = term_pack.of_term(session, g.person, _term(key))
    with write() as session:
        _opened(session, found)
    headers = {"Content-Disposition": f'inline; filename="observe-{found.term.key}.pdf"'}
    return Response(pack_pdf(found), mimetype="application/pdf", headers=headers)


def _term(key: str) -> Term:
    try:
        return term_named(key)
    except (ValueError, KeyError):
        abort(404)


def _opened(session: NetworkSession, found: term_pack.Pack) -> None:
    """Whoever has all on paper has read each of them."""
    for told in found.told:
        summary_reading.opened(session, told.summary_id, by=g.person, at=now())
