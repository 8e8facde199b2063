"""A picture as served -> our own small copy: bounded, upright, without the file's metadata.

Nothing of the original bytes reaches a reader: the picture is decoded and written anew, so that
neither metadata (where it was taken) nor a second file hidden in it is passed on.
"""

import hashlib
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from dateline.model import Broken, StoredPicture

LONGEST = 1200  # pixels of the longest side
SMALLEST = 120  # pixels; anything smaller is a logo or a tracking pixel
MOST_PIXELS = 50_000_000  # decoded: 150 MB of memory
_QUALITY = 80
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
_SVG = (b"<svg", b"<?xml", b"<!doctype svg")


def recode_picture(body: bytes) -> StoredPicture | Broken:
    """Return our copy of a picture as WebP of at most 1200 pixels a side; never raises.

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
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=_QUALITY, method=4)
    body = out.getvalue()
    return StoredPicture(
        body=body,
        content_type="image/webp",
        width=bare.width,
        height=bare.height,
        hash=hashlib.blake2b(body, digest_size=16).hexdigest(),
    )
