"""Which language a text is in: what the letters say, weighed with what page and source say."""

import re
from functools import cache
from typing import Any

from dateline import text as words

UNKNOWN = "und"
_ENOUGH = 20  # letters; below, the letters say nothing
_SAMPLE = 1_200  # characters of the text that are looked at
_TRUST = 300.0  # how many times likelier the declared language is before a letter is read
_TAG = re.compile(r"^([a-zA-Z]{2,3})(?:[-_].*)?$")
# What pages write for a language's code; and names that the classifier has one code for.
_MEANT = {"iw": "he", "in": "id", "fil": "tl", "ua": "uk", "cz": "cs", "gr": "el", "jp": "ja",
          "cn": "zh", "dk": "da", "se": "sv", "kr": "ko"}  # fmt: skip
_SAME = {"nb": "no", "nn": "no"}
_PLACEHOLDERS = frozenset({"und", "mul", "zxx", "xx", "mis"})
# Codes of three letters (ISO 639-2 and 639-3) for what has one of two.
_LONG_TEXT = """
afr=af amh=am ara=ar arb=ar asm=as aze=az bel=be ben=bn bod=bo bos=bs bre=br bul=bg cat=ca ces=cs
cze=cs cym=cy wel=cy dan=da deu=de ger=de ell=el gre=el eng=en epo=eo est=et ekk=et eus=eu baq=eu
fas=fa per=fa pes=fa fin=fi fra=fr fre=fr gle=ga glg=gl guj=gu hat=ht hau=ha heb=he hin=hi hrv=hr
hun=hu hye=hy arm=hy ibo=ig ind=id isl=is ice=is ita=it jav=jv jpn=ja kan=kn kat=ka geo=ka kaz=kk
khm=km kin=rw kir=ky kor=ko kur=ku lao=lo lat=la lav=lv lvs=lv lit=lt ltz=lb mal=ml mar=mr mkd=mk
mac=mk mlg=mg mlt=mt mon=mn msa=ms may=ms zsm=ms mya=my bur=my nep=ne nld=nl dut=nl nno=nn nob=nb
nor=no ori=or pan=pa pol=pl por=pt pus=ps ron=ro rum=ro rus=ru sin=si slk=sk slo=sk slv=sl som=so
spa=es sqi=sq alb=sq srp=sr swa=sw swe=sv tam=ta tel=te tgk=tg tgl=tl tha=th tir=ti tuk=tk tur=tr
uig=ug ukr=uk urd=ur uzb=uz vie=vi xho=xh yid=yi yor=yo zho=zh chi=zh cmn=zh zul=zu
"""
_LONG_CODES = dict(pair.split("=") for pair in _LONG_TEXT.split())
# Real codes of two letters that the classifier does not know; another such code is a mistake.
_UNJUDGED_TEXT = """
aa ab ae ak av ay bi bm bo ce ch cr cu cv dv ee ff fj gv ho hz ia ie ii ik io iu kg ki kj kl kr ks
kv kw lu mh mi na nd ng nr nv ny oj os pi rm rn sc sd sg sh sm ss su ti tn to ts tw ty ve yi za
"""
_UNJUDGED = frozenset(_UNJUDGED_TEXT.split())


def base_language(tag: str) -> str:
    """Return the bare language of a BCP 47 tag ("en" of "en_GB"), or ""."""
    match = _TAG.match(tag.strip())
    code = match.group(1).lower() if match else ""
    if code in _PLACEHOLDERS:
        return ""
    return _MEANT.get(code) or _LONG_CODES.get(code, code)


def tell_language(text: str, *priors: str) -> str:
    """Return the language of `text`; the first prior that says one is trusted most.

    What is declared stays, unless the letters say clearly otherwise. A language that the classifier
    does not know stays always: it would see the nearest one that it knows (Scots is no English).
    "und" where there is too little text to tell and nobody says.
    """
    declared = [code for prior in priors if (code := base_language(prior))]
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _ENOUGH or not any(words.find_words(sample)):
        return declared[0] if declared else UNKNOWN
    if declared and _is_unjudged(declared[0]):
        return declared[0]
    return _weigh(sample, declared)


def _is_unjudged(code: str) -> bool:
    """Say whether a code names a language of which the classifier can say nothing."""
    known = _identifier().nb_classes
    return _SAME.get(code, code) not in known and (len(code) == 3 or code in _UNJUDGED)


def _weigh(sample: str, declared: list[str]) -> str:
    trust: dict[str, float] = {}
    for place, code in enumerate(declared):
        trust.setdefault(_SAME.get(code, code), _TRUST if place == 0 else _TRUST / 3)
    ranked = [
        (score * trust.get(_SAME.get(code, code), 1.0), code)
        for code, score in _identifier().rank(sample)
    ]
    best = _SAME.get(max(ranked)[1], max(ranked)[1])
    # Keep the name that was declared where it is the same language (nb for Norwegian).
    return next((code for code in declared if _SAME.get(code, code) == best), best)


@cache
def _identifier() -> Any:
    # Loaded at the first use: it costs 50 ms and some megabytes, which a command that reads
    # nothing should not pay.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
