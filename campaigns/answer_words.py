"""What an answer means, in whatever language or code it was written.

"Don't know" is an answer: who gives it does not know. A refusal or an empty cell is none.
"""

import re
import unicodedata
from functools import cache

from campaigns.privacy import folded
from campaigns.questionnaire_form import QUESTIONS, choices, labels

# Other words for answers of the standard lists, with those of Portuguese, which the form is not in.
_ALSO: dict[str, str] = {
    "yes": "y, true, sim, si, oui., yes.",
    "no": "n, false, não, nao",
    "dont_know": "dk, don't know, dontknow, dont know, do not know, i don't know, i do not know, doesn't know, "
    "does not know, not sure, unsure, no idea, can't say, cannot say, je ne sais pas, ne sais pas, je sais pas, nsp, "
    "no sé, no lo sé, ns, não sabe, não sei, не знает, затрудняюсь, затрудняюсь ответить, لا اعرف, لا يعرف, لا أعلم, "
    "لا يعلم, لا أدري, غير متأكد, لست متأكدا, 不清楚, 不确定, 说不清",
    "refused": "refuse, refuses, rf, refuse to answer, refuses to answer, refused to answer, refused to say, "
    "prefer not to answer, i prefer not to say, i prefer not to answer, prefer_not_to_say, rather not say, declined, "
    "declined to answer, did not answer, no answer, no response, not answered, skipped, not applicable, n.a., "
    "nr, #n/a, null, nan, refus, a refusé, refus de répondre, refuse de répondre, ne veut pas répondre, "
    "ne souhaite pas répondre, préfère ne pas répondre, je préfère ne pas répondre, pas de réponse, sans réponse, "
    "non réponse, no contesta, nc, no responde, sin respuesta, se niega, rehúsa, rechaza, se negó a responder, "
    "prefiere no responder, prefiero no responder, prefiere no contestar, prefiero no contestar, prefiero no decir, "
    "não responde, não respondeu, prefere não dizer, prefere não responder, recusa, recusou, отказ, отказался, "
    "отказалась, отказ от ответа, отказался отвечать, отказалась отвечать, предпочитаю не отвечать, нет ответа, "
    "رفض, رفض الإجابة, امتنع عن الإجابة, لا جواب, لا إجابة, بدون إجابة, 拒绝, 拒绝回答, 拒答, 不想回答, 无回答, "
    "未回答, 没有回答",
    "strongly_disagree": "totally disagree, completely disagree, discordo totalmente, полностью не согласен, "
    "muy en desacuerdo, لا أوافق على الإطلاق",
    "disagree": "plutôt pas d'accord, discordo, скорее не согласен, 不太同意",
    "neither": "neutral, neutre, ni l'un ni l'autre, neutro, нейтрально, 中立, 一般",
    "agree": "plutôt d'accord, concordo, скорее согласен, 比较同意",
    "strongly_agree": "totally agree, completely agree, concordo totalmente, совершенно согласен, muy de acuerdo, "
    "完全同意",
}
BLANK = frozenset({"", "n/a", "na", "-", "--", ".", "none given"})
BITS = {"1": "yes", "0": "no", "1.0": "yes", "0.0": "no"}
# Beside yes and no, the words for agreeing to be asked. What is neither is not guessed.
_AGREED = (
    "i agree, agree, agreed, consent, i consent, consents, consented, consent given, given, accept, i accept, "
    "accepted, i agree to take part, i agree to participate, i consent to participate, ok, j accepte, accepte, "
    "d accord, je suis d accord, je consens, consenti, j accepte de participer, acepto, de acuerdo, estoy de acuerdo, "
    "consiento, acepto participar, aceito, concordo, aceito participar, "
    "согласен, согласна, я согласен, я согласна, согласие, "
    "أوافق, نعم أوافق, موافق, موافقة, أوافق على المشاركة, 同意, 我同意, 是的, 愿意, 同意参加, 我同意参加"
)
_DECLINED = (
    "0, 2, disagree, i disagree, i do not agree, do not agree, i don t agree, declined, decline, not given, "
    "consent not given, no consent, did not consent, withdrawn, je refuse, je n accepte pas, pas d accord, no acepto, "
    "no estoy de acuerdo, rechazado, não aceito, não concordo, не согласен, не согласна, не согласен а, لا أوافق, "
    "غير موافق, 不同意, 我不同意, 不愿意"
)
_SLASH = re.compile(r"[/,;|()]+(?!\s*$)")
_PARTS = re.compile(r"[,،，;:.()/–—-]")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "٫": ".", "，": ",", "；": ";", "、": ","})


def same(text: str) -> str:
    """An answer as it is compared: letter case and blanks do not matter, signs do ("<5" is not ">5")."""
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    return " ".join("".join(c for c in plain if unicodedata.category(c) != "Cf").casefold().split())


@cache
def general() -> dict[str, str]:
    """What the answers of the lists mean that any question may have: yes and no, and how far somebody agrees."""
    lists = (*choices("agreement").items(), *choices("yes_no").items())
    found = {same(spelling): choice for choice, spellings in lists for spelling in spellings}
    for choice, words in _ALSO.items():
        for word in words.split(", "):
            found.setdefault(same(word), choice)
    return found


@cache
def of_question(name: str) -> dict[str, str]:
    asked = QUESTIONS[name]
    own = choices(asked.choices) if asked.choices else {}
    return general() | {same(spelling): choice for choice, spellings in own.items() for spelling in spellings}


@cache
def _headers() -> dict[str, str]:
    return {folded(text): name for name in QUESTIONS for text in (name, *labels("question", name))}


def standard_question(header: str) -> str | None:
    """Which question of the standard questionnaire a header is, by its name or its label in any language."""
    return _headers().get(folded(header)) or _headers().get(folded(header.rsplit("/", 1)[-1]))


def unanswered(text: str) -> bool:
    """Whether a cell holds no answer: it is empty, or says that the person would not give one."""
    return all(part in BLANK or general().get(part) == "refused" for part in _one_or_parts(text))


def not_known(text: str) -> bool:
    """Whether a cell says that the person does not know."""
    return all(general().get(part) == "dont_know" for part in _one_or_parts(text))


def _one_or_parts(text: str) -> list[str]:
    """An answer, or the ways in which it says the same several times: "Refused / No answer"."""
    plain = same(text)
    parts = [part.strip() for part in _SLASH.split(plain)]
    return [plain] if plain in BLANK or plain in general() or not all(parts) else parts


@cache
def _of_consent() -> dict[str, bool]:
    lists = (("consent", "yes", True), ("yes_no", "yes", True), ("consent", "no", False), ("yes_no", "no", False))
    said = {folded(word): agrees for part, name, agrees in lists for word in choices(part)[name]}
    said |= {folded(word): choice == "yes" for word, choice in general().items() if choice in ("yes", "no", "refused")}
    said |= {folded(word): True for word in (*_AGREED.split(", "), "1", "1.0")}
    return said | {folded(word): False for word in (*_DECLINED.split(", "), "0.0", "2.0")}


def agreed(text: str) -> bool | None:
    """Whether somebody agreed to be asked: also "Yes, I agree" or "1 - Yes". A blank is no; None if it may be either.

    >>> agreed("Oui, j'accepte"), agreed("No"), agreed(""), agreed("Yes, but no photograph")
    (True, False, False, None)
    """
    known = _of_consent()
    if unanswered(text):
        return False
    if (whole := known.get(folded(text))) is not None:
        return whole
    said = {known.get(folded(part)) for part in _PARTS.split(text) if folded(part)}
    return said.pop() if len(said) == 1 else None
