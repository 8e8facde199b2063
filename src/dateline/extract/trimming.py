"""What stands among the paragraphs of a page and is not the article: dropped, block by block.

Only what can be told by its form, its place or a phrase that pages of many outlets share; nothing
is known of any one site.
"""

import re
from dataclasses import dataclass
from itertools import takewhile

from dateline import text as words
from dateline.extract.blocks import Block
from dateline.extract.moments import read_moment
from dateline.extract.shingles import cut_shingles, share_of

# Labels that stand alone in a line, in the languages that we met them in.
_LABEL = re.compile(
    r"""^(?:advertisement|advertising|article\scontent|story\scontinues(?:\sbelow)?.*|sponsored(?:\scontent)?
    |anzeige|werbung|publicidad|publicit[eé]|pubblicit[aà]|publicidade|reklama?|reklame|annonce|реклама|διαφήμιση
    |広告|광고|share|share\sthis(?:\sarticle)?|teilen|compartir|partager|condividi|поделиться|поділитися
    |read\smore|read\salso|related(?:\s(?:articles?|stories|topics|content))?|more\son\sthis(?:\sstory)?|see\salso|recommended
    |mehr\szum\sthema|lesen\ssie\s(?:auch|mehr).*|weiterf[uü]hrende\slinks|auch\sinteressant|thema|themen|mehr\sdazu
    |lire\saussi|[àa]\slire\saussi.*|leggi\sanche|lee\stambi[eé]n|m[aá]s\sinformaci[oó]n|leia\s(?:tamb[eé]m|mais)|lees\sook
    |l[aä]s\s(?:mer|ocks[aå]|också)|les\sogs[aå]|l[aæ]s\sogs[aå]|читайте\sтак(?:же|ож)|czytaj\s(?:te[zż]|tak[zż]e|r[oó]wnie[zż])|[cč]t[eě]te\stak[eé]
    |comments?|kommentare?|join\sthe\sconversation|leave\sa\scomment|topics?|tags?|loading\.*|video|photos?|gallery
    |you\smay\salso\slike|most\s(?:popular|read)|trending(?:\snow)?|newsletters?|follow\sus.*|our\sstandards:.*)\s*[:»›>]?$""",
    re.IGNORECASE | re.VERBOSE,
)
# What outlets ask of their readers; looked for in short blocks at the end and linked ones.
_APPEAL = re.compile(
    r"""\b(?:sign\sup\s(?:for|to|here)|subscribe\s(?:to|now|today|here)|click\shere\s(?:to|for)|get\sour\s(?:free\s)?(?:app|newsletter)
    |download\s(?:the|our)\sapp|follow\s(?:us|\w+)\son\s(?:twitter|x|facebook|instagram|whatsapp|telegram)|check\sour\snews\spage
    |for\smore\sstories\slike\sthis|do\syou\shave\sa\s(?:story|tip)|got\sa\s(?:story|tip)|email\sus\sat|support\sour\sjournalism|all\srights\sreserved
    |this\s(?:article|story)\s(?:was\soriginally|originally)\s(?:published|appeared)|become\sa\s(?:member|subscriber)|already\sa\ssubscriber
    |unterst[uü]tzen\ssie\suns|hat\sihnen\sdieser\sartikel\sgefallen|jetzt\s(?:abonnieren|testen|anmelden)|newsletter\s(?:abonnieren|anmelden)
    |abonnez-vous|inscrivez-vous|suscr[ií]b(?:ase|ete)|s[ií]guenos|iscriviti|assine\s(?:o|a|já)|abonneer|podpise?\w*\sna|подпи(?:шитесь|сывайтесь)
    |підпи(?:шіться|суйтесь)|d[oö]ntese\sa|abone\solun|tilaa\suutiskirje|meld\sdeg\sp[aå]|registrieren\ssie\ssich)""",
    re.IGNORECASE | re.VERBOSE,
)
_LINK_LABEL = re.compile(
    r"^(?:read\smore|read\salso|see\salso|related|also\sread|watch|lesen\ssie\sauch|mehr|lire\saussi|"
    r"leggi\sanche|lee\stambi[eé]n|leia|читайте|czytaj|l[aä]s|les)\b[^.]{0,25}[:|–-]",
    re.IGNORECASE,
)
_LINKED = 0.75  # share of a block's characters that are links
_LINK_LIST = 0.3  # share of blocks that are links, from which on links are what the article gives
_SENTENCE = 8  # different words; what has more is no label
_HEAD = 6  # blocks at the start among which dates and names may stand
_APPEAL_LENGTH = 300  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known of the page around the paragraphs."""

    headlines: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # kicker and section
    names: tuple[str, ...] = ()  # of the authors
    declared: frozenset[int] = frozenset()  # shingles of the JSON-LD text, where it is complete


def trim_blocks(blocks: list[Block], around: Surroundings) -> list[Block]:
    """Return the blocks that are the article."""
    kept = _trim_head(blocks, around)
    kept = [block for block in kept if not _is_label(block)]
    kept = _drop_links(kept)
    kept = _drop_repeats(kept)
    kept = _keep_declared(kept, around.declared)
    return _trim_tail(kept)


def _trim_head(blocks: list[Block], around: Surroundings) -> list[Block]:
    """Drop headline, names, dates and crumbs before the first real paragraph."""
    titles = [set(words.list_words(title)) for title in (*around.headlines, *around.labels)]
    names = {word for name in around.names for word in words.list_words(name)}
    opening = takewhile(lambda block: len(set(words.list_words(block.text))) <= _SENTENCE, blocks)
    head = min(len(list(opening)) + 1, _HEAD)
    return [block for block in blocks[:head] if not _is_head(block, titles, names)] + blocks[head:]


def _is_head(block: Block, titles: list[set[str]], names: set[str]) -> bool:
    found = set(words.list_words(block.text))
    if not found:
        return True
    if any(
        found == title or (len(title) > 2 and _overlap(found, title) >= 0.8) for title in titles
    ):
        return True
    if len(found) > _SENTENCE:
        return False
    if " | " in block.text:
        return True  # what is left of a navigation
    if read_moment(block.text) is not None or len(found - names - {"by", "von", "par", "por"}) == 0:
        return True
    return block.linked >= len(block.text) * _LINKED


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _is_label(block: Block) -> bool:
    text = block.text
    if not any(map(str.isalpha, text)) and block.tag != "li" and block.tag != "pre":
        return True
    if len(text) <= 60 and _LABEL.match(text):
        return True
    return bool(_LINK_LABEL.match(text) and block.linked > len(text) * 0.5)


def _drop_links(blocks: list[Block]) -> list[Block]:
    """Drop blocks that are only links, unless the article is a list of links."""
    linked = [block.linked >= len(block.text) * _LINKED for block in blocks]
    if sum(linked) > len(blocks) * _LINK_LIST:
        return blocks
    return [block for block, only in zip(blocks, linked, strict=True) if not only]


def _drop_repeats(blocks: list[Block]) -> list[Block]:
    """Drop a long block that stood before: pull quotes and teasers repeat the article."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        if len(block.text) > 40 and block.text in seen:
            continue
        seen.add(block.text)
        kept.append(block)
    return kept


def _keep_declared(blocks: list[Block], declared: frozenset[int]) -> list[Block]:
    """Drop paragraphs that the text declared by the page does not have, where it is complete.

    The paragraphs before the first that it has stay (the standfirst is often left out there), and
    so do headings and long paragraphs: declared texts have holes.
    """
    if not declared or not blocks:
        return blocks
    shares = [share_of(cut_shingles(block.text), declared) for block in blocks]
    own = sum(len(b.text) for b, share in zip(blocks, shares, strict=True) if share >= 0.5)
    if own < 0.75 * sum(len(block.text) for block in blocks):
        return blocks
    first = next(place for place, share in enumerate(shares) if share >= 0.5)
    return [
        block
        for place, block in enumerate(blocks)
        if place < first
        or shares[place] >= 0.3
        or block.tag.startswith("h")
        or (len(block.text) > _APPEAL_LENGTH and not block.linked)
    ]


def _trim_tail(blocks: list[Block]) -> list[Block]:
    """Drop headings without text and appeals at the end."""
    kept = list(blocks)
    while kept and (kept[-1].tag.startswith("h") or _is_appeal(kept[-1])):
        kept.pop()
    return [block for block in kept if not (_is_appeal(block) and block.linked)]


def _is_appeal(block: Block) -> bool:
    return len(block.text) <= _APPEAL_LENGTH and bool(_APPEAL.search(block.text))
