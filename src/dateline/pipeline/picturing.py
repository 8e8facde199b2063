"""Pictures: our own small copy of each lead picture, so that a reader's browser calls no outlet."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from dateline.errors import LeaseLostError
from dateline.extract.pictures import recode_picture
from dateline.model import Broken, Failed, NoReply, Reply, Request, StoredPicture
from dateline.pipeline.edges import Edges
from dateline.store import editions as edition_rows
from dateline.store import pictures as picture_rows

LARGEST = 15_000_000  # bytes of a picture as served


def claim_pictures(edges: Edges, now: datetime, limit: int) -> list[str]:
    """Return addresses of pictures that we have no copy of, held by this worker."""
    with edges.store.write(now) as tx:
        return picture_rows.claim_pictures(
            tx, holder=edges.holder, until=now + edges.lease, limit=limit
        )


def copy_pictures(edges: Edges, urls: Sequence[str]) -> int:
    """Fetch and re-encode each picture; return how many were settled."""
    order: list[str] = []
    bodies = _fetch_bodies(edges, urls, order)
    for result in edges.pool.run(recode_picture, bodies, timeout_s=edges.page_timeout_s):
        if isinstance(result, Failed):
            picture: StoredPicture | Broken = Broken(
                reason=f"the picture could not be read: {result.reason}"
            )
        else:
            picture = result.value
        _save(edges, order.pop(0), picture)
    return len(urls)


def _fetch_bodies(edges: Edges, urls: Sequence[str], order: list[str]) -> Iterator[bytes]:
    """Yield the bytes of each picture that came; the others are settled on the way."""
    headers = {"Accept": "image/avif,image/webp,image/jpeg,image/png,image/*;q=0.5"}
    requests = (Request(url=url, headers=headers, max_bytes=LARGEST) for url in urls)
    for request, reply in edges.web.fetch(requests):
        if isinstance(reply, Reply) and reply.status == 200:
            order.append(request.url)
            yield reply.body
        else:
            _save(edges, request.url, _judge(reply))


def _judge(reply: Reply | NoReply) -> Broken:
    if isinstance(reply, NoReply):
        return Broken(reason=reply.reason, permanent=reply.permanent)
    lasting = 400 <= reply.status < 500 and reply.status != 429
    return Broken(reason=f"the picture's server answered {reply.status}", permanent=lasting)


def _save(edges: Edges, url: str, picture: StoredPicture | Broken) -> None:
    now = edges.clock()
    try:
        with edges.store.write(now) as tx:
            picture_rows.save_picture(tx, url, edges.holder, picture)
            if isinstance(picture, StoredPicture):
                edition_rows.bump_generation(tx)
    except LeaseLostError:
        edges.report(f"{url}: another worker has taken over; its result counts")
