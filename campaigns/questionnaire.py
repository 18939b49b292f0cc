"""Which column of a survey is which: arm, wave, consent, the outcomes asked, and the words their answers use."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from campaigns import questionnaire_form as form
from campaigns.counting import is_option
from campaigns.privacy import Personal, folded
from campaigns.records import Arm, Campaign, Design, Outcome, Period, Sex, Unit, Wave

Code = TypeVar("Code", Arm, Wave, Sex)
_NAME = re.compile(r"[A-Za-z0-9_./-]+")
_JOINT = re.compile(r"[_./-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One column of a survey as its file has it. `answers` are counted only where a few answers were to choose from."""

    header: str
    label: str = ""  # what a file of statisticians says of the column
    answers: tuple[tuple[str, int], ...] = ()  # most frequent first
    distinct: int = 0
    blank: int = 0
    personal: Personal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """What each column of a survey means. A field is the header of its column, None where the file has none.

    `lacking` names what the design needs and the file does not have.
    """

    outcomes: tuple[Outcome, ...] = ()
    arm: str | None = None
    arms: Mapping[str, Arm] = field(default_factory=dict)  # answers beside the usual words, as the file writes them
    only_arm: Arm | None = None  # where the file has no such column
    wave: str | None = None
    waves: Mapping[str, Wave] = field(default_factory=dict)
    only_wave: Wave | None = None
    consent: str | None = None
    consent_elsewhere: bool = False  # consent was recorded outside the file
    respondent: str | None = None
    cluster: str | None = None
    block: str | None = None
    weight: str | None = None
    sex: str | None = None
    age: str | None = None
    country: str | None = None
    countries: tuple[str, ...] = ()  # of the campaign's audience
    place: str | None = None
    language: str | None = None
    day: str | None = None  # of the interview, of which only the period is kept; only where a study goes by time
    period: Period = Period.MONTH
    start: dt.date | None = None  # of the campaign, where a study goes by time
    kept: Mapping[str, str] = field(
        default_factory=dict
    )  # headers of free text, each with a person's reason to keep it
    cluster_needed: bool = False
    lacking: tuple[str, ...] = ()

    def field_of(self, header: str) -> str | None:
        """Which field or outcome a column is, None where it is none."""
        fields = (*_COLUMNS, "day")
        return self._outcome_of(header) or next((name for name in fields if getattr(self, name) == header), None)

    def is_outcome(self, header: str) -> bool:
        """Whether a column, or an option of several in a column of its own, answers an outcome's question."""
        return self._outcome_of(header) is not None

    def _outcome_of(self, header: str) -> str | None:
        asked = (outcome for outcome in self.outcomes if header == outcome.column)
        optional = (outcome for outcome in self.outcomes if is_option(outcome, header))
        return next((outcome.id for found in (asked, optional) for outcome in found), None)


# Headers beside those of the standard form, best first; compared without case and accents.
_COLUMNS: dict[str, str] = {
    "consent": "consent, informed consent, consent given, do you agree to take part, do you consent, consentement, "
    "acceptez vous de participer, consentimiento, consentimiento informado, acepta participar, consentimento, "
    "aceita participar, согласие, информированное согласие, согласны ли вы участвовать, الموافقة, الموافقة المستنيرة, "
    "هل توافق على المشاركة, 同意, 知情同意, 是否同意, 是否同意参加",
    "arm": "arm, study arm, study group, treatment, treatment group, assignment, group, bras, groupe de l étude, "
    "groupe d étude, groupe, brazo, grupo del estudio, grupo de estudio, grupo, grupo do estudo, группа, "
    "группа исследования, المجموعة, مجموعة الدراسة, 组别, 分组, 研究组, 研究组别",
    "wave": "wave, survey round, survey wave, round, timepoint, vague, passage, vague de l enquête, ronda, "
    "ronda de la encuesta, ola, rodada, rodada da pesquisa, волна, раунд, этап опроса, الجولة, جولة المسح, 轮次, "
    "调查轮次, 波次",
    "respondent": "respondent id, respondent, respondent number, participant id, participant number, "
    "numéro du répondant, numéro de la personne interrogée, identifiant du répondant, número de encuestado, "
    "código de participante, número do entrevistado, номер респондента, رقم المشارك, رقم المستجيب, 受访者编号, 编号, "
    "uuid, id",
    "cluster": "cluster, community, village, settlement, school, neighbourhood, grappe, communauté, quartier, école, "
    "conglomerado, comunidad, escuela, aldea, barrio, comunidade, tabanca, кластер, населенный пункт, деревня, село, "
    "школа, الحي, القرية, المجتمع المحلي, المدرسة, العنقود, 社区, 村, 村庄, 学校",
    "block": "block, stratum, strata, bloc, strate, estrato, bloque, страта, блок, الطبقة, 层, 区组",
    "weight": "weight, survey weight, sampling weight, sample weight, poids, pondération, poids de sondage, peso, "
    "ponderación, factor de expansión, ponderação, вес, весовой коэффициент, الوزن, الترجيح, 权重",
    "sex": "sex, gender, sexe, genre, sexo, género, gênero, пол, الجنس, النوع, 性别",
    "age": "age, age group, age band, age in years, how old are you, âge, quel âge avez vous, tranche d âge, "
    "groupe d âge, edad, grupo de edad, cuántos años tiene, idade, faixa etária, quantos anos tem, возраст, "
    "возрастная группа, сколько вам лет, العمر, الفئة العمرية, السن, كم عمرك, 年龄, 年龄段, 年龄组",
    "country": "country, country of origin, pays, pays d origine, país, país de origen, país de origem, страна, "
    "страна происхождения, البلد, بلد المنشأ, بلد الأصل, 国家, 原籍国",
    "place": "region, governorate, province, state, admin1, admin 1, région, gouvernorat, department, departamento, "
    "département, región, provincia, região, регион, область, провинция, المحافظة, الإقليم, الولاية, 地区, 省, 省份",
    "language": "language, language of interview, interview language, langue, langue de l entretien, idioma, "
    "idioma de la entrevista, língua, язык, язык интервью, اللغة, لغة المقابلة, 语言, 访谈语言",
}
_ARMS: dict[Arm, str] = {
    Arm.CAMPAIGN: "campaign, campaign group, campaign area, treated, treatment, treatment group, intervention, "
    "intervention group, exposed, campagne, traitement, groupe campagne, exposé, "
    "exposée, campaña, tratamiento, intervención, expuesto, campanha, tratamento, exposto, кампания, "
    "экспериментальная, الحملة, مجموعة الحملة, مجموعة التدخل, 宣传组, 干预组, 实验组, 处理组",
    Arm.COMPARISON: "comparison, comparison group, comparison area, control, control group, unexposed, not exposed, "
    "comparaison, groupe de comparaison, témoin, groupe témoin, contrôle, non exposé, "
    "non exposée, comparación, grupo de control, no expuesto, comparação, controle, não exposto, сравнение, контроль, "
    "контрольная, контрольная группа, المقارنة, مجموعة المقارنة, الضابطة, المجموعة الضابطة, 对照组, 对照, 比较组",
}
_WAVES: dict[Wave, str] = {
    Wave.BEFORE: "before, baseline, pre, pre test, pretest, before the campaign, avant, avant la campagne, "
    "ligne de base, enquête de base, antes, "
    "antes de la campaña, antes da campanha, línea de base, linha de base, до, до кампании, базовый, قبل, قبل الحملة, "
    "خط الأساس, 之前, 宣传前, 基线, 前测",
    Wave.AFTER: "after, endline, post, post test, posttest, after the campaign, follow up, après, après la campagne, "
    "ligne finale, enquête finale, después, "
    "después de la campaña, línea final, depois, depois da campanha, linha final, после, после кампании, итоговый, "
    "بعد, بعد الحملة, خط النهاية, 之后, 宣传后, 终线, 后测",
}
_SEXES: dict[Sex, str] = {
    Sex.FEMALE: "f, female, woman, girl, women, femme, féminin, fille, mujer, femenino, mulher, feminino, женщина, "
    "женский, ж, أنثى, امرأة, 女, 女性",
    Sex.MALE: "m, male, man, boy, men, homme, masculin, garçon, hombre, masculino, homem, мужчина, мужской, ذكر, رجل, "
    "男, 男性",
    Sex.OTHER: "o, other, autre, otro, otra, outro, outra, другой, другое, آخر, 其他",
    Sex.UNKNOWN: "u, unknown, prefer not to say, ne souhaite pas répondre, prefiere no decir, prefere não dizer, "
    "не хочу отвечать, أفضل عدم الإجابة, 不愿回答, refused, refuse",
}
# Whose column it is where a group, or what stands before a name, speaks of somebody else than the person asked.
_OTHERS = frozenset(
    "child children childs kid kids son daughter father mother parent parents partner spouse wife husband brother "
    "sister sibling siblings household hh head member members enumerator interviewer supervisor enfant enfants fils "
    "fille pere mere parents conjoint conjointe frere soeur menage chef membre enqueteur hijo hija hijos nino ninos "
    "padre madre pareja esposo esposa hermano hermana hogar jefe miembro encuestador filho filhos pai mae agregado "
    "ребенок ребенка дети детеи отец мать супруг супруга брат сестра семья интервьюер طفل الطفل اطفال الاطفال اب ام "
    "زوج زوجة الاسرة رب 孩子 父亲 母亲 配偶 家庭 户主 成员".split()
)

# When somebody was asked, by the clock of whoever asked; when the form was sent, only where nothing else says it.
_DAYS = (
    "interview date", "date of interview", "survey date", "date de l entretien", "date de l enquête",
    "fecha de la entrevista", "fecha de la encuesta", "data da entrevista", "дата интервью", "дата опроса",
    "تاريخ المقابلة", "访谈日期", "调查日期", "today", "start", "date", "fecha", "data", "дата", "التاريخ", "日期",
    "end", "_submission_time", "SubmissionDate", "CompletionDate",
)  # fmt: skip
_COMPARED = frozenset({Design.RANDOMISED, Design.CLUSTER_RANDOMISED, Design.DIFFERENCE_IN_DIFFERENCES, Design.MATCHED})
_REPEATED = frozenset({Design.DIFFERENCE_IN_DIFFERENCES, Design.BEFORE_AFTER})


def _words(texts: Mapping[Code, str]) -> dict[str, Code]:
    return {folded(word): code for code, text in texts.items() for word in text.split(", ")}


# What the questions of the standard form are called where they are fields.
_ASKED_AS = {"consent": "consent", "arm": "arm", "cluster": "cluster", "sex": "sex", "age": "age", "place": "region"}
_ALIASES: dict[str, tuple[str, ...]] = {
    name: tuple(dict.fromkeys(map(folded, (*aliases.split(", "), *form.labels("question", _ASKED_AS.get(name, ""))))))
    for name, aliases in _COLUMNS.items()
}
_FIELDS = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
# Labels long enough to tell by themselves what stands before them.
_LABELS = tuple(label for name in form.QUESTIONS for label in form.labels("question", name) if len(label) > 12)
ARMS, WAVES, SEXES = _words(_ARMS), _words(_WAVES), _words(_SEXES)


def codebook_for(campaign: Campaign, questions: Sequence[Question]) -> Codebook:
    """The columns of the standard questionnaire among the questions of a file, and what the campaign's design lacks.

    A column is found by its name or its label, whatever group it stands in; where two could be meant, neither is. An
    outcome is found by its column, its question or its id, an option of it by a column `question/option`, and a
    question of the standard form by its label in any of the form's languages.
    """
    headers = _Headers(questions, campaign.outcomes)
    found: dict[str, Any] = {name: headers.first(aliases) for name, aliases in _ALIASES.items()}
    asked = {outcome.id: headers.of(outcome) for outcome in campaign.outcomes if outcome.unit == Unit.PEOPLE}
    design, over_time = campaign.study.design, campaign.over_time
    found["day"] = headers.first(map(folded, _DAYS)) if over_time else None
    needed = {
        "consent": not campaign.ethics.consent,
        "arm": design in _COMPARED and not over_time,
        "wave": design in _REPEATED and not over_time,
        "cluster": design == Design.CLUSTER_RANDOMISED or bool(campaign.study.launches),
        "day": over_time,
    }
    unasked = [f"outcomes.{outcome}" for outcome, header in asked.items() if header is None]
    return Codebook(
        outcomes=tuple(replace(one, column=asked.get(one.id) or one.column) for one in campaign.outcomes),
        only_arm=None if found["arm"] or needed["arm"] else Arm.CAMPAIGN,
        only_wave=None if found["wave"] or needed["wave"] else Wave.AFTER,
        period=campaign.study.period,
        start=campaign.start if over_time else None,
        countries=campaign.audience.countries,
        cluster_needed=needed["cluster"],
        consent_elsewhere=campaign.ethics.consent is True,
        lacking=(*(name for name, is_needed in needed.items() if is_needed and found[name] is None), *unasked),
        **found,
    )


def standard_field(header: str) -> str | None:
    """Which field of the standard questionnaire a header is, by itself."""
    return _FIELDS.get(folded(header)) or _FIELDS.get(folded(_in_group(header)))


def _in_group(header: str) -> str:
    """A header without the groups before it; one of a repeat, or of somebody else's group, stays as it is."""
    group, _, own = header.rpartition("/")
    return header if "[" in group or _OTHERS & set(folded(group).split()) else own


class _Headers:
    """The headers of one file by their names and labels, also without the groups that a form puts before them."""

    def __init__(self, questions: Sequence[Question], outcomes: Sequence[Outcome]) -> None:
        self.all = [question.header for question in questions]
        self.whole: dict[str, str] = {}
        for question in questions:
            for text in (question.header, question.label):
                self.whole.setdefault(folded(text), question.header)
        self.whole.pop("", None)
        self.grouped: dict[str, set[str]] = {}
        self.starts = {""}  # what a form has put before its names: `interview_`, `interview.`
        known = {folded(text) for o in outcomes for text in (o.column, o.question, o.id)}
        known |= {alias for name in ("consent", "arm", "wave") for alias in _ALIASES[name]} | set(form.QUESTIONS)
        for header in self.all:
            self.grouped.setdefault(folded(_in_group(header)), set()).add(header)
            for start, rest in _beginnings(header):
                if folded(rest) in known:
                    self.starts.add(start)
            self.starts |= {header.removesuffix(label) for label in _LABELS if _ends_with(header, label)}
        for header in self.all:
            for start in self.starts - {""}:
                if header.startswith(start):
                    self.grouped.setdefault(folded(header.removeprefix(start)), set()).add(header)

    def first(self, names: Iterable[str]) -> str | None:
        """The column of the best of these folded names; among groups only where no other column has that name."""
        names = tuple(names)
        if (header := next((self.whole[name] for name in names if name in self.whole), None)) is not None:
            return header
        held = (self.grouped[name] for name in names if name in self.grouped)
        return next((next(iter(headers)) for headers in held if len(headers) == 1), None)

    def of(self, outcome: Outcome) -> str | None:
        """The column of an outcome, or what stands before the columns of its options."""
        names = [outcome.column, outcome.question, outcome.id]
        for name in (outcome.column, outcome.id):
            if name in form.QUESTIONS:
                names += form.labels("question", name)
        if (header := self.first(map(folded, names))) is not None:
            return header
        wanted = {folded(name) for name in names}
        for header in self.all:
            question, joint, _ = header.rpartition("/")
            if joint and (question == outcome.column or folded(_in_group(question)) in wanted):
                return question
        known = next((n for n in (outcome.column, outcome.id) if n in form.QUESTIONS), None)
        if known and form.QUESTIONS[known].kind.startswith("select_multiple"):
            return self._before_options(known, wanted)
        return None

    def _before_options(self, name: str, wanted: set[str]) -> str | None:
        """What stands before the options of a standard question where none of them has a column for all."""
        spelt = {s for known in form.choices(form.QUESTIONS[name].choices or "").values() for s in known}
        for header in self.all:
            for option in spelt:
                question = header.removesuffix(option)
                if question == header or question[-1:] not in ("_", ".", "-"):
                    continue
                if any(folded(question.removeprefix(start)) in wanted for start in self.starts):
                    return question[:-1]
        return None


def _ends_with(header: str, label: str) -> bool:
    """Whether a header is this label with a group and a joint before it."""
    return header.endswith(label) and header[: -len(label)][-1:] in ("/", ".", "-", "_")


def _beginnings(header: str) -> list[tuple[str, str]]:
    """Every way in which a name without blanks can be a group, with its joint, and a question of it."""
    if not _NAME.fullmatch(header) or "[" in header:
        return []
    cuts = [match.end() for match in _JOINT.finditer(header)]
    parts = [(header[:cut], header[cut:]) for cut in cuts]
    return [(start, rest) for start, rest in parts if rest and not _OTHERS & set(folded(start).split())]
