import json
from datetime import date, timedelta

from dateline.model import HourReads
from dateline.publish.day_counts import count_day, write_csv, write_json

DAY = date(2026, 5, 14)


def read(make, article_id: int, reads: int, networks: float) -> HourReads:
    return HourReads(article_id=article_id, hour=make.now, reads=reads, networks=networks)


def test_small_numbers_are_not_told(make) -> None:
    later = HourReads(article_id=1, hour=make.now + timedelta(hours=1), reads=3, networks=3.0)
    hours = [read(make, 1, 3, 2.6), later, read(make, 2, 4, 4.0), read(make, 3, 9, 1.0)]
    counts = count_day(DAY, [*hours, read(make, 4, 0, 0.0)])
    assert [(one.article_id, one.reads, one.networks) for one in counts.articles] == [
        (3, 9, None),
        (1, 6, 6),
    ]
    assert (counts.reads, counts.untold) == (19, 1)


def test_the_files_say_the_same(make) -> None:
    counts = count_day(DAY, [read(make, 7, 9, 8.0), read(make, 8, 5, 1.0)])

    def link(article_id: int) -> str:
        return f"https://site.example/article/{article_id}"

    record = json.loads(write_json(counts, link))
    assert (record["day"], record["reads"], record["least"]) == ("2026-05-14", 14, 5)
    assert record["articles"][0] == {
        "article": 7,
        "url": "https://site.example/article/7",
        "reads": 9,
        "networks": 8,
    }
    assert record["articles"][1]["networks"] is None
    assert write_csv(counts, link).decode().splitlines() == [
        "article,url,reads,networks",
        "7,https://site.example/article/7,9,8",
        "8,https://site.example/article/8,5,",
    ]
