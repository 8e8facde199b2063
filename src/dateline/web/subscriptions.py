"""Handlers of "Get the latest": ask, confirm by mail, leave by one click.

Nothing is sent to an address before its owner confirmed it, and what a page answers is the same
whether an address is known here or not. A link in a mail is opened by machines as well, so a GET
changes nothing: the page it shows has a button. Mail programs leave by one POST (RFC 8058).
"""

import re
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.mail import check_address
from dateline.model import StoryCard, StoryId
from dateline.publish.addresses import read_reference, speak_site
from dateline.publish.letters import compose_confirmation
from dateline.store import Tx
from dateline.store.outbox import queue_letter
from dateline.store.readers import (
    Subscription,
    ask_subscription,
    confirm_subscription,
    leave_subscription,
)
from dateline.web import words
from dateline.web.desk import Desk
from dateline.web.drawing import Head, draw_page, draw_private
from dateline.web.reading_pages import find_story

DAILY = "daily"
STORY = "story:"
_TOKEN = re.compile(r"[0-9A-Za-z_-]{1,200}")
Form = Mapping[str, str]


def show_subscribe(desk: Desk, request: Request) -> Response:
    """The form alone, for whoever comes by a link."""
    with desk.look() as look:
        head = Head(title=desk.say.text(words.GET_LATEST), path="/subscribe")
        return draw_page(desk, look, "subscribe.html", head)


def take_subscribe(desk: Desk, request: Request, form: Form) -> Response:
    """Take a wish to subscribe and mail the link that confirms it."""
    now = desk.options.now()
    written = form.get("email", "")[:320]
    email = check_address(written)
    if email is None:
        return _say(desk, words.BAD_ADDRESS, words.BAD_ADDRESS_HOW, 422, named=written)
    if not desk.letters.allow(_read_client(request), now):
        return _say(desk, words.TOO_MANY, words.TOO_MANY_HOW, 429)
    with desk.store.write(now) as tx:
        story = _find_story(tx, form.get("list", DAILY))
        wanted = f"{STORY}{story.story_id}" if story else DAILY
        language = desk.say.tag if desk.tongue.prefix else desk.site.language
        token = ask_subscription(tx, Subscription(email=email, list=wanted, language=language))
        if token:
            site = speak_site(desk.site, language)
            link = f"{site.address}/confirm/{token}"
            queue_letter(tx, compose_confirmation(site, email, link, now=now, story=story))
    return _say(desk, words.CHECK_MAIL, words.CHECK_MAIL_HOW, 200, named=email)


def show_confirm(desk: Desk, request: Request) -> Response:
    """Show the button that confirms."""
    return _ask(desk, request, words.CONFIRM, words.CONFIRM_HOW, words.CONFIRM_BUTTON)


def take_confirm(desk: Desk, request: Request, form: Form) -> Response:
    """Confirm a subscription."""
    with desk.store.write(desk.options.now()) as tx:
        confirmed = confirm_subscription(tx, _read_token(request))
    if confirmed is None:
        return _say(desk, words.OLD_LINK, words.OLD_LINK_HOW, 410)
    return _say(desk, words.CONFIRMED, words.CONFIRMED_HOW, 200)


def show_leave(desk: Desk, request: Request) -> Response:
    """Show the button that unsubscribes."""
    return _ask(desk, request, words.LEAVE, words.LEAVE_HOW, words.LEAVE_BUTTON)


def take_leave(desk: Desk, request: Request, form: Form) -> Response:
    """Unsubscribe; a second time is no error, for mail programs try again."""
    with desk.store.write(desk.options.now()) as tx:
        leave_subscription(tx, _read_token(request))
    return _say(desk, words.LEFT, words.LEFT_HOW, 200)


def _find_story(tx: Tx, wanted: str) -> StoryCard | None:
    found = read_reference(wanted.removeprefix(STORY)) if wanted.startswith(STORY) else None
    return find_story(tx, StoryId(found[0])) if found else None


def _read_token(request: Request) -> str:
    token = str(request.path_params["token"])
    if not _TOKEN.fullmatch(token):
        raise HTTPException(404)
    return token


def _read_client(request: Request) -> str:
    return request.client.host if request.client else ""


def _ask(desk: Desk, request: Request, title: str, text: str, button: str) -> Response:
    _read_token(request)
    with desk.look() as look:
        head = Head(title=desk.say.text(title), path=request.scope["path"], hidden=True)
        said = {"text": desk.say.text(text), "button": desk.say.text(button)}
        return draw_private(desk, look, "button.html", head, **said)


def _say(desk: Desk, title: str, text: str, status: int, named: str = "") -> Response:
    with desk.look() as look:
        head = Head(title=desk.say.text(title), path="/", hidden=True)
        said = desk.say.text(text).format(named)
        response = draw_private(desk, look, "note.html", head, text=said)
    response.status_code = status
    return response
