"""The map of observers in words: its sentences, its marks and lines, and who hangs on what."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from observe.core.network import Bridge, Met, SchoolLink
from observe.core.network_picture import Spot
from observe.core.pairing import LeftOut
from observe.core.permissions import RoleKind
from observe.services.network_map import NetworkMap
from observe.services.next_pairs import Proposal
from observe.storage.pair_graph import Observer
from observe.web.calibration.figure_words import lessons
from observe.web.calibration.leniency_words import observers
from observe.web.dates import term_name
from observe.web.words import gettext as _
from observe.web.words import ngettext

THINNEST, THICKER, MOST_LESSONS = 1.5, 0.75, 12
DESCRIBED = 3
LETTERS = (1, 1), (1, 2), (2, 1), (3, 1), (1, 3)


def number(of: int) -> str:
    """Small numbers as words, `two`."""
    words = (
        *(_("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six")),
        *(_("seven"), _("eight"), _("nine")),
    )
    return words[of] if of < len(words) else str(of)


def sentence(found: NetworkMap) -> str:
    """What the page begins with; what is in [brackets] is the answer."""
    if not found.groups:
        return _("[Nobody has observed with anybody] in the lessons that were chosen.")
    if len(found.groups) == 1:
        return _(
            "%(observers)s, [all linked] by lessons together, so they can be compared with one another.",
            observers=observers(found.linked),
        )
    return _(
        "%(observers)s in [%(groups)s groups that have never met]. Within a group they can be "
        "compared; between the groups, not yet.",
        observers=observers(found.linked),
        groups=number(len(found.groups)),
    )


def alone(found: NetworkMap) -> str:
    """`3 more have observed with nobody.`, empty where there are none."""
    if not found.alone:
        return ""
    return ngettext(
        "%(num)d more who is to observe has observed with nobody.",
        "%(num)d more who are to observe have observed with nobody.",
        found.alone,
    )


def joining(proposals: Sequence[Proposal], found: NetworkMap) -> str:
    """Which one lesson would join groups, where one is proposed."""
    joins = next((each for each in proposals if each.kind == "joins"), None)
    if joins is None or len(found.groups) < 2 or found.choices.is_narrowed:
        return ""
    return _(
        "One lesson shared by %(first)s and %(second)s would join %(groups)s.",
        first=joins.first.name,
        second=joins.second.name,
        groups=_("the groups") if len(found.groups) == 2 and not found.alone else _("two of them"),
    )


def own(found: NetworkMap, me: UUID) -> str:
    """With how many the reader observed, and in which group they are."""
    partners = len(found.seen.of_person.get(me, ()))
    if not partners:
        return _("You have observed with nobody yet in the lessons that were chosen.")
    group = found.group_of.get(me, 0)
    with_whom = ngettext(
        "You have observed with %(num)d person.", "You have observed with %(num)d people.", partners
    )
    if len(found.groups) < 2 or not group:
        return with_whom
    size = observers(found.groups[group - 1])
    return f"{with_whom} " + _("You are in group %(n)d, of %(size)s.", n=group, size=size)


def since(found: NetworkMap) -> str:
    """`since Autumn 2025`, or since when lessons are known at all."""
    chosen = found.choices.since
    return _("since %(term)s", term=term_name(chosen)) if chosen else _("in all terms")


def thickness(met: Met) -> float:
    """How thick a line is, in pixels: from 1 to 12 lessons; more look like 12."""
    return THINNEST + THICKER * min(met.lessons, MOST_LESSONS)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of the picture: somebody, or a school where there are very many people."""

    spot: Spot
    label: str
    name: str
    group: int
    visits: bool


def marks(found: NetworkMap) -> list[Mark]:
    """Every mark, with letters where they fit."""
    labels = {} if found.by_school else short_names(found.observers.values())
    return [
        Mark(
            spot=spot,
            label=labels.get(mark_id, ""),
            name=mark_name(found, mark_id),
            group=found.drawn_groups.get(mark_id, 0),
            visits=found.by_school and mark_id in found.observers,
        )
        for mark_id, spot in found.picture.spots.items()
    ]


def mark_name(found: NetworkMap, mark_id: UUID) -> str:
    """The name of a person or of a school."""
    observer = found.observers.get(mark_id)
    return observer.name if observer else found.schools.get(mark_id, "")


def lines(found: NetworkMap) -> Iterator[tuple[Spot, Spot, float]]:
    """From where to where each link goes, and how thick it is."""
    spots = found.picture.spots
    for each in found.drawn.met:
        yield spots[each.first], spots[each.second], thickness(each)


def proposed(found: NetworkMap, proposals: Sequence[Proposal]) -> list[tuple[Spot, Spot]]:
    """From where to where each proposal goes, if both ends are in the picture and apart."""
    spots = found.picture.spots
    places = [[_mark_of(found, person_id) for person_id in each.both] for each in proposals]
    return [
        (spots[one], spots[other])
        for one, other in places
        if one in spots and other in spots and one != other
    ]


def _mark_of(found: NetworkMap, person_id: UUID) -> UUID:
    """The mark under which somebody stands: their own, or that of their only school."""
    schools = found.homes.get(person_id, frozenset())
    return next(iter(schools)) if found.by_school and len(schools) == 1 else person_id


def short_names(of: Iterable[Observer]) -> Mapping[UUID, str]:
    """Initials by person, with letters more where two would have the same."""
    left, found = {each.id: each.name for each in of}, dict[UUID, str]()
    for letters in LETTERS:
        tried = {each: _letters(name, *letters) for each, name in left.items()}
        times = Counter((*tried.values(), *found.values()))
        found |= {each: short for each, short in tried.items() if times[short] == 1}
        left = {each: name for each, name in left.items() if each not in found}
    return found | {each: f"{_letters(left[each], 1, 1)}{n}" for n, each in enumerate(left, 2)}


def _letters(name: str, of_first: int, of_last: int) -> str:
    """`SP`, `SPr` or `SiP`; of one name, its beginning."""
    first, *rest = name.split()
    last = rest[-1] if rest else ""
    return f"{first[:of_first].capitalize()}{last[:of_last].capitalize()}"


def description(found: NetworkMap) -> str:
    """The picture read aloud: how large its groups are, and around whom."""
    sizes = Counter(found.drawn_groups.get(mark_id, 0) for mark_id in found.drawn.people)
    shown = [number for number in sorted(sizes) if number][:DESCRIBED]
    told = [_described(found, group, sizes[group]) for group in shown]
    more = len([each for each in sizes if each]) - len(told)
    if more:
        told.append(ngettext("%(num)d smaller group", "%(num)d smaller groups", more))
    if sizes[0]:
        told.append(_("%(n)d linked with nobody", n=sizes[0]))
    return _("%(groups)s. The table below says the same.", groups="; ".join(told))


def _described(found: NetworkMap, group: int, size: int) -> str:
    members = [each for each in found.drawn.people if found.drawn_groups.get(each) == group]
    links = found.drawn.of_person
    around = sorted(members, key=lambda each: -len(links.get(each, ())))[: 2 if size > 3 else 1]
    return _(
        "group %(group)d: %(size)d, around %(names)s",
        group=group,
        size=size,
        names=_(" and ").join(mark_name(found, each) for each in around),
    )


def _roles() -> Mapping[RoleKind, str]:
    """How each role is called."""
    return {
        RoleKind.HEAD: _("head"),
        RoleKind.ADVISER: _("adviser"),
        RoleKind.LEADER: _("team leader"),
    }


def _role(found: NetworkMap, observer: Observer, called: Mapping[RoleKind, str]) -> str:
    """`head, Thornbeck Primary`; an adviser of several schools is an adviser."""
    if observer.left:
        return _("has left")
    if not observer.roles:
        return _("observes no more")
    where = [found.schools[each] for each in observer.schools if each in found.schools]
    what = called[observer.roles[0].kind]
    return f"{what}, {where[0]}" if len(where) == 1 else what


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in the table of people."""

    name: str
    role: str
    group: int
    partners: int
    met: Sequence[Met]


def people(found: NetworkMap) -> list[PersonLine]:
    """Everybody in the picture, by name."""
    links, called = found.seen.of_person, _roles()
    return [
        PersonLine(
            name=observer.name,
            role=_role(found, observer, called),
            group=found.group_of.get(observer.id, 0),
            partners=len(links.get(observer.id, ())),
            met=links.get(observer.id, ()),
        )
        for observer in (found.observers[each] for each in found.seen.people)
    ]


def bridges(found: NetworkMap) -> list[str]:
    """What would happen without each link that holds a group together."""
    return [_bridge(found, each) for each in found.bridges]


def _bridge(found: NetworkMap, of: Bridge) -> str:
    met, cut = of.met, len(of.cut_off)
    return ngettext(
        "Without %(first)s with %(second)s (%(lessons)s) %(num)d observer would be cut off.",
        "Without %(first)s with %(second)s (%(lessons)s) %(num)d observers would be cut off.",
        cut,
        first=found.observers[met.first].name,
        second=found.observers[met.second].name,
        lessons=lessons(met.lessons),
    )


def thin_schools(found: NetworkMap) -> list[str]:
    """`Thornbeck Primary is joined to the others only by Ruth Adeyemi.`, a sentence a school."""
    return [_thin_school(found, each) for each in found.thin_schools]


def _thin_school(found: NetworkMap, link: SchoolLink) -> str:
    school = found.schools.get(link.school_id, "")
    if link.through is None:
        return _("%(school)s is not joined to any other school.", school=school)
    name = found.observers[link.through].name
    return _("%(school)s is joined to the others only by %(name)s.", school=school, name=name)


def edge(found: NetworkMap) -> list[str]:
    """Who is at the edge: with nobody first, then with one partner."""
    nobody = [
        _("%(name)s has observed with nobody.", name=found.observers[each].name)
        for each in found.seen.alone
    ]
    return nobody + [_one_partner(found, each) for each in found.seen.with_one_partner]


def _one_partner(found: NetworkMap, person_id: UUID) -> str:
    (met,) = found.seen.of_person[person_id]
    return _(
        "%(name)s only with %(partner)s (%(lessons)s).",
        name=found.observers[person_id].name,
        partner=found.observers[met.beside(person_id)].name,
        lessons=lessons(met.lessons),
    )


def apart(found: NetworkMap) -> list[str]:
    """Lessons together that make no link, one sentence a reason."""
    told = {
        LeftOut.NOT_BLIND: lambda n: ngettext(
            "%(num)d lesson together is no link, because the records were opened early.",
            "%(num)d lessons together are no link, because the records were opened early.",
            n,
        ),
        LeftOut.UNSEALED_IMPORT: lambda n: ngettext(
            "%(num)d imported lesson is no link, because nobody knows whether it was blind.",
            "%(num)d imported lessons are no link, because nobody knows whether they were blind.",
            n,
        ),
    }
    return [told[why](number) for why, number in found.apart.items() if number]
