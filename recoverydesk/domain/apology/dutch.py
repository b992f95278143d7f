"""The words of an apology in Dutch, with verbs whole and taken apart."""

from recoverydesk.domain.apology.wording import Doubt, Sentences, Wordings

_UPSET = (
    r"(voelde|voelt|gevoeld|gekwetst|beledigd|teleurgesteld|geërgerd|gestoord|ongemakkelijk"
    r"|overlast|ongemak|hinder|last|ontevreden|boos|benadeeld|onprettig|vervelend|gegriefd|ontstemd"
    r"|niet (goed|netjes|prettig|correct) behandeld|zo ervaren)"
)
_TAIL = (
    r"( (voelde|voelt|gevoeld|hebt|heeft|hebben|bent|was|is|zijn|ondervonden|geweest|behandeld))"
)
_SLIP = r"(fout|fouten|foutje|vergissing|vergissingen|misverstand|probleem|problemen)"
_OURS = r"(?!.{0,40}\b(door|bij) (ons|mij)\b)"
_TOLD = (
    r"(laten weten|melden|zeggen|lezen|controleren|nakijken|bellen|komen|opletten|vragen|bewaren"
    r"|doorgeven|aangeven|tekenen)"
)
_OWNED = (
    r"(verantwoordelijkheid|schuld) ~3 (rust|ligt|berust|komt) ~2 (bij|op|voor) (ons|mij|onze)",
    r"(wij|we|ik) (waren|zijn|was|ben) ~2 (nalatig|onzorgvuldig)",
    r"(?<!niet )(onze|mijn) (eigen )?(fout|schuld|vergissing|nalatigheid|tekortkoming|slordigheid)",
    r"(fout|schuld|verantwoordelijkheid) (ligt|lag|is) ~2 (bij ons|bij mij|van ons)",
    r"(wij|we|ik) (nemen|neem|dragen|draag) ~4 (verantwoordelijkheid|schuld)",
    r"(nemen|neem|dragen|draag) (wij|we|ik) ~4 (verantwoordelijkheid|schuld)",
    r"(wij|we|ik) (hebben|heb) ~5 (gefaald|tekortgeschoten|nagelaten|in de steek gelaten|fout"
    r" gedaan|verkeerd gedaan|fout gemaakt|fouten gemaakt|beschaamd|teleurgesteld|laten zitten)",
    r"(hebben|heb) (wij|we|ik) ~5 (gefaald|nagelaten|in de steek gelaten|fout gedaan|verkeerd"
    r" gedaan|fout gemaakt|fouten gemaakt|beschaamd|teleurgesteld|laten zitten|niet waargemaakt)",
    r"(zijn|ben) (wij|we|ik) ~4 (tekortgeschoten|in gebreke gebleven)",
    r"(wij|we|ik) (zijn|ben) ~4 (tekortgeschoten|in gebreke gebleven|schuldig)",
    r"schoten (wij|we) ~2 tekort|(wij|we) schoten ~2 tekort",
    r"(wij|we|ik) (hadden|had) ~6 (moeten|mogen)|(hadden|had) (wij|we|ik) ~6 (moeten|mogen)",
)

WORDS = Wordings(
    regret=(
        r"spijt(en)?|speet|sorry|pardon",
        r"(?<!geen )(?<!zonder )excuses|excuseren",
        r"verontschuldig(en|ing|ingen)|betreur(en|t|de|den)?",
        r"vergeef|vergiffenis|vergeven|schaam (me|mij)|schamen ons",
    ),
    what_happened=(
        r"(is|was|waren|zijn|werd|werden|kwam|kwamen) ~3 (kapot|te laat|defect|verkeerd|beschadigd"
        r"|koud|kwijt|vergeten|onvriendelijk|onbeleefd|vies|geannuleerd|berekend|stuk|gebroken)",
        r"(wat|hoe) ~4 (gebeurd|gebeurde|overkomen|overkwam|misging|meegemaakt|voorgevallen)",
        r"(kwam|kwamen) ~4 aan|aangekomen|gebeurd|voorgevallen",
        r"u (moest|hebt ons|heeft ons|kwam|wachtte|kreeg|ontving|vertelde|schreef|belde)",
    ),
    responsibility=(
        *_OWNED,
        r"onze verantwoordelijkheid|(wij|we|ik) ~1 verantwoordelijk",
        r"(ik|wij|we) (ben|zijn|hebben|heb) ~4 vergeten|(zijn|hebben) (wij|we) ~4 vergeten",
        r"(wij|we) (hebben|zijn) ~5 niet nagekomen",
    ),
    never_again=(
        r"(niet|nooit|geen tweede keer) ~2 (meer|weer|opnieuw|nog eens|nog een keer|herhaalt)",
        r"(niet|nooit) ~2 (gebeurt|gebeuren|overkomt|voorkomt)|voorkomen dat|herhaling",
        r"vanaf (nu|vandaag)|voortaan|in het vervolg|in de toekomst",
        r"zodat (dit|dat|het|niemand|zoiets)",
        r"(wij|we|ik) (hebben|heb) ~6 (veranderd|aangepast|ingevoerd|opgeleid|vervangen|verbeterd)",
        r"(hebben|heb) (wij|we|ik) ~6 (veranderd|aangepast|ingevoerd|opgeleid|vervangen|verbeterd)",
        r"wat (wij|we|ik) ~4 (veranderen|verander|veranderd|aanpassen|anders doen|anders gaan"
        r" doen)",
        r"(zorgen|zorg) ~2 (ervoor|voor) dat|(zorgen|zorg) (wij|we|ik) ~1 (ervoor|dat)",
    ),
    repair=(
        r"(terugbeta|vergoed|vervang|herstel|repar|compens|schadeloos)\w{1,10}",
        r"(krijgt|ontvangt) ~5 terug|(betalen|betaal|storten|stort) ~6 terug|geld terug",
        r"tegoedbon(nen)?|cadeaubon(nen)?|cadeaukaart|waardebon|tegoed",
        r"(goed|recht) te? ?(maken|zetten)|goedmaken|goed te maken|rechtzetten|recht te zetten",
        r"(maken|maak|zetten|zet) ~6 (goed|recht)|in orde (maken|te maken|brengen|te brengen|komt)",
        r"oplossen|op te lossen|lossen ~6 op|gratis|kosteloos|op onze kosten|bijgevoegd|bijgaand",
        r"wat (kunnen|kan|mogen) (wij|we|ik) ~4 doen|wat ~3 (helpt|helpen|zou helpen)",
    ),
    forgiveness=(
        r"vergeven|vergeef|vergiffenis|vergeeft",
        r"(excuses|verontschuldigingen) ~2 (aanvaarden|aanvaardt|aannemen|aanneemt|te aanvaarden)",
        r"(aanvaard|aanvaardt|accepteer|accepteert) ~2 (excuses|verontschuldigingen)",
        r"(tweede|nieuwe|nog een) kans",
        r"(hoop|hopen|zou|zouden) ~8 (weer|terug|opnieuw|vertrouwen|terugzien|verwelkomen)",
    ),
    contrast=(
        r"(?<=[,;:.!?\u2013\u2014-] )maar(?! (ook|liefst))",
        r"(?<!alleen )(?<!nog )maar(?= (het|we|wij|ik|u|de|er|dat|dit|uw|onze|ons|helaas|door)\b)",
        r"echter|evenwel|dat gezegd hebbende",
    ),
    conditions=(
        r"(als|indien|mocht|mochten|voor zover) (u|het|dit|dat|wij|we|ik|er|iets|iemand|onze|ons"
        rf"|deze|de|hierdoor|daardoor|uw|mijn) ~7 {_UPSET}{_TAIL}?{_TAIL}?",
    ),
    doubts={
        Doubt.IF: (rf"(als|indien|mocht) u zich ~5 (voelde|gevoeld){_TAIL}?",),
        Doubt.FEELINGS: (
            r"(spijt|betreur\w{0,2}|sorry),? ~3 dat u ~4 (zo|anders|dat gevoel) (voelt|ziet|ervaart"
            r"|opvat|voelde|hebt|heeft|(hebt|heeft) (ervaren|opgevat|gevoeld))",
            r"(spijt|betreur\w{0,2}|sorry),? ~3 dat u ~4 (teleurgesteld|boos|ontevreden|gekwetst"
            r"|ontstemd|beledigd|geërgerd) (bent|was|voelt|hebt|heeft)",
            r"(spijt|betreur\w{0,2}|sorry),? ~3 dat u zich ~3 (voelt|voelde|(hebt|heeft) gevoeld)",
        ),
        Doubt.NOBODY: (
            rf"er (is|zijn|werd|werden|was|waren) {_OURS}~4 {_SLIP} ~2 (gemaakt|begaan|opgetreden"
            r"|geslopen|ontstaan)",
            rf"(is|zijn|werd|werden|was|waren) er {_OURS}~4 {_SLIP} ~2 (gemaakt|begaan|opgetreden"
            r"|geslopen|ontstaan)",
            rf"fouten (zijn|werden) {_OURS}~2 gemaakt",
            rf"er (ging|is|liep) {_OURS}~2 (iets|wat|een en ander) ~1 (mis|fout|misgegaan"
            rf"|misgelopen"
            r"|fout gegaan|mis gegaan|verkeerd gegaan)",
            rf"(ging|is|liep) er {_OURS}~2 (iets|wat|een en ander) ~1 (mis|fout|misgegaan"
            rf"|misgelopen"
            r"|fout gegaan|mis gegaan|verkeerd gegaan)",
            r"er (heeft|hebben) zich ~4 voorgedaan",
        ),
        Doubt.BLAME: (
            r"helaas (hebt|heeft|had|bent|was|kwam|vergat|kon) u(?! (lang|vergeefs|moeten))",
            r"u (hebt|heeft|had|bent|was) (helaas|jammer genoeg)(?! (lang|vergeefs|moeten))",
            rf"u had (?!.{{0,40}}\b(niet|nooit|van ons)\b)~5 (moeten|kunnen) {_TOLD}",
            rf"had u (?!.{{0,40}}\b(niet|nooit|van ons)\b)~5 (moeten|kunnen) {_TOLD}",
            r"u (bent|hebt|heeft|was) ~3 (vergeten|verzuimd|nagelaten|verkeerd begrepen)|u vergat",
            r"u ~4 (vergeten|verzuimd|nagelaten) (bent|hebt|heeft)",
            r"(?<!niet )(?<!nooit )uw (eigen )?(schuld|fout|vergissing)",
        ),
        Doubt.INCONVENIENCE: (
            r"(het|de|dit|deze|eventueel|eventuele|enig|enige|mogelijk|mogelijke|alle) ~1 (ongemak"
            r"|ongemakken|overlast|hinder)",
        ),
        Doubt.MISUNDERSTANDING: (
            r"((een|dit|het) )?(misverstand|misverstanden|miscommunicatie)",
            r"zoals u ~2 (begrijpt|begrijpen)|u zult ~2 begrijpen",
        ),
        Doubt.PATIENCE: (
            r"(voor|om|op) uw begrip|(vragen|vraag|rekenen op) (wij |we |ik )?uw begrip",
        ),
        Doubt.EXCUSE: (
            r"niet onze (schuld|fout)",
            r"ons beleid|huisregels|onze (algemene )?voorwaarden|overmacht|buiten onze schuld",
            r"(wegens|vanwege|door) ~1 (drukte|personeelstekort|ziekte)|personeelstekort",
            r"het was ~3 druk|technische (problemen|redenen|storing)",
        ),
        Doubt.FLATTERY: (
            r"gewaardeerde (klant|klanten|gast|gasten)|trouwe en gewaardeerde",
            r"uw (tevredenheid|mening) is ~3 belangrijk|uw tevredenheid staat ~3 voorop",
            r"de klant is ~2 koning",
        ),
        Doubt.ADMISSION: (
            *_OWNED,
            r"(wij|we|ik) (waren|zijn|was|ben) ~2 (aansprakelijk|schuldig)",
            r"(wij|we|ik) (erkennen|erken|geven|geef) ~3 (schuld|fout|aansprakelijkheid|toe)",
            r"aansprakelijkheid|(wij|we|ik) (hebben|heb) ~5 (veroorzaakt|verwaarloosd)",
        ),
    },
    sentences={
        Doubt.BUT: Sentences(
            "Het spijt me, en ik zoek geen uitvluchten.", "Het spijt me zeer wat er is gebeurd."
        ),
        Doubt.IF: Sentences(
            "Het spijt me dat wij u hebben teleurgesteld.",
            "Het spijt me zeer wat u hebt meegemaakt.",
        ),
        Doubt.FEELINGS: Sentences(
            "Het spijt me wat wij hebben gedaan.", "Het spijt me zeer wat u hebt meegemaakt."
        ),
        Doubt.NOBODY: Sentences(
            "Wij hebben een fout gemaakt.", "Wij zoeken uit wat er is gebeurd."
        ),
        Doubt.BLAME: Sentences(
            "Wij hadden het u eerder moeten vertellen.",
            "Wij willen precies begrijpen wat er is gebeurd.",
        ),
        Doubt.INCONVENIENCE: Sentences(
            "Het spijt me dat wij u tijd en moeite hebben gekost.",
            "Het spijt me hoeveel zorgen dit u heeft gegeven.",
        ),
        Doubt.MISUNDERSTANDING: Sentences(
            "Dat hebben wij verkeerd gedaan.", "Wij gaan grondig na hoe dit kon gebeuren."
        ),
        Doubt.PATIENCE: Sentences(
            "Ik begrijp goed dat u boos op ons bent.", "Ik begrijp goed hoe zwaar dit u valt."
        ),
        Doubt.EXCUSE: Sentences(
            "Daar is geen excuus voor.", "Wij gaan grondig na hoe dit kon gebeuren."
        ),
        Doubt.FLATTERY: Sentences("", ""),
        Doubt.ADMISSION: Sentences(
            "", "Het spijt me zeer wat er is gebeurd, en ik zoek het zelf uit."
        ),
    },
)
