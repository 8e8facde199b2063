"""How text in a given language is marked: its name, and the direction in which it is read."""

import re

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_RIGHT_TO_LEFT = re.compile(
    "ar|arc|arz|ckb|dv|fa|glk|he|iw|ji|khw|ks|lrc|mzn|nqo|pnb|ps|sd|syr|ug|ur|yi"
)
_RIGHT_TO_LEFT_SCRIPTS = re.compile("adlm|arab|hebr|nkoo|rohg|syrc|thaa")

# Each language in its own words, as a reader of it would look for it.
_NAMES_TEXT = """
af=Afrikaans ar=العربية az=Azərbaycanca be=Беларуская bg=Български bn=বাংলা
bs=Bosanski ca=Català cs=Čeština cy=Cymraeg da=Dansk de=Deutsch el=Ελληνικά
en=English eo=Esperanto es=Español et=Eesti eu=Euskara fa=فارسی fi=Suomi
fr=Français ga=Gaeilge gl=Galego gu=ગુજરાતી he=עברית hi=हिन्दी hr=Hrvatski
hu=Magyar hy=Հայերեն id=Bahasa_Indonesia is=Íslenska it=Italiano ja=日本語
ka=ქართული kk=Қазақша kn=ಕನ್ನಡ ko=한국어 ku=Kurdî la=Latina lb=Lëtzebuergesch
lt=Lietuvių lv=Latviešu mk=Македонски ml=മലയാളം mn=Монгол mr=मराठी
ms=Bahasa_Melayu mt=Malti nb=Norsk_bokmål ne=नेपाली nl=Nederlands
nn=Norsk_nynorsk no=Norsk pa=ਪੰਜਾਬੀ pl=Polski ps=پښتو pt=Português ro=Română
ru=Русский si=සිංහල sk=Slovenčina sl=Slovenščina sq=Shqip sr=Српски sv=Svenska
sw=Kiswahili ta=தமிழ் te=తెలుగు th=ไทย tl=Tagalog tr=Türkçe uk=Українська
ur=اردو uz=Oʻzbekcha vi=Tiếng_Việt zh=中文
"""
_NAMES = {
    tag: name.replace("_", " ")
    for tag, _, name in (pair.partition("=") for pair in _NAMES_TEXT.split())
}


def language_name(tag: str) -> str:
    """Return a language's name in that language, or its tag where it is not among those known."""
    return _NAMES.get(_base(tag), tag)


def direction(tag: str) -> str:
    """Return "rtl", "ltr", or "auto" where the language is not known."""
    if not is_tag(tag):
        return "auto"
    parts = tag.casefold().split("-")
    script = next((part for part in parts[1:] if len(part) == 4), "")
    if script:
        return "rtl" if _RIGHT_TO_LEFT_SCRIPTS.fullmatch(script) else "ltr"
    return "rtl" if _RIGHT_TO_LEFT.fullmatch(parts[0]) else "ltr"


def mark_attributes(tag: str) -> dict[str, str]:
    """Return the `lang` and `dir` attributes of an element with text in this language."""
    return {"lang": tag if is_tag(tag) else "", "dir": direction(tag)}


def is_tag(tag: str) -> bool:
    """Say whether `tag` names a language (BCP 47 in form, and not "und")."""
    return _base(tag) != "und" and _TAG.fullmatch(tag) is not None


def _base(tag: str) -> str:
    return tag.partition("-")[0].casefold()
