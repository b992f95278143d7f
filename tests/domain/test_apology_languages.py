# ruff: noqa: RUF001 - signs that look alike are what this is about
import pytest

from recoverydesk.domain.apology import LANGUAGES, Finding, check, parts
from recoverydesk.places import RESOURCES

BAD = {
    "en": (
        ("It was not our fault.", "not our fault"),
        ("We are sorry, but it was late.", "but"),
        ("We apologise. However, we did warn you.", "However"),
        ("Sorry if you felt hurt.", "if you felt hurt"),
        ("If this has caused you trouble, we are sorry.", "If this has caused you"),
        ("I'm sorry you feel that way.", "sorry you feel that way"),
        ("Mistakes were made.", "Mistakes were made"),
        ("An error has occurred.", "An error has occurred"),
        ("Unfortunately, you came late.", "Unfortunately, you"),
        ("You failed to sign.", "You failed to"),
        ("You should have rung us first.", "You should have"),
        ("We regret any inconvenience caused.", "any inconvenience caused"),
        ("It was a misunderstanding.", "a misunderstanding"),
        ("It is our policy.", "our policy"),
        ("You are a valued customer.", "valued customer"),
    ),
    "de": (
        ("Das war nicht unsere Schuld.", "nicht unsere Schuld"),
        ("Es tut uns sehr leid, aber es war spät.", "aber"),
        ("Wir bitten um Entschuldigung. Aber wir hatten Sie gewarnt.", "Aber"),
        ("Es tut mir leid, doch die Küche hatte zu.", "doch"),
        (
            "Es tut uns leid, falls Sie sich verletzt gefühlt haben.",
            "falls Sie sich verletzt gefühlt haben",
        ),
        ("Sollten wir Sie verärgert haben, tut uns das leid.", "Sollten wir Sie verärgert haben"),
        ("Es tut uns leid, dass Sie sich so fühlen.", "leid, dass Sie sich so fühlen"),
        ("Es wurden Fehler gemacht.", "wurden Fehler gemacht"),
        ("Dabei ist leider ein Fehler passiert.", "ist leider ein Fehler passiert"),
        ("Leider kam es zu Verzögerungen.", "kam es zu Verzögerungen"),
        ("Leider haben Sie die Frist verpasst.", "Leider haben Sie"),
        ("Sie hätten uns vorher anrufen müssen.", "Sie hätten uns vorher anrufen müssen"),
        ("Das lag daran, dass Sie es zu melden versäumt haben.", "Sie es zu melden versäumt haben"),
        ("Wir bedauern etwaige Unannehmlichkeiten.", "etwaige Unannehmlichkeiten"),
        ("Wir bitten um Ihr Verständnis.", "um Ihr Verständnis"),
        ("Das war ein Missverständnis.", "ein Missverständnis"),
        ("Wir hatten Personalmangel.", "Personalmangel"),
    ),
    "fr": (
        ("Ce n’est pas notre faute.", "pas notre faute"),
        ("Nous sommes désolés, mais il était tard.", "mais"),
        ("Nous vous présentons nos excuses. Toutefois, vous étiez en retard.", "Toutefois"),
        ("Nous regrettons si vous vous êtes sentie blessée.", "si vous vous êtes sentie blessée"),
        ("Je suis désolé si l’attente vous a déçu.", "si l’attente vous a déçu"),
        ("Si cela vous a contrarié, nous en sommes désolés.", "Si cela vous a contrarié"),
        ("Je suis désolée que vous le preniez ainsi.", "désolée que vous le preniez"),
        ("Des erreurs ont été commises.", "Des erreurs ont été commises"),
        ("Une erreur s’est glissée dans la facture.", "Une erreur s’est glissée"),
        ("Il y a eu un dysfonctionnement.", "Il y a eu un dysfonctionnement"),
        ("Malheureusement, vous êtes venu trop tard.", "Malheureusement, vous"),
        ("Vous auriez dû nous prévenir.", "Vous auriez dû"),
        ("Vous n’avez pas respecté le délai.", "Vous n’avez pas respecté"),
        ("C’est un malentendu.", "un malentendu"),
        ("Veuillez nous excuser pour la gêne occasionnée.", "la gêne occasionnée"),
        ("Merci de votre compréhension.", "de votre compréhension"),
        ("Nous avions un manque de personnel.", "manque de personnel"),
    ),
    "es": (
        ("No fue culpa nuestra.", "No fue culpa nuestra"),
        ("Lo sentimos, pero era tarde.", "pero"),
        ("Le pedimos disculpas. Sin embargo, ya le avisamos.", "Sin embargo"),
        ("Lo siento si usted se sintió ofendido.", "si usted se sintió ofendido"),
        (
            "Si le hemos causado alguna molestia, discúlpenos.",
            "Si le hemos causado alguna molestia",
        ),
        ("Lamentamos que se sienta así.", "Lamentamos que se sienta así"),
        ("Se cometieron errores.", "Se cometieron errores"),
        ("Hubo un fallo en el pedido.", "Hubo un fallo"),
        ("Algo salió mal.", "Algo salió mal"),
        ("Lamentablemente, usted llegó tarde.", "Lamentablemente, usted"),
        ("Usted debería habernos avisado.", "Usted debería habernos"),
        ("Usted olvidó firmar.", "Usted olvidó"),
        ("Perdone las molestias ocasionadas.", "las molestias ocasionadas"),
        ("Fue un malentendido.", "un malentendido"),
        ("Agradecemos su comprensión.", "su comprensión"),
        ("Es por falta de personal.", "falta de personal"),
    ),
    "nl": (
        ("Dat is niet onze schuld.", "niet onze schuld"),
        ("Het spijt ons, maar het was laat.", "maar"),
        ("Onze excuses. Maar u was te laat.", "Maar"),
        ("Het spijt ons; wij hadden u echter gewaarschuwd.", "echter"),
        ("Het spijt me als u zich gekwetst voelde.", "als u zich gekwetst voelde"),
        (
            "Mocht u hinder hebben ondervonden, dan spijt ons dat.",
            "Mocht u hinder hebben ondervonden",
        ),
        ("Het spijt ons dat u zich zo voelt.", "spijt ons dat u zich zo voelt"),
        ("Er zijn fouten gemaakt.", "Er zijn fouten gemaakt"),
        ("Daarbij is er helaas een fout gemaakt.", "is er helaas een fout gemaakt"),
        ("Er ging iets mis.", "Er ging iets mis"),
        ("Helaas bent u te laat gekomen.", "Helaas bent u"),
        ("U had ons eerder moeten bellen.", "U had ons eerder moeten bellen"),
        ("Dat komt doordat u vergeten bent te tekenen.", "u vergeten bent"),
        ("Excuses voor het ongemak.", "het ongemak"),
        ("Het was een misverstand.", "een misverstand"),
        ("Bedankt voor uw begrip.", "voor uw begrip"),
        ("Dat kwam door personeelstekort.", "door personeelstekort"),
    ),
}

GOOD = {
    "en": (
        "I am sorry, and you deserve nothing but the best.",
        "We are sorry. The soup was good but cold.",
        "I am sorry that we were not only late but also rude.",
        "We are sorry about the butter.",
        "I am sorry for the delay, however small it was.",
        "You should have been told at once.",
        "It was not your fault.",
        "If you like, we will come to you.",
        "If you feel unwell, please see a doctor.",
        "Unfortunately, you had to wait for an hour.",
        "A mistake was made by us.",
        "The shop was in a sorry state.",
        "I understand why you are upset.",
    ),
    "de": (
        "Aber natürlich kommen wir zu Ihnen.",
        "Die Suppe war gut, aber kalt.",
        "Es tut uns leid. Die Suppe war gut, aber kalt.",
        "Es tut mir leid, dass wir nicht nur zu spät, aber auch unfreundlich waren.",
        "Es tut mir leid, das hätte doch nie passieren dürfen.",
        "Wenn Sie möchten, holen wir das Gerät ab.",
        "Wenn Sie sich unwohl fühlen, gehen Sie bitte zum Arzt.",
        "Es tut mir leid. Wenn Sie Fragen haben, rufen Sie mich an.",
        "Uns ist ein Fehler unterlaufen.",
        "Sie hätten nicht so lange warten müssen.",
        "Es war nicht Ihre Schuld.",
        "Leider haben Sie vergeblich gewartet.",
        "Wir haben Verständnis für Ihren Ärger.",
        "Ich bin es leid, aber ich bleibe.",
    ),
    "fr": (
        "Mais oui, nous viendrons.",
        "Je suis désolé. Le plat était bon mais froid.",
        "Un paysage désolé, mais superbe.",
        "Nous sommes désolés d’avoir été non seulement en retard mais aussi impolis.",
        "Si vous le souhaitez, nous passons chez vous.",
        "Je suis désolé. Si vous avez une question, appelez-moi.",
        "Si vous vous sentez mal, consultez un médecin.",
        "Une erreur a été commise par nous.",
        "Vous auriez dû être informé tout de suite.",
        "Ce n’est pas votre faute.",
        "Nous avons commis une erreur.",
        "Malheureusement, vous avez dû attendre.",
        "Le maïs était froid, et je le regrette.",
    ),
    "es": (
        "Pero claro que iremos.",
        "Lo sentimos. La sopa estaba rica pero fría.",
        "Sentimos haber llegado tarde, pero también haber sido bruscos.",
        "Si lo desea, pasamos por su casa.",
        "Si se siente mal, vaya al médico.",
        "Lo siento. Si tiene alguna pregunta, llámeme.",
        "Gracias por tomarse la molestia de escribirnos.",
        "Cometimos un error.",
        "Hubo un error por nuestra parte.",
        "Usted debería haber recibido una respuesta enseguida.",
        "No fue culpa suya.",
        "Lamentablemente, usted tuvo que esperar.",
        "Me siento muy cansado, pero contento.",
    ),
    "nl": (
        "Maar natuurlijk komen wij langs.",
        "Het spijt ons. De soep was lekker maar koud.",
        "Het spijt ons dat wij niet alleen laat waren, maar ook onbeleefd.",
        "Het spijt me, en u hoeft alleen maar te bellen.",
        "Als u wilt, komen wij langs.",
        "Als u zich niet goed voelt, ga dan naar een arts.",
        "Het spijt ons. Als u vragen hebt, belt u mij gerust.",
        "Er is door ons een fout gemaakt.",
        "U had dit van ons moeten horen.",
        "Het was niet uw schuld.",
        "Helaas hebt u lang moeten wachten.",
        "Wij hebben alle begrip voor uw boosheid.",
        "Wij hebben een fout gemaakt.",
    ),
}

ADMITTED = {
    "en": ("That was our fault.", "We are to blame.", "We were negligent.", "We let you down."),
    "de": (
        "Das war unsere Schuld.",
        "Wir haben fahrlässig gehandelt.",
        "Die Verantwortung liegt allein bei uns.",
        "Uns ist ein Fehler unterlaufen.",
    ),
    "fr": (
        "C’est notre faute.",
        "Nous avons été négligents.",
        "Nous en assumons l’entière responsabilité.",
        "Nous aurions dû vous prévenir.",
    ),
    "es": (
        "Fue culpa nuestra.",
        "Fuimos negligentes.",
        "Asumimos toda la responsabilidad.",
        "Le hemos fallado.",
    ),
    "nl": (
        "Dat is onze schuld.",
        "Wij zijn nalatig geweest.",
        "Wij nemen de volledige verantwoordelijkheid.",
        "Wij hebben u in de steek gelaten.",
    ),
}

HIDDEN = {
    "en": ("Sorry if you felt hurt.", "if you felt"),
    "de": ("Es tut uns leid, falls Sie sich verletzt gefühlt haben.", "falls Sie sich"),
    "fr": ("Nous regrettons si vous vous êtes senti blessé.", "si vous vous"),
    "es": ("Lo siento si usted se sintió ofendido.", "si usted se"),
    "nl": ("Het spijt me als u zich gekwetst voelde.", "als u zich"),
}

LETTERS = sorted((RESOURCES / "letters").glob("*/apology*.md"))


def pairs(table):
    return [(language, one) for language, ones in table.items() for one in ones]


def body(file):
    return file.read_text("utf-8").split("+++", 2)[2]


def language_of(file):
    return file.parent.name


@pytest.mark.parametrize("file", LETTERS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_letter_that_ships_is_whole_and_has_nothing_to_reconsider(file):
    careful = file.stem.endswith(".careful")

    assert parts(body(file), language=language_of(file), careful=careful).complete
    assert check(body(file), language=language_of(file), careful=careful) == ()


def test_every_language_has_its_tables_here():
    for table in (BAD, GOOD, ADMITTED, HIDDEN):
        assert set(table) == LANGUAGES
    assert all(len(BAD[one]) >= 12 and len(GOOD[one]) >= 12 for one in LANGUAGES)


@pytest.mark.parametrize(("language", "bad"), pairs(BAD))
def test_a_bad_phrase_is_found(language, bad):
    text, phrase = bad
    (finding,) = check(text, language=language)

    assert finding.phrase == phrase
    assert text[finding.start : finding.end] == phrase
    assert finding.why
    assert finding.better


@pytest.mark.parametrize(("language", "bad"), pairs(BAD))
def test_it_stays_wrong_in_a_careful_letter(language, bad):
    found = check(bad[0], language=language, careful=True)

    assert bad[1] in [finding.phrase for finding in found]


@pytest.mark.parametrize(("language", "text"), pairs(GOOD))
def test_a_good_sentence_is_left_alone(language, text):
    assert check(text, language=language) == ()


@pytest.mark.parametrize(("language", "text"), pairs(ADMITTED))
def test_only_a_careful_letter_is_kept_from_admitting_it(language, text):
    assert check(text, language=language) == ()
    assert parts(text, language=language).responsibility

    (finding,) = check(text, language=language, careful=True)

    assert finding.sentence
    assert check(finding.sentence, language=language, careful=True) == ()
    assert parts(finding.sentence, language=language).regret


@pytest.mark.parametrize(("language", "bad"), pairs(BAD))
@pytest.mark.parametrize("careful", [False, True])
def test_what_is_offered_instead_is_good_itself(language, bad, careful):
    for finding in check(bad[0], language=language, careful=careful):
        assert check(finding.sentence, language=language, careful=careful) == ()


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(
    ("sign", "instead"),
    [
        (" ", "\n"),
        (" ", "  \r\n"),
        (" ", "\u00a0"),
        (" ", "\u202f"),
        (" ", " **"),
        (" ", " \u00ad"),
        ("s", "s\u00ad"),
        ("s", "s\u200b"),
    ],
)
def test_signs_that_nobody_sees_hide_nothing(language, sign, instead):
    text, phrase = HIDDEN[language]
    written = text.replace(phrase, phrase.replace(sign, instead))
    (plain,) = check(text, language=language)
    (finding,) = check(written, language=language)

    assert finding.phrase == plain.phrase.replace(phrase, phrase.replace(sign, instead))
    assert written[finding.start : finding.end] == finding.phrase


@pytest.mark.parametrize("text", ["C'est l'oubli d'une règle : un malentendu.", "Un malentendu"])
def test_the_place_is_that_of_the_original(text):
    (finding,) = check(text, language="fr")

    assert finding == Finding(
        text.casefold().index("un malentendu"),
        text.casefold().index("un malentendu") + len("un malentendu"),
        finding.phrase,
        finding.why,
        finding.better,
        "Nous nous sommes trompés.",
    )


def test_accents_may_be_written_apart():
    text = "Nous sommes de\u0301sole\u0301s, mais il e\u0301tait tard."

    assert parts(text, language="fr").regret
    assert [finding.phrase for finding in check(text, language="fr")] == ["mais"]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(
    ("field", "part"),
    [("problem", "what_happened"), ("what_changed", "never_again"), ("remedies", "repair")],
)
def test_a_field_counts_as_what_it_stands_for(language, field, part):
    for text in (f"{{{{{field}}}}}", f"{{{{{field}|–}}}}"):
        assert getattr(parts(text, language=language), part)
    assert not getattr(parts("{{first_name}}", language=language), part)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_to_deny_a_fault_is_not_to_own_it(language):
    assert not parts(BAD[language][0][0], language=language).responsibility


@pytest.mark.parametrize("tag", ["de-AT", "de_CH", "DE", "de-Latn-DE"])
def test_a_tag_is_read_by_its_language(tag):
    assert parts("Es tut mir leid.", language=tag).regret


@pytest.mark.parametrize("tag", ["", "pl", "english", "e"])
def test_an_unknown_language_has_nothing(tag):
    text = "I am sorry, but mistakes were made. That was our fault."

    assert check(text, language=tag, careful=True) == ()
    assert not parts(text, language=tag).regret
    assert not parts(text, language=tag, careful=True).complete


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un paysage désolé."),
        ("de", "Ich bin es leid."),
        ("es", "Me siento bien."),
        ("en", "A sorry state."),
        ("nl", "Dat is jammer."),
    ],
)
def test_words_that_only_look_like_regret_are_none(language, text):
    assert not parts(text, language=language).regret
