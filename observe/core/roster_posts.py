"""The roles that a file says of a person beside those that they have."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from observe.core.permissions import Role, RoleKind
from observe.core.roster import Kind, Mode, Row, Sent
from observe.core.roster_deeds import (
    Difference,
    Forget,
    Give,
    KeepPost,
    Move,
    Ref,
    Somebody,
    Take,
)
from observe.core.roster_places import Places
from observe.core.table_file import Fault

Said = tuple[RoleKind, Ref, Ref | None]


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts in a file by person and by number, and those that it takes back."""

    of: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, Row] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


def posts_of(sent: Sent) -> Posts:
    """The posts of a file; of the two for a school and for a team of it, that of the team comes first."""
    posts = Posts()
    for row in sorted(sent.of(Kind.POST), key=lambda each: not each.team):
        posts.by_key[row.key] = row
        if row.gone:
            posts.gone.add(row.key)
        else:
            posts.of[row.person].append(row)
    return posts


def give_new(posts: Posts, places: Places, row: Row, found: Difference) -> Iterator[str]:
    """Give somebody new the roles of the file; what they are, in words."""
    given: list[Said] = []
    for post in posts.of.get(row.key, ()):
        said = _said(post, places, found)
        if said is None:
            continue
        found.deeds.append(KeepPost(post.key, row.key, *said))
        if _held(said, given) is None:
            given.append(said)
            found.deeds.append(Give(row.key, *said))
            yield words_for(places, *said)


def _said(post: Row, places: Places, found: Difference) -> Said | None:
    """The role of a post with what its numbers lead to; None, and a fault, where they lead nowhere."""
    school = places.ref(Kind.SCHOOL, post.school)
    team = places.ref(Kind.TEAM, post.team) if post.team else None
    if school is None or (post.team and team is None):
        lost = post.team if school is not None else post.school
        words = f"{lost} is no school or team that is known."
        found.faults.append(Fault(post.file, post.line, words))
        return None
    return RoleKind(post.role), school, team


def _held(said: Said, held: Iterable[Said]) -> Said | None:
    """The role among these that is this one; a teacher is one of a school, in whatever team."""
    kind, school, team = said
    for each in held:
        same_team = kind is RoleKind.TEACHER or each[2] == team
        if (each[0], each[1]) == (kind, school) and same_team:
            return each
    return None


def reconcile(
    posts: Posts, places: Places, person: Somebody, key: str, sent: Sent, found: Difference
) -> list[str]:
    """Give, move and take the roles that the file says otherwise than before; in words."""
    here = places.here
    before = here.posts.get(person.id, {})
    wanted = {p.key: said for p in posts.of.get(key, ()) if (said := _said(p, places, found))}
    taken = set(_taken_back(before, wanted, posts, sent))
    stay = [_as_said(role) for k, role in before.items() if k not in taken and k not in wanted]
    stay += [_as_said(role) for role in here.others.get(person.id, ())]
    held = {_as_said(role): role for role in person.roles}
    said_before = {_as_said(role) for role in before.values()}
    given, words = _given(places, person, wanted, said_before, held, found)
    keep = [*wanted.values(), *stay]
    _remember(before, wanted, taken, person, found)
    lost = list(_lost(before, taken, wanted, keep, held))
    found.deeds += [Take(person.id, role) for role in lost]
    return _told(places, person, given, lost, words)


def _taken_back(
    before: Mapping[str, Role], wanted: dict[str, Said], posts: Posts, sent: Sent
) -> Iterator[str]:
    """The numbers of earlier posts of a person that the file does not say any more."""
    whole = sent.posts_with_people or sent.mode(Kind.POST) is Mode.BULK
    for key in before:
        if key in posts.gone or (whole and key not in wanted):
            yield key


def _as_said(role: Role) -> Said:
    return role.kind, role.school_id or "", role.team_id


def _given(
    places: Places,
    person: Somebody,
    wanted: dict[str, Said],
    said_before: set[Said],
    held: dict[Said, Role],
    found: Difference,
) -> tuple[list[Said], list[str]]:
    """What is new among the roles, and in words what moves a teacher within a school.

    A team that was given by hand stays where the file names the school alone.
    """
    given: list[Said] = []
    words: list[str] = []
    done: list[Said] = []
    for said in wanted.values():
        if _held(said, done) is not None:
            continue
        done.append(said)
        old = _held(said, held)
        if old is None:
            given.append(said)
            found.deeds.append(Give(person.id, *said))
        elif old[2] != said[2] and (said[2] or old in said_before):
            words.append(_moved(places, person, old, said, found))
    return given, words


def _moved(places: Places, person: Somebody, old: Said, said: Said, found: Difference) -> str:
    before = old[2] if isinstance(old[2], UUID) else None
    school = old[1] if isinstance(old[1], UUID) else UUID(int=0)
    found.deeds.append(Move(person.id, school, before, said[2]))
    team = places.name(old[2])
    instead = f" instead of {team}" if team else ""
    return f"team: {places.name(said[2]) or 'none'}{instead}{_with_targets(person)}"


def _with_targets(person: Somebody) -> str:
    many = person.open_targets
    if not many:
        return ""
    what = "open target goes" if many == 1 else "open targets go"
    return f"; {many} {what} with them to whoever leads them there"


def _remember(
    before: Mapping[str, Role],
    wanted: dict[str, Said],
    taken: set[str],
    person: Somebody,
    found: Difference,
) -> None:
    """Keep which row of the file says which role."""
    found.deeds += [Forget(Kind.POST, key) for key in sorted(taken)]
    for key, said in wanted.items():
        if key not in before or _as_said(before[key]) != said:
            found.deeds.append(KeepPost(key, person.id, *said))


def _lost(
    before: Mapping[str, Role],
    taken: set[str],
    wanted: dict[str, Said],
    keep: Sequence[Said],
    held: dict[Said, Role],
) -> Iterator[Role]:
    """Roles that files gave and none says any more."""
    said_before = [_as_said(before[key]) for key in before if key in taken or key in wanted]
    lost: list[Said] = []
    for said in said_before:
        old = _held(said, held)
        if old is not None and _held(said, keep) is None and old not in lost:
            lost.append(old)
            yield held[old]


def is_among(role: Role, roles: Iterable[Role]) -> bool:
    """Whether one of these roles is that one; a teacher is one of the school in any team."""
    return _held(_as_said(role), map(_as_said, roles)) is not None


def take_all(places: Places, person: Somebody, found: Difference) -> list[str]:
    """Take every role that files gave and no other source says; in words."""
    said, others = places.here.posts.get(person.id, {}), places.here.others.get(person.id, ())
    lost = [
        role
        for role in sorted(person.roles, key=str)
        if is_among(role, said.values()) and not is_among(role, others)
    ]
    found.deeds += [Forget(Kind.POST, key) for key in sorted(said)]
    found.deeds += [Take(person.id, role) for role in lost]
    return [f"no longer {in_words(places, role)}" for role in lost]


def _told(
    places: Places,
    person: Somebody,
    given: Sequence[Said],
    lost: Sequence[Role],
    words: list[str],
) -> list[str]:
    """What changes in words; one role for another of its kind stands together."""
    left = list(lost)
    for said in given:
        old = next((role for role in left if role.kind is said[0]), None)
        if old is None:
            words.append(f"new: {words_for(places, *said)}")
            continue
        left.remove(old)
        targets = _with_targets(person) if said[0] is RoleKind.TEACHER else ""
        words.append(f"{words_for(places, *said)} instead of {in_words(places, old)}{targets}")
    return words + [f"no longer {in_words(places, role)}" for role in left]


def words_for(places: Places, kind: RoleKind, school: Ref, team: Ref | None) -> str:
    """Such as `leader of Upper school, Thornbeck Primary`."""
    where, group = places.name(school), places.name(team)
    return {
        RoleKind.HEAD: f"head of {where}",
        RoleKind.ADVISER: f"adviser of {where}",
        RoleKind.LEADER: f"leader of {group}, {where}",
        RoleKind.TEACHER: f"teacher in {', '.join(filter(None, (group, where)))}",
    }.get(kind, str(kind))


def in_words(places: Places, role: Role) -> str:
    """A role that somebody has, in the same words."""
    return words_for(places, role.kind, role.school_id or "", role.team_id)
