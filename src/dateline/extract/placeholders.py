"""Names that tools leave behind ("untitled design", "IMG_1234.jpg"): no reader shall see them."""

import re

from dateline import text as words

_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|tiff?|bmp|heic|svg|psd|pdf|mp4)\b", re.IGNORECASE)
_NAMES = re.compile(
    r"""^(?:
      untitled(?:[\s_\-]?(?:design|document|image|photo|picture|project|artwork|presentation|\(?\d+\)?))*
      |(?:unbenannt\w*|ohne[\s_]titel|sans[\s_]titre|sin[\s_]t[ií]tulo|senza[\s_]titolo|sem[\s_]t[ií]tulo
        |naamloos|без[\s_]названия|без[\s_]назви|bez[\s_]tytu[lł]u|bez[\s_]n[aá]zvu|无标题|無題|название)
        (?:[\s_\-]?(?:design|entwurf|\w{0,12}))?(?:[\s_\-]?\d+)?
      |(?:new|neues?|copy|kopie|copie|screenshot|screen[\s_]shot|bildschirmfoto|captura)\b.{0,40}
      |(?:default|placeholder|thumb(?:nail)?|featured?|lead|hero|main|og|share|social|cover|header|teaser|article|news|stock)
        [\s_\-]?(?:image|photo|picture|img|pic|bild)?[\s_\-]?\d*
      |(?:image|img|photo|foto|picture|pic|bild|imagen|immagine|imagem|afbeelding|фото|зображення|изображение|dsc[fn]?|
        pxl|mvi|gopr|dji|wp|whatsapp\s(?:image|bild|video)|shutterstock|gettyimages|adobestock|istock|depositphotos|alamy|unsplash|pexels|pixabay)
        [\s_\-#:.]*[\d_\-\s.x]*(?:\sat\s[\d.:]+)?(?:[\s_]?\(?\d+\)?)?
      |logo|icon|avatar|banner|null|none|undefined|n/?a|alt|alt[\s_]text|caption|title|no[\s_\-]?(?:title|alt|caption|image|photo)
      |slide[\s_]?\d*|scan[\s_]?\d*|page[\s_]?\d*|figure[\s_]?\d*|fig[\s_]?\d*|download(?:\s?\(\d+\))?|unnamed(?:\s?\(?\d+\)?)?
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
# A name without a space that no person would write: hashes, camera numbers, slugs with numbers.
_CODE = re.compile(
    r"^(?:[0-9a-f]{12,}|[0-9a-f]{8}-[0-9a-f\-]{20,}|[\w\-]*\d{5,}[\w\-]*|[\d_\-x. ]+|"
    r"[A-Za-z0-9]+(?:[_\-][A-Za-z0-9]+){2,}|[A-Z]{2,6}[_\-]?\d+)$"
)


def is_placeholder(name: str) -> bool:
    """Tell whether a picture's name or a page's first line was written by a tool, not a person.

    File names, camera numbers, hashes, slugs, "untitled design" in several languages, and names
    that say only that this is a picture.
    """
    name = words.squeeze(name).strip("\"'“”[](){}<> ")
    if not any(map(str.isalnum, name)):
        return True
    return bool(
        _NAMES.match(name)
        or _CODE.match(name)
        or (_FILE.search(name) and " " not in name.strip())
        or re.search(r"\.(?:jpe?g|png|gif|webp|avif)$", name, re.IGNORECASE)
    )


def is_slug_of(name: str, headline: str) -> bool:
    """Tell whether a name is only the headline as a file would be called ("nato-wary-of.jpg")."""
    bare = _FILE.sub("", name.strip())
    return (
        " " not in bare
        and bool(re.search(r"[\-_]", bare))
        and words.make_slug(bare) in words.make_slug(headline, longest=300)
    )
