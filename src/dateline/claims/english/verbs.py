"""Statements by verbs of saying: the verb, its subject, and what stands around them."""

from dateline.claims.english.after import spoken_after, thing_after, told_of
from dateline.claims.english.before import spoken_apart, spoken_around, spoken_before
from dateline.claims.english.edges import trailing_edge
from dateline.claims.english.ends import object_end
from dateline.claims.english.finds import Content, Find, Scene
from dateline.claims.english.groups import Group, find_groups
from dateline.claims.english.lexicon import Frame, word_set
from dateline.claims.english.lines import Line, Sheet, Subject
from dateline.claims.english.phrases import NOUNS, phrase_after, phrase_before
from dateline.claims.english.subjects import main_subject, subject_at, subject_before
from dateline.claims.english.withdrawals import OWN, is_open
from dateline.model import Hedge, Span

# How sure it is that a statement is one and is whole, by what the cue takes, by its form, and by
# how its subject was found.
_BY_TAKE = {"noun": 0.86, "as": 0.9, "about": 0.8, "of": 0.85, "on": 0.75, "with": 0.75, "to": 0.95}
_BY_FORM = {"finite": 1.0, "ing": 0.9, "to": 0.7}
_BY_SUBJECT = {"main": 0.85, "shared": 0.95, "relative": 0.8, "after": 0.97}
_NO_SUBJECT, _OTHER_FORM, _NOUN_BEFORE_ING = 0.5, 0.6, 0.7
_LONGEST_SHARED = 60  # tokens between a verb and "and added that"
_TOLD_NOBODY = 0.6  # "told" without someone who is told is rarely a verb of saying
_PASSIVE, _PASSIVE_BY = 0.6, 0.7
_DOUBTFUL = 0.8  # "could say", "nobody says", "why would she say"
_DENIES = frozenset(("deny", "denies", "denied", "denying"))
_TELLING, _NEGATIVE, _NOBODY = (word_set(name) for name in ("telling", "negative", "nobody"))
_OBJECT_LINKS, _EVENTS = word_set("object_links"), word_set("events")


def find_by_verbs(sheet: Sheet, line: Line) -> list[Find]:
    """Return the statements of a line that verbs of saying tell, in order."""
    groups = [(group, _subject(line, group)) for group in find_groups(line)]
    edges = [trailing_edge(sheet, line, group, subject) for group, subject in groups]
    scene = Scene(sheet, line, {edge for edge in edges if edge is not None})
    finds: list[Find] = []
    for (group, subject), edge in zip(groups, edges, strict=True):
        is_passive = group.form == "passive" or group.cue.frames[0].take == "seem"
        found = (
            _read_passive(scene, group)
            if is_passive
            else _read(scene, (group, subject, edge), finds)
        )
        if found is not None:
            finds.append(found)
    return finds


def _subject(line: Line, group: Group) -> Subject | None:
    return subject_before(line, group.subject_end) if group.form == "finite" else None


def _read(
    scene: Scene, what: tuple[Group, Subject | None, int | None], finds: list[Find]
) -> Find | None:
    group, subject, edge = what
    line = scene.line
    content = spoken_before(scene, group, edge) if edge is not None else None
    if content is not None:
        subject = subject or _after(line, group.last)
        if content.is_before:
            spoken_around(scene, content, max(group.last, subject.last))
    else:
        if subject is None and (edge is None or group.form != "finite"):
            subject = _other_subject(line, group, finds)
        content = _around(line, group, subject) if group.form == "finite" else None
        if group.first == line.first and group.form == "finite" and subject is None:
            subject, content = _said_first(scene, group)
        content = content or spoken_after(scene, group) or thing_after(scene, group)
    if content is None or group.form == "part":
        return None
    if content.frame.take in OWN and is_open(line, subject):
        return None
    if group.form == "ing" and group.first > line.first and line.low[group.first - 1] in _DENIES:
        return None  # "denied saying that": it was not said
    if content.told is None:
        content.told = told_of(line, group)
    return _make(line, group, subject, content)


def _said_first(scene: Scene, group: Group) -> tuple[Subject | None, Content | None]:
    """Read "Said Ann Roe, a teacher: “…”": the verb begins the sentence."""
    line, source = scene.line, _after(scene.line, group.last)
    frame = next((frame for frame in group.cue.frames if frame.take == "quote"), None)
    number = scene.sheet.opens.get(source.last + 1)
    if frame is None or number is None or line.tags[source.last] not in ":,":
        return None, None
    spans = list(line.words.quotes[number].spans)
    return source, Content(spans, frame, group.last, quotes=(number,))


def _other_subject(line: Line, group: Group, finds: list[Find]) -> Subject | None:
    if group.form == "finite":
        return _shared(line, group, finds)
    return _of_participle(line, group, finds) if group.form in ("ing", "to") else None


def _around(line: Line, group: Group, subject: Subject | None) -> Content | None:
    """Read "As she said, it rained" and "The plan, she said, will fail"."""
    if subject is None:
        return None
    edge = subject.outer
    if edge > line.first and line.low[edge - 1] == "as":
        return spoken_apart(line, group, line.first) if edge - 1 == line.first else None
    if edge == line.first or line.tags[edge - 1] == ",":
        return spoken_apart(line, group, edge)
    return None


def _make(line: Line, group: Group, subject: Subject | None, content: Content) -> Find:
    take = content.frame.take
    sure = _surety(line, group, subject) * _lacking(group, content) * _BY_TAKE.get(take, 1.0)
    return Find(
        line=line,
        content=content.spans,
        source=subject,
        cue=(group.first, content.cue_last),
        hedge=content.frame.hedge,
        trust=content.frame.trust * sure,
        take=take,
        is_negated=group.is_negated or group.cue.lemma in _NEGATIVE,
        told=content.told,
        quotes=list(content.quotes),
        last=content.cue_last,
    )


def _lacking(group: Group, content: Content) -> float:
    is_told = group.cue.frames[0].take == "told" and content.frame.take in ("clause", "quote")
    needs = is_told and not content.is_before and group.cue.lemma in _TELLING
    return _TOLD_NOBODY if needs and content.told is None else 1.0


def _surety(line: Line, group: Group, subject: Subject | None) -> float:
    if subject is None:
        return _NO_SUBJECT
    if group.form == "ing" and subject.how == "near":
        return _NOUN_BEFORE_ING
    sure = _BY_FORM.get(group.form, _OTHER_FORM) * _BY_SUBJECT.get(subject.how, 1.0)
    is_object = line.low[subject.first - 1] in _OBJECT_LINKS and subject.first > line.first
    is_nobody = line.low[subject.first] in _NOBODY or line.low[subject.last - 1] in _EVENTS
    is_doubtful = group.is_possible or is_object or is_nobody
    return sure * (_DOUBTFUL if is_doubtful or _is_asked(line, subject) else 1.0)


def _is_asked(line: Line, subject: Subject) -> bool:
    """Say whether the article itself asks: "Why would Ann Roe say so?"."""
    is_turned = subject.first > line.first and line.tags[subject.first - 1] in "XM"
    return is_turned and line.low[line.last - 1] == "?"


def _after(line: Line, first: int) -> Subject:
    """Return the source behind an inverted verb, with what is set beside it."""
    end = phrase_after(line, first)
    whole = end
    if end + 1 < line.last and line.tags[end] == "," and line.tags[end + 1] in "DKLH#":
        further = phrase_after(line, end + 1)
        is_beside = further == line.last or line.tags[further] in ',.;:"'
        if further > end + 1 and is_beside:
            whole = further
    return Subject(first, whole, "after", first)


def _shared(line: Line, group: Group, finds: list[Find]) -> Subject | None:
    """Return the subject of an earlier verb for "… and added that"."""
    previous = line.tags[group.subject_end - 1] if group.subject_end > line.first else ""
    if previous not in ("C", ","):
        return None
    source = _of_nearest_verb(line, group.subject_end - 1, finds)
    return source or main_subject(line, group.subject_end)


def _of_nearest_verb(line: Line, before: int, finds: list[Find]) -> Subject | None:
    """Return the subject of the nearest finite verb before a token, outside of what is told."""
    cues = {at: find for find in finds if find.cue for at in range(*find.cue)}
    told = [line.words.range_of(span) for find in finds for span in find.content]
    for at in range(before - 1, max(line.first, before - _LONGEST_SHARED), -1):
        find = cues.get(at)
        if find is not None and find.source is not None and find.take != "passive":
            return _share(find.source)
        if any(first <= at < last for first, last in told):
            continue
        found = subject_at(line, at)
        if found is not None:
            return _share(found)
    return None


def _share(source: Subject) -> Subject:
    return Subject(source.first, source.last, "shared", source.outer)


def _of_participle(line: Line, group: Group, finds: list[Find]) -> Subject | None:
    """Return whose saying, hoping or refusing it is: of the noun before it or of the sentence."""
    end = group.subject_end
    if group.form == "ing" and end > line.first + 1 and line.low[end - 1] == "as":
        return _of_quoted(line, end - 1, finds)
    before = line.tags[end - 1] if group.form == "ing" and end > line.first else "."
    start = phrase_before(line, end) if before in NOUNS else None
    if start is not None:
        main = main_subject(line, start) if line.tags[start - 1] in "EV" else None
        return main or Subject(start, end, "near", start)  # "emailed voters saying"
    trailing = _trailing(line, finds)
    if trailing is not None:
        return trailing
    main = main_subject(line, end) if before in ",-" else None
    if main is None and before == ",":  # "The mayor, referring to the bridge, left"
        start = phrase_before(line, end - 1)
        main = None if start is None else Subject(start, end - 1, "main", start)
    if main is not None:
        return main
    for find in reversed(finds):
        if find.source is not None:
            source = find.source
            return Subject(source.first, source.last, "shared", source.outer)
    return main_subject(line, group.subject_end)


def _of_quoted(line: Line, end: int, finds: list[Find]) -> Subject | None:
    """Return who is quoted: "quoting the mayor | as saying", "the mayor was quoted | as saying"."""
    start = phrase_before(line, end)
    if start is not None and line.low[start - 1] != "by":
        return Subject(start, end, "after", start)
    return _of_nearest_verb(line, end if start is None else start - 1, finds)


def _trailing(line: Line, finds: list[Find]) -> Subject | None:
    """Return the source of "…, she said" for "adding that" behind it."""
    find = next((find for find in reversed(finds) if find.source is not None), None)
    if find is None or find.source is None:
        return None
    is_behind = find.content[0][0] < line.words.starts[find.source.first]
    source = find.source
    return Subject(source.first, source.last, "shared", source.outer) if is_behind else None


def _read_passive(scene: Scene, group: Group) -> Find | None:
    """Read "is expected to", "is believed to", "seems to" and "was criticized by"."""
    line = scene.line
    subject = subject_before(line, group.subject_end)
    if subject is None or group.last >= line.last:
        return None
    frames = {frame.take: frame for frame in group.cue.frames}
    topic, word = line.words.span(subject.first, subject.last), line.low[group.last]
    if word == "to" and not frames.keys().isdisjoint(("to", "clause", "noun", "seem")):
        end = max(object_end(scene, group.last), group.last + 1)
        return _passive(line, group, None, [topic, line.words.span(group.last, end)])
    end = phrase_after(line, group.last + 1) if word == "by" else 0
    if end > group.last + 1:
        return _passive(line, group, Subject(group.last + 1, end, "after", group.last + 1), [topic])
    return None


def _passive(line: Line, group: Group, source: Subject | None, spans: list[Span]) -> Find:
    frame: Frame = group.cue.frames[0]
    return Find(
        line=line,
        content=spans,
        source=source,
        cue=(group.first, group.last),
        hedge=Hedge.REPORTEDLY if group.cue.lemma == "say" else frame.hedge,
        trust=frame.trust * (_PASSIVE if source is None else _PASSIVE_BY),
        take="passive",
        is_negated=group.is_negated,
        last=group.last,
    )
