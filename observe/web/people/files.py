"""People from the files of other systems: brought, looked at, and taken in as they were shown."""

from typing import Any
from uuid import UUID

from flask import (
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from observe.core.column_mapping import FIELDS, ColumnMapping
from observe.core.column_mapping import strange_roles as strange
from observe.core.errors import Invalid, ObserveError
from observe.core.oneroster_zip import LARGEST_ZIP
from observe.core.roster import IN_A_SCHOOL, Choices
from observe.core.roster_deeds import Effect
from observe.services import people_files, people_files_reading, people_files_waiting, schools
from observe.services.people_files import Look
from observe.services.people_files_reading import TABLE
from observe.storage.database import NetworkSession
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.people.file_words import done_words, left_out_words
from observe.web.spreadsheets import as_csv
from observe.web.words import gettext as _

SHOWN = 100
FAULTS_SHOWN = 200
MANY_WORDS = 60
HEAD = ("what", "kind", "name", "in words", "file", "line")


@blueprint.url_value_preprocessor
def _make_room(endpoint: str | None, _arguments: dict[str, Any] | None) -> None:
    """A file may be larger than a form, from whoever is signed in; judged before a form is read."""
    if endpoint == "people.bring_file" and session.get("visit"):
        request.max_content_length = LARGEST_ZIP + 64 * 1024


@blueprint.get("/people/files")
@requires("manage people")
def files() -> ResponseReturnValue:
    """Ask for a file; those that wait, and where files came from so far."""
    return _form()


def _form(refusal: ObserveError | None = None) -> str:
    with read() as db:
        sources, uploads = people_files.sources(db), people_files_waiting.uploads(db)
    errors = {refusal.field or "file": refusal.sentence} if refusal else {}
    return render_template(
        "people/files.html", sources=sources, uploads=uploads, errors=errors, typed=request.form
    )


@blueprint.post("/people/files")
@requires("manage people")
def bring_file() -> ResponseReturnValue:
    """Read a file; with faults nothing of it is kept."""
    show_again(_form)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(_("Choose the file first."), field="file")
    form = request.form
    administrators = people_files_reading.administrators_in(form.get("administrators", ""))
    pupils = form.get("pupils") == "yes"
    choices = Choices(administrators, pupils=pupils, today=now().date())
    with file.stream:
        content = file.stream.read()
    source = form.get("source", "").strip()
    with read() as db:
        brought = people_files_reading.read(
            db, content, file=file.filename, source=source, choices=choices
        )
    if brought.faults:
        shown, many = brought.faults[:FAULTS_SHOWN], len(brought.faults)
        page = render_template(
            "people/file_faults.html", file=brought.file, faults=shown, many=many
        )
        return page, 400
    with write() as db:
        upload_id = people_files_waiting.wait(db, brought, by=g.person, at=now())
    return redirect(url_for("people.file", upload_id=upload_id))


@blueprint.get("/people/files/<uuid:upload_id>")
@requires("manage people")
def file(upload_id: UUID) -> ResponseReturnValue:
    """What a file would change; first its columns, where Observe does not know them."""
    return _page(upload_id)


def _look(upload_id: UUID) -> Look:
    with read() as db:
        return _looked(db, upload_id)


def _looked(db: NetworkSession, upload_id: UUID) -> Look:
    brought, secret = people_files_waiting.waiting(db, upload_id), current_app.config["SECRET_KEY"]
    return people_files.look(db, brought, by=g.person, secret=secret)


def _page(upload_id: UUID, refusal: ObserveError | None = None) -> ResponseReturnValue:
    look = _look(upload_id)
    if look.lacking:
        return redirect(url_for("people.file_columns", upload_id=upload_id))
    return _difference(upload_id, look, refusal)


def _difference(upload_id: UUID, look: Look, refusal: ObserveError | None = None) -> str:
    difference = look.difference
    return render_template(
        "people/file.html",
        upload_id=upload_id,
        look=look,
        difference=difference,
        counts=people_files.counts(difference),
        of_people={effect: _those(look, effect, people=True) for effect in Effect},
        of_places={effect: _those(look, effect, people=False) for effect in Effect},
        left_out=left_out_words(look.sent.left_out),
        is_table=look.brought.kind == TABLE,
        shown=SHOWN,
        faults_shown=FAULTS_SHOWN,
        errors={refusal.field or "apply": refusal.sentence} if refusal else {},
    )


def _those(look: Look, effect: Effect, *, people: bool) -> list[Any]:
    return [each for each in look.difference.of(effect) if (each.kind == "person") is people]


@blueprint.get("/people/files/<uuid:upload_id>/changes.csv")
@requires("manage people")
def file_changes(upload_id: UUID) -> Response:
    """Everything that a file would change, as a table."""
    look = _look(upload_id)
    lines = [
        (str(each.effect), str(each.kind), each.who, "; ".join(each.words), each.file, each.line)
        for each in look.difference.changes
    ]
    return as_csv([HEAD, *lines], name=f"changes of {look.brought.source}")


@blueprint.post("/people/files/<uuid:upload_id>/apply")
@requires("manage people")
def apply_file(upload_id: UUID) -> ResponseReturnValue:
    """Do exactly what was shown."""
    show_again(lambda refusal: _difference(upload_id, _look(upload_id), refusal))
    form = request.form
    with write() as db:
        done = _looked(db, upload_id)
        people_files.apply(
            db,
            done,
            seen=form.get("seen", ""),
            sure=form.get("sure") == "yes",
            by=g.person,
            at=now(),
        )
        people_files_waiting.put_away(db, upload_id)
    flash(done_words(people_files.counts(done.difference)))
    return redirect(url_for("people.files"))


@blueprint.post("/people/files/<uuid:upload_id>/again")
@requires("manage people")
def take_again(upload_id: UUID) -> ResponseReturnValue:
    """Let people who were erased come as somebody new, or stay away."""
    with write() as db:
        again = request.form.get("again") == "yes"
        people_files_waiting.take_again(db, upload_id, again=again)
    return redirect(url_for("people.file", upload_id=upload_id))


@blueprint.post("/people/files/<uuid:upload_id>/drop")
@requires("manage people")
def drop_file(upload_id: UUID) -> ResponseReturnValue:
    """Put a file away; nothing of it is kept."""
    with write() as db:
        people_files_waiting.put_away(db, upload_id)
    flash(_("The file is put away. Nothing was changed."))
    return redirect(url_for("people.files"))


# the columns of a table


@blueprint.get("/people/files/<uuid:upload_id>/columns")
@requires("manage people")
def file_columns(upload_id: UUID) -> ResponseReturnValue:
    """Which column of a table is what."""
    return _columns(upload_id, asks=False)


def _columns(upload_id: UUID, *, asks: bool) -> str:
    look = _look(upload_id)
    if look.table is None:
        raise Invalid(_("The columns of this file are known already."))
    with read() as db:
        places = schools.listed(db)
    table, mapping = look.table, look.mapping
    return render_template(
        "people/file_columns.html",
        upload_id=upload_id,
        look=look,
        mapping=mapping,
        headings=[(name, name) for name in table.header if name],
        first_lines=table.lines[:3],
        words=strange(table, mapping),
        schools=[(each.name, each.name) for each in places],
        roles=IN_A_SCHOOL,
        lacking=look.lacking if asks else (),
    )


@blueprint.post("/people/files/<uuid:upload_id>/columns")
@requires("manage people")
def choose_columns(upload_id: UUID) -> ResponseReturnValue:
    """Keep what was chosen, and go on to what the file would change once nothing lacks."""
    with write() as db:
        people_files_waiting.choose(db, upload_id, _chosen())
    look = _look(upload_id)
    if look.lacking:
        return _columns(upload_id, asks=True), 400
    return redirect(url_for("people.file", upload_id=upload_id))


def _chosen() -> ColumnMapping:
    form = request.form
    columns = {name: form.get(f"column-{name}", "") for name in FIELDS}
    words = {form.get(f"word-{n}", ""): form.get(f"means-{n}", "") for n in range(MANY_WORDS)}
    return ColumnMapping(
        columns={name: heading for name, heading in columns.items() if heading},
        roles={word: means for word, means in words.items() if word and means},
        role=form.get("role", ""),
        school=form.get("school", ""),
        whole=form.get("whole") == "yes",
    )
