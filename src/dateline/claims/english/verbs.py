"""Statements by verbs of saying: the verb, its subject, and what stands around them."""

from dateline.claims.english.contents import (
    Content,
    look_ahead,
    spoken_after,
    spoken_apart,
    told_of,
    spoken_around,
    spoken_before,
    thing_after,
)
from dateline.claims.english.finds import Find
from dateline.claims.english.groups import Group, find_groups
from dateline.claims.english.lines import Line, Sheet, Subject, closing_quote
from dateline.claims.english.phrases import NOUNS, phrase_after, phrase_before
from dateline.claims.english.subjects import main_subject, subject_before
from dateline.model import Hedge

_SPOKEN = frozenset(("quote", "quoted", "clause", "told"))
_BY_TAKE = {"noun": 0.86, "as": 0.9, "about": 0.8, "of": 0.85, "on": 0.75, "with": 0.75, "to": 0.95}
_TELLING = frozenset(("tell", "inform", "remind", "notify", "reassure", "brief", "assure"))
_SHORT = 12  # tokens of a sentence that only says who asked or cried
_SURE = 0.95  # trust of a cue that may follow a quotation that ended with a full stop
_OPEN_ENDS = frozenset(("comma", "end", "far", "quote"))


def find_by_verbs(sheet: Sheet, line: Line) -> list[Find]:
    """Return the statements of a line that verbs of saying tell, in order."""
    groups = [(group, _subject(line, group)) for group in find_groups(line)]
    edges = {
        edge: number
        for number, (group, subject) in enumerate(groups)
        if (edge := _trailing_edge(sheet, line, group, subject)) is not None
    }
    ends = {edge - 1: number for edge, number in edges.items()}
    finds: list[Find] = []
    for number, (group, subject) in enumerate(groups):
        edge = next((e for e, n in edges.items() if n == number), None)
        found = _read(sheet, line, (group, subject, edge), (ends, finds))
        if found is not None:
            finds.append(found)
    return finds


def _subject(line: Line, group: Group) -> Subject | None:
    if group.form == "finite":
        return subject_before(line, group.subject_end)
    return None


def _is_spoken(group: Group) -> bool:
    return any(frame.take in _SPOKEN for frame in group.cue.frames)


def _trailing_edge(sheet: Sheet, line: Line, group: Group, subject: Subject | None) -> int | None:
    """Return the first token of "she said" behind what was said, None where it comes first."""
    if group.form != "finite" or not _is_spoken(group):
        return None
    if subject is None:
        return _inverted_edge(sheet, line, group)
    edge = subject.outer
    if edge > line.first + 1 and line.low[edge - 1] == "as":
        edge -= 1  # "…, as she said"
    if edge == 0 or line.tags[edge - 1] not in ",\"'-":
        return None
    if _asks_for_cue(sheet, line, edge):
        return edge
    first = group.last
    if any(frame.take in ("told", "them_to") for frame in group.cue.frames):
        first = phrase_after(line, first, longest=14)
    ahead = look_ahead(sheet, line, first)
    if edge == line.first and not _may_follow(sheet, line, group, edge):
        return None
    if ahead.what == "quote":
        return edge if _behind_quote(sheet, line, edge) is not None else None
    return edge if ahead.what in _OPEN_ENDS else None


def _behind_quote(sheet: Sheet, line: Line, edge: int) -> int | None:
    """Return the quotation that ends right before a token, None where none does."""
    at = edge - 1
    if at > 0 and line.tags[at] == ",":
        at -= 1
    return closing_quote(sheet, at) if line.tags[at] in "\"'" else None


def _may_follow(sheet: Sheet, line: Line, group: Group, edge: int) -> bool:
    """Say whether a sentence like "she said" may belong to a quotation that ended before it."""
    number = _behind_quote(sheet, line, edge)
    if number is None:
        return False
    end = line.words.quotes[number].spans[-1][1]
    if "\n" in line.words.text[end : line.words.starts[edge]]:
        return False
    return line.words.text[end - 1] != "." or group.cue.frames[0].trust >= _SURE


def _asks_for_cue(sheet: Sheet, line: Line, edge: int) -> bool:
    """Say whether the quotation before ends with a comma, so that its source must follow."""
    number = _behind_quote(sheet, line, edge)
    if number is None:
        return False
    if line.tags[edge - 1] == ",":
        return True
    quote = line.words.quotes[number]
    last = line.words.text[quote.spans[-1][1] - 1]
    is_short = line.last - edge <= _SHORT
    return quote.is_closed and (last == "," or (last in "?!—…" and is_short))


def _inverted_edge(sheet: Sheet, line: Line, group: Group) -> int | None:
    """Return the verb of "…, said Ann Roe", None where no source follows it."""
    at = group.first
    if at == 0 or line.tags[at - 1] not in ",\"'-" or group.last >= line.last:
        return None
    end = phrase_after(line, group.last)
    is_told = any(frame.take == "told" for frame in group.cue.frames)
    if end == group.last or (is_told and not _asks_for_cue(sheet, line, at)):
        return None
    is_sure = group.cue.lemma == "say" or line.tags[group.last] in "KH"
    if not is_sure and _behind_quote(sheet, line, at) is None:
        return None
    is_name = any(tag in "KHSL#" for tag in line.tags[group.last : end])
    after = line.tags[end] if end < line.last else "."
    return at if is_name and after not in "VXMYB" else None


def _read(
    sheet: Sheet,
    line: Line,
    what: tuple[Group, Subject | None, int | None],
    known: tuple[dict[int, int], list[Find]],
) -> Find | None:
    group, subject, edge = what
    ends, finds = known
    seems = group.cue.frames[0].take == "seem"
    if group.form == "passive" or seems:
        return _read_passive(line, group, ends)
    content: Content | None = None
    if edge is not None:
        content = spoken_before(sheet, line, group, edge, ends)
        if content is not None and subject is None:
            subject = _after(line, group.last)
    elif subject is None and group.form == "finite":
        subject = _shared(line, group, finds)
    if content is None and subject is None and group.form in ("ing", "to"):
        subject = _of_participle(line, group, finds)
    if content is None and subject is not None and group.form == "finite":
        content = _around(line, group, subject)
    if content is None:
        content = spoken_after(sheet, line, group, ends) or thing_after(line, group, ends)
    elif content.is_before:
        spoken_around(sheet, line, content, max(group.last, subject.last if subject else 0))
    if content is None or group.form == "part":
        return None
    if content.told is None:
        content.told = told_of(line, group)
    return _make(line, group, subject, content)


def _around(line: Line, group: Group, subject: Subject) -> Content | None:
    """Read "As she said, it rained" and "The plan, she said, will fail"."""
    edge = subject.outer
    if edge > line.first and line.low[edge - 1] == "as":
        return spoken_apart(line, group, line.first) if edge - 1 == line.first else None
    if edge == line.first or line.tags[edge - 1] == ",":
        return spoken_apart(line, group, edge)
    return None


def _make(line: Line, group: Group, subject: Subject | None, content: Content) -> Find:
    return Find(
        line=line,
        content=content.spans,
        source=subject,
        cue=(group.first, content.cue_last),
        hedge=content.frame.hedge,
        trust=content.frame.trust * _surety(group, subject) * _lacking(group, content) * _BY_TAKE.get(content.frame.take, 1.0),
        take=content.frame.take,
        is_negated=_is_negated(line, group),
        told=content.told,
        quotes=list(content.quotes),
        last=content.cue_last,
    )


def _lacking(group: Group, content: Content) -> float:
    """Return how much surer a verb like "told" would be if it were said whom."""
    is_told = group.cue.frames[0].take == "told" and content.frame.take in ("clause", "quote")
    needs = is_told and not content.is_before and group.cue.lemma in _TELLING
    return 0.6 if needs and content.told is None else 1.0


def _is_negated(line: Line, group: Group) -> bool:
    return group.is_negated or group.cue.lemma in line.words.lexicon.sets["negative"]


def _surety(group: Group, subject: Subject | None) -> float:
    if subject is None:
        return 0.5
    if group.form == "ing" and subject.how == "near":
        return 0.7
    by_form = {"finite": 1.0, "ing": 0.9, "to": 0.7}.get(group.form, 0.6)
    by_subject = {"main": 0.85, "shared": 0.95, "relative": 0.8, "after": 0.97}
    return by_form * by_subject.get(subject.how, 1.0)


def _after(line: Line, first: int) -> Subject:
    """Return the source behind an inverted verb, with what is set beside it."""
    end = phrase_after(line, first)
    whole = end
    if end + 1 < line.last and line.tags[end] == "," and line.tags[end + 1] in "DKLH#":
        further = phrase_after(line, end + 1)
        is_beside = further == line.last or line.tags[further] in ',.;"'
        if further > end + 1 and is_beside:
            whole = further
    return Subject(first, whole, "after", first)


def _shared(line: Line, group: Group, finds: list[Find]) -> Subject | None:
    """Return the subject of an earlier verb for "… and added that"."""
    previous = line.tags[group.subject_end - 1] if group.subject_end > line.first else ""
    if previous not in ("C", ","):
        return None
    for find in reversed(finds):
        if find.source is not None and find.take != "passive":
            source = find.source
            return Subject(source.first, source.last, "shared", source.outer)
    return main_subject(line, group.subject_end)


def _of_participle(line: Line, group: Group, finds: list[Find]) -> Subject | None:
    """Return whose saying, hoping or refusing it is: of the noun before it or of the sentence."""
    if group.form == "ing" and group.subject_end > line.first and line.tags[group.subject_end - 1] in NOUNS:
        start = phrase_before(line, group.subject_end)
        if start is not None:
            return Subject(start, group.subject_end, "near", start)
    if group.form == "ing" and group.subject_end > line.first:
        main = main_subject(line, group.subject_end)
        if main is not None and line.tags[group.subject_end - 1] in ",-":
            return main
    for find in reversed(finds):
        if find.source is not None:
            source = find.source
            return Subject(source.first, source.last, "shared", source.outer)
    return main_subject(line, group.subject_end)


def _read_passive(line: Line, group: Group, ends: dict[int, int]) -> Find | None:
    """Read "is expected to", "is believed to", "it is said that", "was criticized by"."""
    frames = {frame.take: frame for frame in group.cue.frames}
    subject = subject_before(line, group.subject_end)
    low = line.low
    if subject is None or group.last >= line.last:
        return None
    word = low[group.last]
    if word == "to" and not frames.keys().isdisjoint(("to", "clause", "noun", "seem")):
        content = thing_span(line, group.last, ends)
        spans = [line.words.span(subject.first, subject.last), content]
        frame = next(iter(frames.values()))
        return _passive(line, group, (None, spans), frame)
    if word == "by":
        end = phrase_after(line, group.last + 1)
        if end > group.last + 1:
            source = Subject(group.last + 1, end, "after", group.last + 1)
            spans = [line.words.span(subject.first, subject.last)]
            return _passive(line, group, (source, spans), next(iter(frames.values())))
    return None


def thing_span(line: Line, first: int, ends: dict[int, int]) -> tuple[int, int]:
    """Return the place of what a verb is about from a token on."""
    from dateline.claims.english.ends import object_end

    end = object_end(line, first, ends)
    return line.words.span(first, max(end, first + 1))


def _passive(
    line: Line, group: Group, what: tuple[Subject | None, list[tuple[int, int]]], frame: object
) -> Find:
    from dateline.claims.english.lexicon import Frame

    assert isinstance(frame, Frame)  # noqa: S101
    source, spans = what
    hedge = Hedge.REPORTEDLY if group.cue.lemma == "say" else frame.hedge
    trust = frame.trust * (0.6 if source is None else 0.7)
    return Find(
        line, spans, source, (group.first, group.last), hedge, trust, "passive",
        group.is_negated, None, [], group.last,
    )
