"""Milliseconds of processor time a request on loopback, ours beside its peers; one line a system.

    .venv/bin/python bench/net.py [REQUESTS]

The server is a process of its own and is not counted. Peers that are not installed are left out.
"""

import asyncio
import importlib.util
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.request import urlopen

from dateline.model import Reply, Request
from dateline.net import NetPolicy, Web

BODY = b"<rss>" + b"x" * 30_000 + b"</rss>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n" % len(BODY)


def serve(ports: "multiprocessing.SimpleQueue[int]") -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(HEAD + BODY)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        ports.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


@contextmanager
def running_server() -> Iterator[int]:
    ports: multiprocessing.SimpleQueue[int] = multiprocessing.SimpleQueue()
    process = multiprocessing.Process(target=serve, args=(ports,), daemon=True)
    process.start()
    try:
        yield ports.get()
    finally:
        process.terminate()
        process.join()


def ours(port: int, count: int) -> int:
    policy = NetPolicy(
        user_agent="bench", allow_loopback=True, min_gap=0, stand_ins={"*": ("127.0.0.1", port)}
    )
    with Web(policy) as web:
        asked = (Request(url=f"https://host-{n % 200}.example/{n}") for n in range(count))
        return sum(isinstance(reply, Reply) for _, reply in web.fetch(asked))


def httpx(port: int, count: int) -> int:
    import httpx

    async def main() -> int:
        limit = asyncio.Semaphore(100)

        async def one(client: httpx.AsyncClient, n: int) -> bool:
            async with limit:
                return (await client.get(f"http://127.0.0.1:{port}/{n}")).status_code == 200

        async with httpx.AsyncClient() as client:
            return sum(await asyncio.gather(*(one(client, n) for n in range(count))))

    return asyncio.run(main())


def requests(port: int, count: int) -> int:
    import requests

    with requests.Session() as session:
        return sum(session.get(f"http://127.0.0.1:{port}/{n}").ok for n in range(count))


def urllib(port: int, count: int) -> int:
    done = 0
    for n in range(count):
        with urlopen(f"http://127.0.0.1:{port}/{n}") as reply:
            done += len(reply.read()) == len(BODY)
    return done


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    systems: list[Callable[[int, int], int]] = [ours, urllib]
    systems += [peer for peer in (httpx, requests) if importlib.util.find_spec(peer.__name__)]
    with running_server() as port:
        for system in systems:
            begun, wall = time.process_time(), time.perf_counter()
            done = system(port, count)
            spent, wall = time.process_time() - begun, time.perf_counter() - wall
            print(
                f"{system.__name__:8} {done}/{count} replies, {spent / count * 1000:.2f} ms of "
                f"processor and {wall / count * 1000:.2f} ms of time a request"
            )


if __name__ == "__main__":
    main()
