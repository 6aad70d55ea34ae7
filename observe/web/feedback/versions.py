"""The versions of a summary on its way: any two compared, and an earlier one taken back."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid
from observe.core.permissions import may
from observe.core.typed import number_in
from observe.services import summary_versions
from observe.storage import summaries
from observe.web.database import now, read, write
from observe.web.feedback.blueprint import blueprint
from observe.web.feedback.draft_form import read_revision
from observe.web.feedback.pages import in_schools_time, part_titles
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/feedback/<uuid:summary_id>/versions")
@requires("read draft summary", of=summaries.thing)
def versions(summary_id: UUID) -> ResponseReturnValue:
    """Two versions, line by line; the last two if none are asked for."""
    before, later = (number_in(request.args.get(name, "")) for name in ("before", "now"))
    with read() as session:
        found = summary_versions.compare(session, summary_id, before=before, now=later)
        in_schools_time(session, found.summary)
        writes = may(g.person, "write summary", summaries.thing(session, summary_id))
    return render_template(
        "feedback/versions.html",
        found=found,
        titles=part_titles(found.summary),
        writes=writes and found.may_take_back,
        place="feedback.index",
    )


@blueprint.post("/feedback/<uuid:summary_id>/versions/take-back")
@requires("write summary", of=summaries.thing)
def take_version_back(summary_id: UUID) -> ResponseReturnValue:
    """Write the words of an earlier version again."""
    version = number_in(request.form.get("version", ""))
    if version is None:
        raise Invalid(_("Choose the version that you want back."))
    with write() as session:
        revision = read_revision(request.form)
        summary_versions.take_back(
            session, summary_id, version, revision=revision, by=g.person, at=now()
        )
    flash(_("The earlier version is back."))
    return redirect(url_for("feedback.edit", summary_id=summary_id))
