"""The simulated questionnaires: what is asked and what may be answered, in five languages and as variable names."""

# ruff: noqa: E501 -- a table: one language a block

# For each language: header of every column, then the words of the answers. The first answer of a question counts.
TEXTS: dict[str, dict[str, str]] = {
    "names": {
        "today": "today", "consent": "consent", "respondent": "respondent_id", "arm": "arm", "wave": "wave",
        "cluster": "cluster", "sex": "sex", "age": "age", "place": "region", "phone": "phone_number",
        "dangers": "dangers_named", "offer": "check_offer", "promise": "promise_binding", "helpline": "would_call_helpline",
        "legal": "would_try_legal_way", "afraid": "very_afraid", "seen": "seen_campaign",
        "yes": "yes", "no": "no", "campaign": "campaign", "comparison": "comparison", "before": "before", "after": "after",
        "female": "female", "male": "male",
        "dangers answers": "two_or_more, one, none", "offer answers": "official_office, friend, dont_know",
        "promise answers": "no, yes, dont_know",
    },
    "en": {
        "today": "today", "consent": "Do you agree to take part?", "respondent": "Respondent number", "arm": "Study group",
        "wave": "Survey round", "cluster": "Community", "sex": "Sex", "age": "How old are you?", "place": "Region",
        "phone": "Phone number for the second interview",
        "dangers": "Which dangers of travelling with a smuggler can you name?",
        "offer": "Where would you check whether a job offer abroad is real?",
        "promise": "Does a smuggler's promise give you any right?",
        "helpline": "Would you call the helpline if you needed advice?",
        "legal": "Would you look into a legal way to work abroad?",
        "afraid": "Does thinking of the journey make you very afraid?",
        "seen": "Have you seen a video about smuggling this year?",
        "yes": "Yes", "no": "No", "campaign": "Campaign", "comparison": "Comparison",
        "before": "Before the campaign", "after": "After the campaign", "female": "Female", "male": "Male",
        "dangers answers": "Two or more, One, None", "offer answers": "At an official office, From a friend, Don't know",
        "promise answers": "No, Yes, Don't know",
    },
    "fr": {
        "today": "today", "consent": "Acceptez-vous de participer ?", "respondent": "Numéro du répondant",
        "arm": "Groupe de l'étude", "wave": "Vague de l'enquête", "cluster": "Communauté", "sex": "Sexe",
        "age": "Quel âge avez-vous ?", "place": "Région", "phone": "Numéro de téléphone pour le second entretien",
        "dangers": "Quels dangers d'un voyage avec un passeur pouvez-vous citer ?",
        "offer": "Où vérifieriez-vous une offre d'emploi à l'étranger ?",
        "promise": "La promesse d'un passeur vous donne-t-elle un droit ?",
        "helpline": "Appelleriez-vous la ligne d'écoute pour un conseil ?",
        "legal": "Chercheriez-vous une voie légale pour travailler à l'étranger ?",
        "afraid": "Penser au voyage vous fait-il très peur ?",
        "seen": "Avez-vous vu une vidéo sur les passeurs cette année ?",
        "yes": "Oui", "no": "Non", "campaign": "Campagne", "comparison": "Comparaison", "before": "Avant la campagne",
        "after": "Après la campagne", "female": "Femme", "male": "Homme",
        "dangers answers": "Deux ou plus, Un seul, Aucun",
        "offer answers": "Dans un bureau officiel, Auprès d'un ami, Ne sait pas", "promise answers": "Non, Oui, Ne sait pas",
    },
    "es": {
        "today": "today", "consent": "¿Acepta participar?", "respondent": "Número de encuestado", "arm": "Grupo del estudio",
        "wave": "Ronda de la encuesta", "cluster": "Comunidad", "sex": "Sexo", "age": "¿Cuántos años tiene?",
        "place": "Departamento", "phone": "Teléfono para la segunda entrevista",
        "dangers": "¿Qué peligros de viajar con un coyote puede nombrar?",
        "offer": "¿Dónde comprobaría una oferta de trabajo en el extranjero?",
        "promise": "¿La promesa de un coyote le da algún derecho?",
        "helpline": "¿Llamaría a la línea de ayuda para pedir consejo?",
        "legal": "¿Buscaría una vía legal para trabajar en el extranjero?",
        "afraid": "¿Pensar en el viaje le da mucho miedo?", "seen": "¿Ha visto este año un video sobre el tráfico?",
        "yes": "Sí", "no": "No", "campaign": "Campaña", "comparison": "Comparación", "before": "Antes de la campaña",
        "after": "Después de la campaña", "female": "Mujer", "male": "Hombre",
        "dangers answers": "Dos o más, Uno, Ninguno", "offer answers": "En una oficina oficial, Con un amigo, No sabe",
        "promise answers": "No, Sí, No sabe",
    },
    "pt": {
        "today": "today", "consent": "Aceita participar?", "respondent": "Número do entrevistado",
        "arm": "Grupo do estudo", "wave": "Rodada da pesquisa", "cluster": "Comunidade", "sex": "Sexo",
        "age": "Quantos anos tem?", "place": "Região", "phone": "Telefone para a segunda entrevista",
        "dangers": "Que perigos de viajar com um traficante consegue nomear?",
        "offer": "Onde verificaria uma oferta de emprego no estrangeiro?",
        "promise": "A promessa de um traficante dá-lhe algum direito?",
        "helpline": "Ligaria para a linha de apoio se precisasse de conselho?",
        "legal": "Procuraria uma via legal para trabalhar no estrangeiro?",
        "afraid": "Pensar na viagem causa-lhe muito medo?", "seen": "Viu este ano um vídeo sobre o tráfico?",
        "yes": "Sim", "no": "Não", "campaign": "Campanha", "comparison": "Comparação", "before": "Antes da campanha",
        "after": "Depois da campanha", "female": "Mulher", "male": "Homem",
        "dangers answers": "Dois ou mais, Um, Nenhum",
        "offer answers": "Num serviço oficial, Com um amigo, Não sabe", "promise answers": "Não, Sim, Não sabe",
    },
    "ar": {
        "today": "today", "consent": "هل توافق على المشاركة؟", "respondent": "رقم المشارك", "arm": "المجموعة",
        "wave": "الجولة", "cluster": "الحي", "sex": "الجنس", "age": "العمر", "place": "المحافظة",
        "phone": "رقم الهاتف للمقابلة الثانية", "dangers": "ما المخاطر التي تعرفها عند السفر مع مهرب؟",
        "offer": "أين تتحقق من عرض عمل في الخارج؟", "promise": "هل يمنحك وعد المهرب أي حق؟",
        "helpline": "هل تتصل بخط المساعدة إذا احتجت إلى مشورة؟",
        "legal": "هل تبحث عن طريق قانوني للعمل في الخارج؟", "afraid": "هل يخيفك التفكير في الرحلة كثيرًا؟",
        "seen": "هل شاهدت هذا العام مقطعًا عن التهريب؟",
        "yes": "نعم", "no": "لا", "campaign": "مجموعة الحملة", "comparison": "مجموعة المقارنة", "before": "قبل الحملة",
        "after": "بعد الحملة", "female": "أنثى", "male": "ذكر", "dangers answers": "اثنان أو أكثر, واحد, لا شيء",
        "offer answers": "في مكتب رسمي, من صديق, لا أعرف", "promise answers": "لا, نعم, لا أعرف",
    },
}  # fmt: skip


def answers(language: str, question: str) -> list[str]:
    """The answers to choose from; the first is the one that counts."""
    words = TEXTS[language]
    if (choice := words.get(f"{question} answers")) is not None:
        return choice.split(", ")
    return [words["yes"], words["no"]]
