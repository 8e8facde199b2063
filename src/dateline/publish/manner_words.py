"""Words of pages and feeds alike: how what someone said is given, by quotation or by report."""

from dateline.model import Hedge, Statement, StatementKind
from dateline.publish.speaking import Speaker
from dateline.text import squeeze

QUOTED = "“{}”"  # what was said, in the marks of the language
KINDS = {
    StatementKind.DIRECT: "in quotation marks",
    StatementKind.INDIRECT: "in the words of the report",
    StatementKind.MIXED: "partly in quotation marks",
}
HEDGES = {Hedge.REPORTEDLY: "reported without saying by whom"}
STANCES = {Hedge.DENIED: "Denied:", Hedge.WITHDRAWN: "Taken back:"}


def say_kind(say: Speaker, kind: StatementKind) -> str:
    """Return how the words are given."""
    return say.text(KINDS[kind])


def say_hedge(say: Speaker, hedge: Hedge) -> str:
    """Return what a reader should know of how it is reported, where no cue says so; else ""."""
    return say.text(HEDGES.get(hedge, ""))


def say_stance(say: Speaker, statement: Statement) -> str:
    """Return what must stand before words that their speaker does not stand by; "" for others.

    Quoted words are those of the denial itself.
    """
    if statement.negated or statement.kind is StatementKind.DIRECT:
        return ""
    return say.text(STANCES.get(statement.hedge, ""))


def say_words(say: Speaker, statement: Statement) -> str:
    """Return the words of a statement: in quotation marks only where they are direct speech.

    Where the source says something in between, the words do not run on.
    """
    pieces = [squeeze(each) for each in statement.pieces]
    if statement.kind is StatementKind.DIRECT:
        pieces = [say.text(QUOTED).format(each) for each in pieces if each]
    return " … ".join(each for each in pieces if each)


def say_manner(say: Speaker, statement: Statement) -> str:
    """Return the source's own word for how it was said, and how the words are given."""
    cue = squeeze(statement.cue) or say_hedge(say, statement.hedge)
    return " · ".join(each for each in (cue, say_kind(say, statement.kind)) if each)
