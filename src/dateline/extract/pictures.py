"""A picture as served -> our own copies: bounded, upright, without the file's metadata.

Nothing of the original bytes reaches a reader: the picture is decoded and written anew, so that
neither metadata (where it was taken) nor a second file hidden in it is passed on. Beside the
largest copy stand narrower ones, so that a phone loads no more than it shows.
"""

import hashlib
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from dateline.model import Broken, SmallPicture, StoredPicture, list_widths

LONGEST = 1200  # pixels of the longest side
SMALLEST = 120  # pixels; anything smaller is a logo or a tracking pixel
MOST_PIXELS = 50_000_000  # decoded: 150 MB of memory
_QUALITY = 75
_SMALL_QUALITY = 70  # shown on dense screens, where less of the loss is seen
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
_SVG = (b"<svg", b"<?xml", b"<!doctype svg")


def recode_picture(body: bytes) -> StoredPicture | Broken:
    """Return our copies of a picture as WebP of at most 1200 pixels a side; never raises.

    Of a moving picture the first frame. SVG is refused, as it is a program; so are pictures of 120
    pixels or less, and those that would need too much memory when decoded.
    """
    if body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_SVG):
        return Broken(reason="the picture is SVG, which can run scripts; it is not kept")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _recode(body)
    except UnidentifiedImageError:
        return Broken(reason="the file is not a picture that can be read")
    except Image.DecompressionBombError:
        return Broken(reason=f"the picture has more than {MOST_PIXELS:,} pixels")
    except Exception as error:
        # Decoders meet hostile files here and fail in their own ways (struct.error, EOFError, …).
        return Broken(reason=f"the picture is damaged ({type(error).__name__})")


def shrink_picture(body: bytes, width: int) -> SmallPicture | None:
    """Return a narrower copy of our own copy, None where that cannot be read; never raises.

    For copies that were made when there was one size only.
    """
    try:
        with Image.open(io.BytesIO(body), formats=("WEBP",)) as picture:
            return _shrink(_flatten(picture), width)
    except Exception:
        return None


def _recode(body: bytes) -> StoredPicture | Broken:
    with Image.open(io.BytesIO(body), formats=_FORMATS) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            return Broken(reason=f"the picture has {width * height:,} pixels, too many to decode")
        if max(width, height) <= SMALLEST or min(width, height) < 2:
            return Broken(reason=f"the picture is too small ({width} x {height} pixels)")
        picture.draft("RGB", (LONGEST, LONGEST))  # JPEG: decode no more than is needed
        picture.seek(0)
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
        return _write(_flatten(upright))


def _flatten(picture: Image.Image) -> Image.Image:
    """Return the picture in a mode that WebP writes: RGB, or RGBA where it is see-through."""
    see_through = "A" in picture.getbands() or "transparency" in picture.info
    return picture.convert("RGBA" if see_through else "RGB")


def _write(picture: Image.Image) -> StoredPicture:
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    body = _encode(bare, _QUALITY)
    return StoredPicture(
        body=body,
        content_type="image/webp",
        width=bare.width,
        height=bare.height,
        hash=hashlib.blake2b(body, digest_size=16).hexdigest(),
        smaller=tuple(_shrink(bare, width) for width in list_widths(bare.width)),
    )


def _shrink(picture: Image.Image, width: int) -> SmallPicture:
    height = max(round(picture.height * width / picture.width), 1)
    small = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return SmallPicture(width=width, body=_encode(small, _SMALL_QUALITY))


def _encode(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()
