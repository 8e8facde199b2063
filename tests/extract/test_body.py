"""Which words are the article: candidates, scores and what is trimmed."""

import pytest

from dateline.extract.blocks import Block, join_html, join_text, plain_blocks, read_blocks
from dateline.extract.body import Candidate, choose_body, count_words
from dateline.extract.decoding import decode_page
from dateline.extract.language import base_language, tell_language
from dateline.extract.tree import parse_page, parse_tree
from dateline.extract.trimming import Surroundings, trim_blocks
from dateline.model import Entry

SENTENCE = (
    "Engineers said on day {} that the dam above the town had held and nobody was hurt there. "
)
PARAGRAPHS = [SENTENCE.format(day) + SENTENCE.format(f"{day} again") for day in range(12)]


def choose(html: str, entry: Entry | None = None) -> Candidate:
    return choose_body(parse_page(html, ""), entry, Surroundings())


def paragraphs(words: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in words)


def test_an_article_in_several_containers_is_read_whole() -> None:
    parts = "".join(
        f'<div class="part n{at}">{paragraphs(PARAGRAPHS[at : at + 3])}</div><div>x</div>'
        for at in range(0, 12, 3)
    )
    text = choose(f"<html><body><main>{parts}</main></body></html>").text
    assert all(line.strip() in text for line in PARAGRAPHS)


def test_the_declared_text_is_taken_where_the_page_shows_a_teaser() -> None:
    body = " ".join(PARAGRAPHS)
    html = (
        '<html><head><script type="application/ld+json">{"@type":"NewsArticle","articleBody":"'
        f'{body}"}}</script></head><body><p>{PARAGRAPHS[0]}</p></body></html>'
    )
    assert len(choose(html).text) > 1_500


def test_the_feed_s_text_is_taken_where_the_page_has_none() -> None:
    entry = Entry(guid="1", content=paragraphs(PARAGRAPHS), summary="<p>Short.</p>")
    found = choose("<html><body><p>Please sign in</p></body></html>", entry)
    assert found.taken_from == "feed content"
    assert found.score > 0.9
    only = choose_body(
        None, Entry(guid="1", summary="<p>The dam has held. […]</p>"), Surroundings()
    )
    assert only.taken_from == "feed summary"
    assert only.score < 0.6


def test_a_page_that_disagrees_with_the_feed_scores_less() -> None:
    html = f"<html><body><article>{paragraphs(PARAGRAPHS)}</article></body></html>"
    same = Entry(guid="1", summary=PARAGRAPHS[0])
    other = Entry(guid="1", summary="Quite another report: the price of apples in the city today.")
    assert choose(html, same).score > choose(html, other).score


def test_a_page_without_words_has_no_text() -> None:
    assert choose("<html></html>").blocks == ()
    assert choose("").text == ""


def block(text: str, linked: int = 0, tag: str = "p") -> Block:
    return Block(tag, text, text, "", linked)


@pytest.mark.parametrize(
    "extra",
    [
        block("Advertisement"),
        block("Anzeige"),
        block("Read more"),
        block("12"),
        block("Lesen Sie auch"),
        block("Another story about something else", 34),
        block(PARAGRAPHS[1]),
    ],
)
def test_what_is_not_the_article_is_dropped(extra: Block) -> None:
    blocks = [block(line) for line in PARAGRAPHS]
    assert trim_blocks([*blocks[:6], extra, *blocks[6:]], Surroundings()) == blocks


def test_head_and_tail_are_trimmed() -> None:
    blocks = [block(line) for line in PARAGRAPHS]
    around = Surroundings(headlines=("The dam has held",), names=("Ada Ek",), labels=("World",))
    head = [
        block("The dam has held", tag="h2"),
        block("World"),
        block("By Ada Ek"),
        block("2031-05-04"),
    ]
    tail = [block("Sign up for our newsletter here."), block("More stories", tag="h2")]
    assert trim_blocks([*head, *blocks, *tail], around) == blocks


def test_a_list_of_links_is_kept_where_it_is_the_article() -> None:
    links = [block(f"A good film to see on day {day}", 26) for day in range(6)]
    assert trim_blocks([block(PARAGRAPHS[0]), *links], Surroundings())[1:] == links


def test_paragraphs_keep_their_shape() -> None:
    root, _ = parse_tree(
        "<h2>Head</h2><p>One <b>two</b> <a href='/x'>three</a></p>four<br><br>five<ul><li>six</li>"
        "<li>seven</li></ul><blockquote><p>eight</p></blockquote><table><tr><td>9</td><td>10</td></tr></table>"
        "<script>no</script><figure>no</figure>"
    )
    blocks = read_blocks(root)
    assert join_text(blocks).split("\n\n") == [
        "Head",
        "One two three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "9 | 10",
    ]
    html = join_html(blocks)
    assert "<ul>\n<li>six</li>\n<li>seven</li>\n</ul>" in html
    assert '<p>One <strong>two</strong> <a href="/x">three</a></p>' in html
    assert join_html(plain_blocks("a < b\n\nc")) == "<p>a &lt; b</p>\n<p>c</p>"


def test_words_are_counted_in_scripts_without_spaces() -> None:
    assert count_words("one two three") == 3
    assert count_words("港で火災があり消防車") == 5


@pytest.mark.parametrize(
    ("text", "charset", "declared"),
    [
        ("Плотина выдержала", "windows-1251", "text/html; charset=windows-1251"),
        ("Το φράγμα άντεξε", "iso-8859-7", "text/html; charset=ISO-8859-7"),
        ("ダムは持ちこたえた", "shift_jis", "text/html; charset=Shift_JIS"),
        ("Der Damm hält – „gut“", "windows-1252", "text/html; charset=iso-8859-1"),
        ("Плотина выдержала", "utf-8", "text/html; charset=windows-1251"),
        ("Der Damm hält", "utf-16", "text/html"),
        ("Der Damm hält", "utf-8-sig", ""),
        ("水坝挺住了", "gb18030", "text/html; charset=gb2312"),
    ],
)
def test_bytes_are_read_in_the_charset_they_are_written_in(
    text: str, charset: str, declared: str
) -> None:
    body = f"<html><p>{text}</p></html>".encode(charset)
    assert text in decode_page(body, declared)[0]


def test_a_charset_in_the_page_is_read_and_nonsense_never_raises() -> None:
    body = '<meta charset="windows-1251"><p>Плотина</p>'.encode("windows-1251")
    assert "Плотина" in decode_page(body, "text/html; charset=nonsense")[0]
    for odd in (b"", b"\xff", b"\xfe\xff\xd8", bytes(range(256)), b"\x00" * 9):
        decode_page(odd, "text/html; charset=\xff\x00")


@pytest.mark.parametrize(
    ("text", "prior", "language"),
    [
        (
            "Der Damm oberhalb der Stadt hat in der Nacht gehalten, sagten die Ingenieure.",
            "en",
            "de",
        ),
        ("La presa resistió durante la noche, dijeron los ingenieros de la ciudad.", "", "es"),
        ("Demningen over byen holdt i natt, sier ingeniørene til avisen.", "nb-NO", "nb"),
        ("Ja", "de-AT", "de"),
        ("OK", "", "und"),
        ("", "xx_YY!", "und"),
        ("ダムは一晩中持ちこたえたと技術者たちは語った。", "jp", "ja"),
        ("The dam aboon the toun hauldit throu the nicht, said the ingineers.", "sco", "sco"),
        ("Brana iznad grada izdržala je noć.", "sh", "sh"),
        ("La presa resistió durante la noche, dijeron los ingenieros.", "us", "es"),
        ("Demningen holdt i natt.", "dan", "da"),
        ("Der Damm oberhalb der Stadt hat in der Nacht gehalten.", "eng-US", "de"),
    ],
)
def test_a_language_is_told_with_what_is_declared(text: str, prior: str, language: str) -> None:
    assert tell_language(text, prior) == language


def test_a_tag_gives_its_bare_language() -> None:
    assert [base_language(tag) for tag in ("en_GB", "KR", "vie", "ckb", "und", "english", "")] == [
        "en",
        "ko",
        "vi",
        "ckb",
        "",
        "",
        "",
    ]
