"""Our own copy of a picture: small, upright, bare."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.examples import examples

from dateline.extract.pictures import recode_picture, shrink_picture
from dateline.model import Broken, StoredPicture


def picture(size: tuple[int, int], kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, size[0] // 2, size[1]))
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.heavy
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_a_large_picture_becomes_a_small_webp(kind: str) -> None:
    found = recode_picture(picture((2400, 1600), kind))
    assert isinstance(found, StoredPicture)
    assert (found.width, found.height, found.content_type) == (1200, 800, "image/webp")
    assert Image.open(io.BytesIO(found.body)).format == "WEBP"


def test_a_small_picture_keeps_its_size() -> None:
    found = recode_picture(picture((300, 200)))
    assert isinstance(found, StoredPicture)
    assert (found.width, found.height) == (300, 200)


def test_the_picture_is_turned_upright_and_its_metadata_dropped() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "taken at home"
    found = recode_picture(picture((400, 200), exif=exif))
    assert isinstance(found, StoredPicture)
    assert (found.width, found.height) == (200, 400)
    assert b"taken at home" not in found.body
    assert not Image.open(io.BytesIO(found.body)).getexif()


def test_of_a_moving_picture_the_first_frame() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (200, 200), color) for color in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    found = recode_picture(out.getvalue())
    assert isinstance(found, StoredPicture)
    red, _, blue = Image.open(io.BytesIO(found.body)).convert("RGB").getpixel((100, 100))  # type: ignore[misc]
    assert red > 200 > blue


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of some bytes that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR" + head, b"IDAT" + zlib.compress(bytes(1000)), b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in chunks
    )


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", "SVG"),
        (b"", "not a picture"),
        (b"GIF89a", "not a picture"),
        (b"<html>", "not a picture"),
        (picture((120, 90)), "too small"),
        (picture((800, 1)), "too small"),
        (bomb(60_000, 60_000), "pixels"),
        (bomb(9_000, 9_000), "pixels"),
        (picture((400, 300))[:300], "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(body: bytes, word: str) -> None:
    found = recode_picture(body)
    assert isinstance(found, Broken)
    assert word in found.reason


@given(st.binary(max_size=200), st.integers(0, 600))
@examples(60)
def test_damaged_pictures_never_raise(noise: bytes, at: int) -> None:
    body = picture((200, 150))
    assert recode_picture(body[:at] + noise + body[at + len(noise) :])


def test_the_name_is_the_hash_of_the_copy() -> None:
    one, other = recode_picture(picture((300, 200))), recode_picture(picture((300, 201)))
    assert isinstance(one, StoredPicture) and isinstance(other, StoredPicture)
    assert one.hash == recode_picture(picture((300, 200))).hash != other.hash  # type: ignore[union-attr]


def test_beside_a_large_copy_stand_narrower_ones() -> None:
    found = recode_picture(picture((2400, 1600)))
    assert isinstance(found, StoredPicture)
    sizes = [Image.open(io.BytesIO(each.body)).size for each in found.smaller]
    assert sizes == [(320, 213), (640, 427), (960, 640)]
    assert [each.width for each in found.smaller] == [320, 640, 960]


def test_no_copy_is_wider_than_the_original_or_hardly_narrower() -> None:
    found = recode_picture(picture((700, 1000)))
    assert isinstance(found, StoredPicture)
    assert [each.width for each in found.smaller] == [320]


@given(st.integers(121, 1300), st.integers(2, 1300))
@examples(15)
def test_a_narrower_copy_has_the_shape_of_the_largest(width: int, height: int) -> None:
    found = recode_picture(picture((width, height)))
    assert isinstance(found, StoredPicture)
    for each in found.smaller:
        small = Image.open(io.BytesIO(each.body))
        assert abs(small.height - found.height * small.width / found.width) <= 1


def test_a_copy_that_was_kept_alone_is_shrunk_later() -> None:
    found = recode_picture(picture((1200, 800)))
    assert isinstance(found, StoredPicture)
    small = shrink_picture(found.body, 320)
    assert small is not None
    assert Image.open(io.BytesIO(small.body)).size == (320, 213)
    assert shrink_picture(b"RIFFwebp", 320) is None
