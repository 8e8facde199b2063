"""How text in a given language is marked: its name, and the direction in which it is read."""

import re

from dateline.text import base_language

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_RIGHT_TO_LEFT = re.compile(
    "acm|acq|aeb|afb|ajp|apc|apd|ar|arb|arc|ars|ary|arz|azb|bal|bqi|ckb|dv|fa|glk|hbo|he|iw|ji|khw|"
    "ks|lki|lrc|mzn|nqo|pbt|pbu|pes|pnb|prs|ps|sd|sdh|skr|syr|ug|ur|ydd|yi"
)
_RIGHT_TO_LEFT_SCRIPTS = re.compile("adlm|arab|hebr|nkoo|rohg|syrc|thaa")

# Each language in its own words, as a reader of it would look for it.
_NAMES_TEXT = """
af=Afrikaans am=አማርኛ an=Aragonés ar=العربية arz=مصرى as=অসমীয়া ast=Asturianu
av=Авар az=Azərbaycanca be=Беларуская bg=Български bn=বাংলা bo=བོད་ཡིག br=Brezhoneg
bs=Bosanski ca=Català ckb=کوردی co=Corsu cs=Čeština cy=Cymraeg da=Dansk de=Deutsch
el=Ελληνικά en=English eo=Esperanto es=Español et=Eesti eu=Euskara fa=فارسی fi=Suomi
fo=Føroyskt fr=Français fy=Frysk ga=Gaeilge gd=Gàidhlig gl=Galego gsw=Alemannisch
gu=ગુજરાતી ha=Hausa he=עברית hi=हिन्दी hr=Hrvatski hu=Magyar hy=Հայերեն
id=Bahasa_Indonesia is=Íslenska it=Italiano ja=日本語 jv=Jawa ka=ქართული kk=Қазақша
km=ខ្មែរ kn=ಕನ್ನಡ ko=한국어 ku=Kurdî ky=Кыргызча la=Latina lb=Lëtzebuergesch lo=ລາວ
lt=Lietuvių lv=Latviešu mk=Македонски ml=മലയാളം mn=Монгол mr=मराठी ms=Bahasa_Melayu
mt=Malti my=မြန်မာ mzn=مازرونی nb=Norsk_bokmål ne=नेपाली nl=Nederlands
nn=Norsk_nynorsk no=Norsk oc=Occitan or=ଓଡ଼ିଆ os=Ирон pa=ਪੰਜਾਬੀ pl=Polski ps=پښتو
pt=Português ro=Română ru=Русский rw=Kinyarwanda sco=Scots sd=سنڌي sdh=کوردی_خوارین
sh=Srpskohrvatski si=සිංහල sk=Slovenčina sl=Slovenščina so=Soomaali sq=Shqip
sr=Српски sv=Svenska sw=Kiswahili ta=தமிழ் te=తెలుగు tg=Тоҷикӣ th=ไทย tk=Türkmençe
tl=Tagalog tr=Türkçe tt=Татарча ug=ئۇيغۇرچە uk=Українська ur=اردو uz=Oʻzbekcha
vi=Tiếng_Việt wuu=吴语 xh=isiXhosa yi=ייִדיש yo=Yorùbá yue=粵語 zh=中文 zu=isiZulu
"""
_NAMES = {
    tag: name.replace("_", " ")
    for tag, _, name in (pair.partition("=") for pair in _NAMES_TEXT.split())
}


def language_name(tag: str) -> str:
    """Return a language's name in that language, or its tag where it is not among those known."""
    return _NAMES.get(base_language(tag), tag)


def direction(tag: str) -> str:
    """Return "rtl", "ltr", or "auto" where it is not known how the language is written."""
    if not is_tag(tag):
        return "auto"
    parts = tag.casefold().split("-")
    script = next((part for part in parts[1:] if len(part) == 4), "")
    if script:
        return "rtl" if _RIGHT_TO_LEFT_SCRIPTS.fullmatch(script) else "ltr"
    if _RIGHT_TO_LEFT.fullmatch(parts[0]):
        return "rtl"
    return "ltr" if parts[0] in _NAMES else "auto"


def mark_attributes(tag: str) -> dict[str, str]:
    """Return the `lang` and `dir` attributes of an element with text in this language."""
    return {"lang": tag if is_tag(tag) else "", "dir": direction(tag)}


def is_tag(tag: str) -> bool:
    """Say whether `tag` names a language (BCP 47 in form, and not "und")."""
    return base_language(tag) != "und" and _TAG.fullmatch(tag) is not None
