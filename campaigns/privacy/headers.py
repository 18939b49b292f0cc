"""What the name of a column says of the people in it, in the languages of those who are asked."""

import re
import unicodedata
from enum import StrEnum


class Personal(StrEnum):
    """Why a column, or a text, must not be stored."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"  # handles, profile links, user names
    ADDRESS = "address"
    POSITION = "position"
    IDENTITY = "identity"  # passports, national identity numbers
    BANK = "bank"
    DEVICE = "device"
    BIRTH_DATE = "birth_date"
    MEDIA = "media"  # photographs, recordings, signatures
    COLLECTOR = "collector"  # who did the interview
    SENSITIVE = "sensitive"  # belief, ethnicity, health, sexual orientation
    FREE_TEXT = "free_text"  # names without a cue cannot be found in twenty languages


def folded(text: str) -> str:
    """A header as it is compared: no case, accents, invisible marks or punctuation, one blank between words."""
    plain = (c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join("".join(c if c.isalnum() else " " for c in "".join(plain).casefold()).split())


# Words of headers, with or without accents. The languages: en, fr, es, pt, de, it, ru, uk, ar, zh; sw, am, ti, so, ha,
# tr, fa, ur, bn, hi, ne, ku, sq, vi, id.
_HEADERS: dict[Personal, str] = {
    Personal.COLLECTOR: (
        "submitted by, enumerator, interviewer, data collector, enqueteur, enquetrice, enquete par, encuestador, "
        "encuestadora, entrevistador, entrevistadora, интервьюер, інтервʼюер, الباحث الميداني, الباحثة, "
        "intervistatore, mdadisi, submitter, submitterid, submittername, submitter id, submitter name, agent de "
        "collecte, 调查员, 访问员, anketör, پرسشگر"
    ),
    Personal.DEVICE: (
        "imei, imsi, deviceid, device id, simserial, sim serial, simid, sim id, subscriberid, subscriber id, mac "
        "address, ip, ip address, adresse ip, ipaddress, idfa, gaid, advertising id, ad id of device, "
        "devicephonenum"
    ),
    Personal.EMAIL: (
        "email, e mail, mail, courriel, adresse electronique, correo, correo electronico, correio eletronico, "
        "электронная почта, почта, електронна пошта, пошта, بريد, البريد الالكتروني, البريد الإلكتروني, barua "
        "pepe, posta elettronica, ኢሜይል, 邮箱, 邮件, e posta, eposta, ایمیل, ای میل, ইমেইল, ईमेल, surel"
    ),
    Personal.PHONE: (
        "phone, phonenumber, telephone, mobile, mobile number, cell number, cellphone, contact number, whatsapp, "
        "viber, tel, portable, gsm, numero de portable, telefono, celular, telefone, telemovel, телефон, номер "
        "телефона, мобильный, الهاتف, هاتف, رقم الهاتف, الجوال, جوال, موبايل, الموبايل, telefon, handynummer, "
        "cellulare, "
        "simu, nambari ya simu, ስልክ, ስልኪ, taleefan, telefoonka, lambar waya, 电话, 手机, تلفن, شماره تلفن, موبایل, "
        "فون, فون نمبر, ফোন, মোবাইল, फोन, फ़ोन, मोबाइल, تەلەفۆن, telefoni, dien thoai, nomor telepon, telepon, "
        "ponsel"
    ),
    Personal.ACCOUNT: (
        "username, user name, user id, userid, handle, screen name, profile link, profile url, facebook name, "
        "facebook id, telegram, instagram account, nom d utilisateur, identifiant facebook, usuario, nombre de "
        "usuario, nome de usuario, utilizador, имя пользователя, никнейм, اسم المستخدم, benutzername, nome "
        "utente, jina la mtumiaji, 微信, 用户名, kullanici adi, skype"
    ),
    Personal.BIRTH_DATE: (
        "date of birth, birth date, birthdate, birthday, dob, date de naissance, fecha de nacimiento, data de "
        "nascimento, дата рождения, дата народження, تاريخ الميلاد, geburtsdatum, data di nascita, tarehe ya "
        "kuzaliwa, 出生日期, 生日, dogum tarihi, تاریخ تولد, تاریخ پیدائش, জন্ম তারিখ, जन्म तिथि, ngay sinh, tanggal "
        "lahir"
    ),
    Personal.POSITION: (
        "latitude, longitude, lat, lon, lng, gps, geopoint, geolocation, coordinates, coordonnees, coordenadas, "
        "координаты, широта, долгота, احداثيات, إحداثيات, خط العرض, خط الطول, koordinaten, coordinate, 坐标, 经度, "
        "纬度, 定位, konum"
    ),
    Personal.IDENTITY: (
        "passport, passport number, passeport, pasaporte, passaporte, паспорт, جواز السفر, reisepass, pasipoti, "
        "national id, nationalid, id number, id card, identity number, identity card, carte d identite, numero d "
        "identite, cedula, dni, documento de identidad, bilhete de identidade, رقم الهوية, الهوية, الرقم الوطني, "
        "kitambulisho, ausweis, codice fiscale, cnic, nin, bvn, ssn, case number, registration number, unhcr "
        "number, refugee number, 护照, 身份证, kimlik no, kimlik numarasi, تذکره, کد ملی, شناختی کارڈ, এনআইডি, आधार, "
        "nagrita, aadhaar, tazkira"
    ),
    Personal.BANK: (
        "iban, bank account, account number, compte bancaire, cuenta bancaria, conta bancaria, card number, "
        "mobile money number, 银行账号, 银行卡, расчетный счет, الحساب البنكي, رقم الحساب"
    ),
    Personal.MEDIA: (
        "signature, firma, assinatura, подпись, توقيع, unterschrift, photo, photograph, picture, selfie, foto, "
        "фото, صورة, picha, audio, recording, enregistrement, grabacion, voice note, 签名, 照片, 录音, imza, fotograf"
    ),
    Personal.ADDRESS: (
        "address, home address, street, house number, adresse, rue, domicile, direccion, domicilio, endereco, "
        "morada, адрес, адреса, улица, عنوان, العنوان, عنوان السكن, indirizzo, anwani, anschrift, አድራሻ, cinwaan, "
        "adireshi, 地址, 住址, adres, آدرس, پتہ, ঠিকানা, पता, ठेगाना, dia chi, alamat"
    ),
    Personal.SENSITIVE: (
        "religion, religious affiliation, ethnicity, ethnic group, tribe, political party, political opinion, "
        "sexual orientation, hiv, hiv status, health status, ethnie, religiao, etnia, grupo etnico, religione, "
        "религия, национальность по крови, الدين, الديانة, العرق, dini, kabila, orientation sexuelle, etat de "
        "sante, 宗教, 民族, مذهب, ধর্ম, धर्म"
    ),
    Personal.FREE_TEXT: (
        "comment, comments, comentario, comentarios, commentaire, commentaires, kommentar, комментарий, "
        "комментарии, تعليق, تعليقات, ملاحظات, maoni, note, notes, remark, remarks, remarques, observations, "
        "observaciones, observacoes, feedback, testimony, temoignage, testimonio, please specify, specify, "
        "precisez, preciser, especifique, in your own words, post text, message text, review comments, review "
        "corrections, примечание, примечания, 备注, 评论, 意见, yorum, open ended response"
    ),
    Personal.NAME: (
        "full name, fullname, first name, firstname, last name, lastname, surname, family name, given name, "
        "forename, prenom, nom de famille, apellido, apellidos, sobrenome, apelido, фамилия, прізвище, отчество, "
        "фио, nachname, vorname, cognome, jina la ukoo, الاسم الكامل, الاسم الثلاثي, اللقب, اسم العائلة, name, "
        "names, nom, noms, nombre, nombres, nome, имя, імʼя, اسم, الاسم, jina, ስም, magaca, suna, 姓名, 名字, isim, "
        "soyad, soyadi, adi soyadi, نام, নাম, नाम, ناو, emri, mbiemri, ho va ten, ho ten, nama, child name, "
        "nickname, surnom, apodo"
    ),
}
_PHRASES = tuple((reason, folded(phrase)) for reason, text in _HEADERS.items() for phrase in text.split(", "))
# Names that are no person's.
_THINGS = frozenset(
    "restaurant campaign ad ads adset set group school village town city district region country province place site "
    "organisation organization ngo page video radio station programme program channel post file project market product "
    "language campagne publicite ecole ville pays projet marche campana anuncio escuela ciudad pais proyecto campanha "
    "conjunto escola cidade кампании группы объявления الحملة الاعلان مجموعة kampagne anzeige campagna inserzione "
    "budget network platform event bank brand marque marca placement form event sheet".split()
)
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")


def by_header(header: str) -> Personal | None:
    """What a header speaks of by itself: `phoneNumber`, `name_2`, `group/Téléphone`, `您的电话`."""
    texts = _spelt(header)
    for reason, phrase in _PHRASES:
        # Chinese is written without blanks between words.
        wanted = phrase if "\u4e00" <= phrase[0] <= "\u9fff" else f" {phrase} "
        if any(wanted in text for text in texts) and not (reason == Personal.NAME and is_of_a_thing(header)):
            return reason
    return None


def is_of_a_thing(header: str) -> bool:
    """Whether a header speaks of places, organisations and the like, whose names are nobody's."""
    return any(_THINGS & set(text.split()) for text in _spelt(header))


def _spelt(header: str) -> set[str]:
    return {f" {folded(header)} ", f" {folded(_JOINT.sub(' ', header))} "}
