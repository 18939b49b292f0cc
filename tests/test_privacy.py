"""Nothing personal comes in, nothing small goes out. Every person, number and address here is invented."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.privacy import (
    STANDARD,
    STRICT,
    Personal,
    Profile,
    disclose,
    disclose_mean,
    disclose_share,
    disclose_table,
    folded,
    personal,
    personal_columns,
    personal_text,
    profile_for,
)
from campaigns.privacy.texts import REGIONS

PROFILES = st.sampled_from([STANDARD, STRICT])
COUNTS = st.integers(0, 10**6)

# A header in eleven languages, and what stands under it.
COLUMNS = [
    ("Full name", "Amina Example", Personal.NAME),
    ("first_name", "Amina", Personal.NAME),
    ("children[1]/childs_name", "Tom", Personal.NAME),
    ("Nom et prénom", "Awa Exemple", Personal.NAME),
    ("Nom du parent", "Awa Exemple", Personal.NAME),
    ("Apellidos", "Ejemplo", Personal.NAME),
    ("Nome completo", "Ana Exemplo", Personal.NAME),
    ("Фамилия", "Примерова", Personal.NAME),
    ("الاسم", "مثال", Personal.NAME),
    ("Nachname", "Beispiel", Personal.NAME),
    ("Cognome", "Esempio", Personal.NAME),
    ("Jina", "Mfano", Personal.NAME),
    ("Phone number", "0000000000", Personal.PHONE),
    ("Numéro de téléphone", "+221 000 00 000", Personal.PHONE),
    ("Teléfono", "00000000", Personal.PHONE),
    ("Telemóvel", "000000000", Personal.PHONE),
    ("Телефон", "+7 000 000-00-00", Personal.PHONE),
    ("رقم الهاتف", "٠٠٠٠٠٠٠٠٠", Personal.PHONE),
    ("Nambari ya simu", "0000000000", Personal.PHONE),
    ("E-mail", "a at example", Personal.EMAIL),
    ("Correo electrónico", "a", Personal.EMAIL),
    ("username", "collector7", Personal.ACCOUNT),
    ("Facebook user ID", "100000000000000", Personal.ACCOUNT),
    ("Nom d'utilisateur", "awa", Personal.ACCOUNT),
    ("Home address", "12 Example Road", Personal.ADDRESS),
    ("Dirección", "Calle Ejemplo 4", Personal.ADDRESS),
    ("Адрес", "улица Примерная", Personal.ADDRESS),
    ("latitude", "12.5", Personal.POSITION),
    ("_gps_precision", "4", Personal.POSITION),
    ("Coordonnées", "12,5 -3,1", Personal.POSITION),
    ("Passport number", "X0", Personal.IDENTITY),
    ("Cédula", "00-0", Personal.IDENTITY),
    ("رقم الهوية", "12", Personal.IDENTITY),
    ("UNHCR case number", "000-00C", Personal.IDENTITY),
    ("deviceid", "collect:abc", Personal.DEVICE),
    ("IMEI", "00", Personal.DEVICE),
    ("IBAN", "XX00", Personal.BANK),
    ("Date of birth", "2001-01-01", Personal.BIRTH_DATE),
    ("Fecha de nacimiento", "01/01/2001", Personal.BIRTH_DATE),
    ("Signature", "signature-12.png", Personal.MEDIA),
    ("Photo de la personne", "17000.jpg", Personal.MEDIA),
    ("_submitted_by", "collector_north", Personal.COLLECTOR),
    ("Enquêteur", "Awa", Personal.COLLECTOR),
    ("Religion", "x", Personal.SENSITIVE),
    ("Ethnie", "x", Personal.SENSITIVE),
    ("Commentaires", "Une longue histoire", Personal.FREE_TEXT),
    ("Other, please specify", "the harbour", Personal.FREE_TEXT),
]

# What can stand in a comment, and must not be kept.
TEXTS = [
    ("write to amina@example.org please", Personal.EMAIL),
    ("amina (at) example (dot) org", Personal.EMAIL),
    ("+234 803 123 4567", Personal.PHONE),
    ("call 002348031234567 now", Personal.PHONE),
    ("٠٨٠٣١٢٣٤٥٦٧", Personal.PHONE),
    ("0803 123 4567", Personal.PHONE),
    ("https://wa.me/2348000000000", Personal.ACCOUNT),
    ("ask @amina_example99", Personal.ACCOUNT),
    ("https://www.facebook.com/profile.php?id=100000000000001", Personal.ACCOUNT),
    ("we met at 13.51366, 2.10980", Personal.POSITION),
    ("12.34 -23.45 0 30", Personal.POSITION),
    ("https://maps.google.com/?q=13.5,2.1", Personal.POSITION),
    ("passport A12345678", Personal.IDENTITY),
    ("35202-1234567-1", Personal.IDENTITY),
    ("DE89370400440532013000", Personal.BANK),  # the example of ISO 13616
    ("card 4111 1111 1111 1111", Personal.BANK),  # the test number of card issuers
    ("imei 490154203237518", Personal.DEVICE),  # the example of 3GPP TS 23.003's check digit
    ("ip 192.0.2.44", Personal.DEVICE),  # RFC 5737
    ("6d92078a-8246-4ba4-ae5b-76104861e7dc", Personal.DEVICE),
    ("My name is Amina Example", Personal.NAME),
    ("Je m’appelle Awa", Personal.NAME),
]

# Figures and words of exports, which must be kept.
HARMLESS = [
    ("Impressions", ["1,286", "97,000,000", "0803", ""]),
    ("CTR (all)", ["0.754147813", "10.91657133387"]),
    ("Amount spent (USD)", ["1234.56", "0.00000001"]),
    ("Ad ID", ["120242075202220007", "120240829066400007", "120240829066320007"]),
    ("Campaign name", ["Peers tell it", "Job offers 2"]),
    ("Nom de la campagne", ["Les passeurs"]),
    ("Nombre d'enfants", ["2", "11"]),
    ("Restaurant name", ["The Harbour"]),
    ("Phone number clicks", ["0", "12"]),
    ("Do you own a phone?", ["yes", "no", ""]),
    ("Which dangers of the journey can you name?", ["Two or more", "One", "None"]),
    ("Reporting starts", ["2026-01-01", "2026-01-02"]),
    ("_uuid", ["6d92078a-8246-4ba4-ae5b-76104861e7dc"]),
    ("group/_uuid", ["6d92078a-8246-4ba4-ae5b-76104861e7dc"]),
    ("_submitted_by", ["", ""]),
    ("Region", ["Kayes", "Sikasso"]),
    ("Comments", ["12", "0", "3"]),
    ("age_group", ["18-24", "25-34"]),
]


@pytest.mark.parametrize(("header", "value", "reason"), COLUMNS)
def test_a_column_is_personal_by_its_header(header, value, reason):
    assert personal(header, [value, ""]) == reason


@pytest.mark.parametrize(("text", "reason"), TEXTS)
def test_a_text_is_personal_by_what_stands_in_it(text, reason):
    assert personal_text(text, countries=("NGA",)) == reason
    assert personal("q17", ["no", "none", text], countries=("NGA",)) == reason


@pytest.mark.parametrize(("header", "values"), HARMLESS, ids=[header for header, _ in HARMLESS])
def test_what_is_not_personal_stays(header, values):
    assert personal(header, values, countries=("NGA", "SEN")) is None


def test_national_numbers_are_found_in_the_campaigns_countries_only():
    assert personal_text("0803 123 4567") is None
    assert personal_text("0803 123 4567", countries=("SEN", "NGA")) == Personal.PHONE


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[A-Z0-9][0-9]", Personal.IDENTITY),  # CURP of Mexico
        (r"[0-9]{4}-[0-9]{4}-[0-9]{5}", Personal.IDENTITY),  # DNI of Honduras
        (r"[A-Z]{1,2}[0-9]{7}", Personal.IDENTITY),
        (r"GB[0-9]{2}[A-Z]{4}[0-9]{14}", Personal.BANK),
        (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Personal.DEVICE),
        (r"@[a-z]{3}[a-z_]{0,12}", Personal.ACCOUNT),
        (r"[a-z]{1,9}@[a-z]{1,9}\.org", Personal.EMAIL),
        (r"-?[0-9]{1,2}\.[0-9]{3,8},-?[0-9]{1,2}\.[0-9]{3,8}", Personal.POSITION),
    ],
)
@given(data=st.data())
def test_every_number_of_a_known_form_is_found(pattern, reason, data):
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    assert personal_text(text) == reason


def test_numbers_of_telephones_are_known_by_their_check_digit():
    imeis = ["490154203237518", "356938035643809", "352099001761481"]
    assert personal("q4", imeis) == Personal.DEVICE
    assert personal("q4", [*imeis, "120242075202220"]) is None  # identifiers of any kind


def test_long_answers_of_many_people_are_free_text():
    told = [f"they said that the road was long and that day {day} was the worst" for day in range(30)]
    assert personal("q9", told) == Personal.FREE_TEXT
    assert personal("q9", told[:3] * 10) is None  # three answers to choose from


@pytest.mark.parametrize("text", ["a" * 10**6, "1 " * 10**6, "@" * 10**5, "٣" * 10**5, "1-" * 10**5])
def test_a_hostile_cell_takes_no_time(text):
    before = time.perf_counter()
    personal_text(text, countries=("NGA", "SEN"))
    assert time.perf_counter() - before < 1


@given(st.text(max_size=40), st.lists(st.text(max_size=60), max_size=5))
def test_the_same_column_is_always_judged_alike(header, values):
    assert personal(header, values) == personal(header, list(values))


@given(st.sampled_from([header for header, _, _ in COLUMNS]))
def test_case_accents_and_invisible_marks_hide_nothing(header):
    assert folded(header.upper()) == folded("\u200f" + header) == folded(f" {header} ")


@pytest.mark.parametrize(
    ("count", "standard", "strict"),
    [
        *((0, 0, None), (1, None, None), (7, None, None), (8, 10, None), (9, 10, None), (10, 10, 10), (12, 10, 10)),
        *((13, 15, 10), (14, 15, 10), (15, 15, 20), (403, 405, 400)),
    ],
)
def test_small_counts_are_hidden_and_others_rounded(count, standard, strict):
    assert disclose(count, by=()) == standard
    assert disclose(count, STRICT, by=()) == strict


@given(COUNTS, PROFILES)
def test_no_shown_count_can_be_told_to_the_person(count, profile):
    shown = disclose(count, profile, by=())
    if shown:
        alike = [other for other in range(max(count - 10, 0), count + 11) if disclose(other, profile, by=()) == shown]
        assert len(alike) >= 5
        assert abs(shown - count) <= profile.base / 2


@given(COUNTS, PROFILES)
def test_the_order_of_shown_counts_is_that_of_the_true_ones(count, profile):
    shown = [value for value in (disclose(n, profile, by=()) for n in range(count, count + 30)) if value is not None]
    assert all(first <= second for first, second in pairwise(shown))


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_a_total_is_rounded_on_its_own(parts):
    assert abs((disclose(sum(parts), by=()) or 0) - sum(parts)) <= 7  # and never drifts by the rounding of its parts


@given(st.integers(0, 400), st.integers(0, 400), PROFILES)
def test_a_shown_share_is_made_of_shown_counts(events, others, profile):
    total = events + others
    shown = disclose_share(events, total, profile, by=())
    if shown is None:
        assert min(events, others) < profile.smallest
    else:
        assert min(events, others) >= profile.smallest
        assert shown == disclose(events, profile, by=()) / disclose(total, profile, by=())
        assert 0 < shown < 1


@pytest.mark.parametrize(("events", "total"), [(0, 400), (400, 400), (3, 400), (397, 400), (0, 0), (4, 7)])
def test_a_share_that_tells_what_each_person_said_is_hidden(events, total):
    assert disclose_share(events, total, by=()) is None


def test_a_mean_of_few_people_is_hidden():
    assert disclose_mean(3.5, 7, by=()) is None
    assert disclose_mean(3.5, 8, by=()) == 3.5
    assert disclose_mean(3.5, 9, STRICT, by=()) is None


def test_people_told_apart_by_two_things_are_shown_by_the_strict_profile_or_not_at_all():
    assert (profile_for([]), profile_for(["sex"]), profile_for(["sex", "age"])) == (STANDARD, STANDARD, STRICT)
    assert profile_for(["sex"], STRICT) == STRICT
    assert disclose(9, by=["sex"]) == 10
    assert disclose(9, by=["sex", "age"]) is None
    assert disclose_mean(3.5, 9, by=["sex", "age"]) is None
    assert disclose_table({("F",): 9, ("M",): 0}, by=["sex"]) == {("F",): 10, ("M",): 0}
    assert disclose_table({("F", "18-24"): 9, ("M", "18-24"): 14}, by=["sex", "age"]) == {
        ("F", "18-24"): None,
        ("M", "18-24"): 10,
    }
    for refused in (
        lambda: disclose(90, STANDARD, by=["sex", "age"]),
        lambda: disclose_mean(3.5, 90, STANDARD, by=["sex", "age"]),
        lambda: disclose_table({("F", "18-24"): 90}, STANDARD, by=["sex", "age"]),
        lambda: disclose_share(40, 90, STANDARD, by=["sex"]),  # of women, by what they answered
    ):
        with pytest.raises(ValueError, match=r"cannot be shown: this profile protects 1 of these 2 at once$"):
            refused()
    with pytest.raises(ValueError, match=r"^people by age, answer, place, sex cannot .* protects 3 of these 4"):
        disclose(90, by=["sex", "age", "place", "answer"])


def test_a_share_of_one_group_of_people_is_made_by_the_strict_profile():
    assert disclose_share(9, 30, by=()) == 10 / 30
    assert disclose_share(9, 30, by=["sex"]) is None
    assert disclose_share(14, 30, by=["sex"]) == 10 / 30


def test_a_table_cannot_say_fewer_breakdowns_than_it_has():
    with pytest.raises(ValueError, match=r"^\('F', '18-24'\) has 2 parts, must be one for each of sex$"):
        disclose_table({("F", "18-24"): 90}, by=["sex"])


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(ValueError, match=r"^-1 people cannot be counted$"):
        disclose(-1, by=())
    with pytest.raises(ValueError, match=r"^6 of 5 is not a share$"):
        disclose_share(6, 5, by=())
    with pytest.raises(ValueError, match=r"^rounding to 10 must be between 1 and the smallest count shown \(8\)$"):
        Profile(smallest=8, base=10)


NAMES = "Amara Jallow|Binta Ceesay|Chidera Okonkwo|Fanta Diallo|Gibril Sowe|Penda Barry|Rokia Traoré|Samba Konaté"


@pytest.mark.parametrize(
    ("header", "cells", "countries", "reason"),
    [
        ("q12", NAMES.split("|"), (), Personal.NAME),
        ("q12", [name.upper() for name in NAMES.split("|")], (), Personal.NAME),
        ("q1", ["محمد", "فاطمة", "أحمد", "عائشة", "يوسف", "مريم"], (), Personal.NAME),
        ("q7", ["771234567", "771234568", "771234569", "771234570", "771234571"], ("SEN",), Personal.PHONE),
        ("q7", ["٠٧٧٠١٢٣٤٥٦٧", "٠٧٧٠١٢٣٤٥٦٨", "٠٧٧٠١٢٣٤٥٦٩", "٠٧٧٠١٢٣٤٥٧٠", "٠٧٧٠١٢٣٤٥٧١"], ("IRQ",), Personal.PHONE),
        ("q8", ["GN/KAL/0012345", "GN/KAL/0022346", "GN/KAL/0032347", "GN/KAL/0042348", "GN/KAL/0052349"], (),
         Personal.IDENTITY),
        ("q6", ["1987-03-12", "1992-11-02", "2001-07-30", "1975-01-09", "1999-05-21"], (), Personal.BIRTH_DATE),
        ("q9", ["13°30'49\"N 2°6'35\"E"], (), Personal.POSITION),
        ("q5", ["api.whatsapp.com/send?phone=22177000001"], (), Personal.ACCOUNT),
        ("您的电话", ["13812345678"], (), Personal.PHONE),
        ("childName1", ["Tom"], (), Personal.NAME),
    ],
)  # fmt: skip
def test_personal_data_are_known_by_their_cells_where_the_header_says_nothing(header, cells, countries, reason):
    assert personal(header, cells, countries=countries) == reason


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("q4", ["Dakar", "Thiès", "Saint-Louis", "Dakar", "Kolda", "Dakar", "Thiès", "Matam"]),
        ("Municipality", ["San Juan", "San José", "Santa Rosa", "Gracias", "La Paz", "Comayagua"]),
        ("q2", ["Facebook", "TikTok", "Radio Ndarason", "Facebook", "TikTok", "Facebook"]),
        ("visited", ["2026-01-12", "2026-02-02", "2026-03-30", "2026-04-09", "2026-05-21"]),
        ("income", ["10000", "250000", "90000", "12500", "71000", "83000"]),
        ("ctr", ["0.0123456", "0.0223457", "0.0323458", "0.0423459", "0.0523460"]),
        ("year", ["1987", "1992", "2001", "1975", "1999"]),
    ],
)
def test_places_brands_days_and_amounts_are_not_taken_for_people(header, cells):
    assert personal(header, cells, countries=("SEN", "NGA")) is None


def test_a_latitude_beside_a_longitude_is_a_position_whatever_they_are_called():
    north = ["13.512345", "13.498765", "13.587654", "13.455555"]
    east = ["2.112345", "2.098765", "2.187654", "2.055555"]
    weights = ["0.912345", "1.098765", "1.187654", "0.855555"]
    assert set(personal_columns({"c1": north, "c2": east}).values()) == {Personal.POSITION}
    assert set(personal_columns({"w1": weights, "w2": list(reversed(weights))}).values()) == {None}


@pytest.mark.parametrize("day", ["2025-04-02", "02/04/2025", "2.4.2025", "2025-04-02T09:15:30.000Z"])
def test_a_day_is_no_telephone_number_of_any_country(day: str) -> None:
    countries = sorted(REGIONS)
    assert personal_text(day, countries=countries) is None
    assert personal("date", [day] * 40, countries=countries) is None
    assert personal("date", [f"2025-04-{number:02}" for number in range(1, 29)], countries=countries) is None


def test_a_telephone_number_beside_a_day_is_found() -> None:
    assert personal_text("2025-04-02: call +234 803 000 0000") == Personal.PHONE
