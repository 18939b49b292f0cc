"""Which column of a survey is which: arm, wave, consent, the outcomes asked, and the words their answers use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from campaigns.privacy import Personal, folded
from campaigns.records import Arm, Campaign, Design, Outcome, Sex, Wave

Code = TypeVar("Code", Arm, Wave, Sex)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One column of a survey as its file has it. `answers` are counted only where a few answers were to choose from."""

    header: str
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
    cluster_needed: bool = False
    lacking: tuple[str, ...] = ()

    def field_of(self, header: str) -> str | None:
        """Which field or outcome a column is, None where it is none."""
        return self._outcome_of(header) or next((name for name in _COLUMNS if getattr(self, name) == header), None)

    def is_outcome(self, header: str) -> bool:
        """Whether a column, or an option of several in a column of its own, answers an outcome's question."""
        return self._outcome_of(header) is not None

    def _outcome_of(self, header: str) -> str | None:
        asked = (outcome for outcome in self.outcomes if header == outcome.column)
        optional = (outcome for outcome in self.outcomes if header.startswith(f"{outcome.column}/"))
        return next((outcome.id for found in (asked, optional) for outcome in found), None)


# Headers of the standard questionnaire, variable names and labels, best first; compared without case and accents.
_COLUMNS: dict[str, str] = {
    "consent": "consent, informed consent, do you agree to take part, consentement, acceptez vous de participer, "
    "consentimiento, acepta participar, consentimento, aceita participar, согласие, согласны ли вы участвовать, "
    "الموافقة, هل توافق على المشاركة",
    "arm": "arm, study group, treatment, assignment, group, bras, groupe de l étude, groupe, brazo, grupo del estudio, "
    "grupo, grupo do estudo, группа, المجموعة",
    "wave": "wave, survey round, round, vague, passage, vague de l enquête, ronda, ronda de la encuesta, rodada, "
    "rodada da pesquisa, волна, раунд, الجولة",
    "respondent": "respondent id, respondent, respondent number, participant id, numéro du répondant, "
    "numéro de la personne interrogée, número de encuestado, número do entrevistado, رقم المشارك, uuid, id",
    "cluster": "cluster, community, village, settlement, school, neighbourhood, grappe, communauté, quartier, école, "
    "conglomerado, comunidad, escuela, conglomerado, comunidade, tabanca, кластер, الحي, القرية",
    "block": "block, stratum, bloc, strate, estrato, bloque, страта, الطبقة",
    "weight": "weight, survey weight, poids, pondération, peso, ponderación, ponderação, вес, الوزن",
    "sex": "sex, gender, sexe, genre, sexo, género, gênero, пол, الجنس",
    "age": "age, age group, age band, how old are you, âge, quel âge avez vous, tranche d âge, groupe d âge, edad, "
    "grupo de edad, cuántos años tiene, idade, faixa etária, quantos anos tem, возраст, العمر",
    "country": "country, country of origin, pays, pays d origine, país, país de origen, país de origem, страна, البلد",
    "place": "region, governorate, province, state, admin1, région, gouvernorat, department, departamento, región, "
    "região, регион, область, المحافظة",
    "language": "language, language of interview, langue, langue de l entretien, idioma, língua, язык, اللغة",
}
_ARMS: dict[Arm, str] = {
    Arm.CAMPAIGN: "campaign, treated, treatment, intervention, exposed, campagne, traitement, exposé, "
    "exposée, campaña, tratamiento, expuesto, campanha, tratamento, exposto, кампания, الحملة, مجموعة الحملة",
    Arm.COMPARISON: "comparison, control, unexposed, not exposed, comparaison, témoin, contrôle, non exposé, "
    "non exposée, comparación, control, no expuesto, comparação, controle, não exposto, сравнение, контроль, المقارنة, "
    "مجموعة المقارنة",
}
_WAVES: dict[Wave, str] = {
    Wave.BEFORE: "before, baseline, pre, before the campaign, avant, avant la campagne, ligne de base, antes, "
    "antes de la campaña, antes da campanha, línea de base, linha de base, до, قبل, قبل الحملة",
    Wave.AFTER: "after, endline, post, after the campaign, follow up, après, après la campagne, ligne finale, después, "
    "después de la campaña, línea final, depois, depois da campanha, linha final, после, بعد, بعد الحملة",
}
_SEXES: dict[Sex, str] = {
    Sex.FEMALE: "f, female, woman, girl, femme, féminin, fille, mujer, femenino, mulher, feminino, женщина, женский, "
    "أنثى, امرأة",
    Sex.MALE: "m, male, man, boy, homme, masculin, garçon, hombre, masculino, homem, мужчина, мужской, ذكر, رجل",
    Sex.OTHER: "o, other, autre, otro, otra, outro, outra, другой, آخر",
    Sex.UNKNOWN: "u, unknown, prefer not to say, ne souhaite pas répondre, prefiere no decir, prefere não dizer, "
    "не хочу отвечать, أفضل عدم الإجابة",
}
_YES = "yes, y, 1, true, i agree, agree, oui, j accepte, sí, acepto, sim, aceito, да, согласен, согласна, نعم, أوافق"

_COMPARED = frozenset({Design.RANDOMISED, Design.CLUSTER_RANDOMISED, Design.DIFFERENCE_IN_DIFFERENCES, Design.MATCHED})
_REPEATED = frozenset({Design.DIFFERENCE_IN_DIFFERENCES, Design.BEFORE_AFTER})


def _words(texts: Mapping[Code, str]) -> dict[str, Code]:
    return {folded(word): code for code, text in texts.items() for word in text.split(", ")}


_FIELDS = {folded(alias): name for name, aliases in _COLUMNS.items() for alias in aliases.split(", ")}
ARMS, WAVES, SEXES = _words(_ARMS), _words(_WAVES), _words(_SEXES)
AGREED = frozenset(folded(word) for word in _YES.split(", "))


def codebook_for(campaign: Campaign, questions: Sequence[Question]) -> Codebook:
    """The columns of the standard questionnaire among the questions of a file, and what the campaign's design lacks.

    An outcome is found by its column, its question or its id, an option of it by a column `question/option`.
    """
    headers = {_key(question.header): question.header for question in reversed(questions)}
    found: dict[str, Any] = {name: _first(headers, aliases.split(", ")) for name, aliases in _COLUMNS.items()}
    asked = {outcome.id: _outcome_header(outcome, headers, questions) for outcome in campaign.outcomes}
    design = campaign.study.design
    needed = {
        "consent": not campaign.ethics.consent,
        "arm": design in _COMPARED,
        "wave": design in _REPEATED,
        "cluster": design == Design.CLUSTER_RANDOMISED,
    }
    unasked = [f"outcomes.{outcome}" for outcome, header in asked.items() if header is None]
    return Codebook(
        outcomes=tuple(replace(outcome, column=asked[outcome.id] or outcome.column) for outcome in campaign.outcomes),
        only_arm=None if found["arm"] or needed["arm"] else Arm.CAMPAIGN,
        only_wave=None if found["wave"] or needed["wave"] else Wave.AFTER,
        countries=campaign.audience.countries,
        cluster_needed=needed["cluster"],
        consent_elsewhere=campaign.ethics.consent is True,
        lacking=(*(name for name, is_needed in needed.items() if is_needed and found[name] is None), *unasked),
        **found,
    )


def standard_field(header: str) -> str | None:
    """Which field of the standard questionnaire a header is, by itself."""
    return _FIELDS.get(_key(header))


def _key(header: str) -> str:
    """A header without the groups that a form puts before it."""
    return folded(header.rsplit("/", 1)[-1])


def _first(headers: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((headers[name] for name in map(folded, names) if name in headers), None)


def _outcome_header(outcome: Outcome, headers: Mapping[str, str], questions: Sequence[Question]) -> str | None:
    if (whole := _first(headers, (outcome.column, outcome.question, outcome.id))) is not None:
        return whole
    has_options = any(question.header.startswith(f"{outcome.column}/") for question in questions)
    return outcome.column if has_options else None
