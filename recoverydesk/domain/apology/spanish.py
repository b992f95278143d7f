"""The words of an apology in Spanish, with pronouns before the verb and joined to it."""

from recoverydesk.domain.apology.wording import Doubt, Sentences, Wordings

_UPSET = (
    r"(sentid[oa]s?|sintió|sintiera|siente|sienta|ofendid[oa]s?|ofendió|molest[oa]s?|molestad[oa]s?"
    r"|molestó|molestaron|molestias?|herid[oa]s?|disgustad[oa]s?|disgustó|decepcionad[oa]s?"
    r"|incomodad[oa]s?|incomodó|inconvenientes?|enfadad[oa]s?|enojad[oa]s?|dolid[oa]s?"
    r"|descontent[oa]s?|perjuicios?|mal (atendid|tratad)[oa]s?)"
)
_SLIP = r"(errores|error|fallos?|equivocación|equivocaciones|problemas?|incidencias?|descuidos?)"
_NOT_OURS = r"(?! (por|de) (nuestra|mi) parte| nuestr)"
_NO_DENIAL = r"(?<!no fue )(?<!no es )(?<!no ha sido )"
_OWNED = (
    r"(fuimos|hemos sido|he sido|fui) ~1 (negligentes?|descuidad[oa]s?)",
    r"(la )?culpa (es|fue|ha sido) ~1 (nuestra|mía)",
    rf"{_NO_DENIAL}(culpa|error|fallo|descuido) (nuestr[oa]|mí[oa])",
    rf"{_NO_DENIAL}(nuestro|nuestra|mi) (propi[oa] )?(error|fallo|descuido|culpa|negligencia"
    r"|equivocación)",
    r"(asumimos|asumo|aceptamos|acepto) ~2 (responsabilidad|culpa)",
    r"responsabilidad (es|fue|recae) ~2 (nuestra|mía|nosotros)",
    r"(nos|me) (hemos|he) equivocado|nos equivocamos|me equivoqué",
    r"(le|les) (hemos|he) fallado|(le|les) (fallamos|fallé)|hemos fallado|fallamos",
    r"(hemos|he) cometido ~2 (error|errores|fallo)|cometimos ~2 (error|errores|fallo)|cometí"
    r" un error",
    r"no (hemos|supimos|cumplimos|estuvimos|he) (cumplido|sabido|estado|a la altura|atenderle"
    r"|hecho|lo que)",
    r"(deberíamos|debimos|debería yo|debí|tendríamos que|teníamos que) (haber|habernos|haberle"
    r"|haberlo|avisar|haberles)\w{0,3}",
)

WORDS = Wordings(
    regret=(
        r"(lo|la) (siento|sentimos|lamento|lamentamos)",
        r"(?<!me )(?<!nos )(siento|sentimos) (mucho|muchísimo|de verdad|de veras|profundamente"
        r"|sinceramente|que|lo|haber|habernos|haberle|la|las|los|no|todo|el)",
        r"lamento|lamentamos|lamentar",
        r"discúlp(e|en)(nos|me)|disculp(a|as|e|en|arnos|arme|arse|amos)",
        r"perd(ó|o)n(e|en|a)?(nos|me)?|perdonarnos|perdonarme",
        r"(arrepentimos|arrepiento|avergonzad[oa]s?|avergüenza|sincero pesar|pesar)",
    ),
    what_happened=(
        r"(estaba|estaban|fue|fueron|era|llegó|llegaron|ha llegado) ~2 (tarde|rot[oa]s?|frí[oa]s?"
        r"|defectuos[oa]s?|dañad[oa]s?|equivocad[oa]s?|perdid[oa]s?|suci[oa]s?|olvidad[oa]s?"
        r"|cancelad[oa]s?|cobrad[oa]s?|mal|con retraso|grosser[oa]s?|averiad[oa]s?)",
        r"lo (ocurrido|sucedido|que ~2 (ocurrió|pasó|ha pasado|sucedió|ha ocurrido|ha"
        r" sucedido|vivió"
        r"|ha vivido))|qué (ocurrió|pasó|ha pasado|sucedió|ha ocurrido)",
        r"(usted )?(nos|me) (dijo|contó|escribió|avisó|ha contado|ha dicho|escribe|confió)",
        r"tuvo que|ha tenido que|se encontró con|se estropeó|se rompió",
    ),
    responsibility=(
        *_OWNED,
        r"nuestra (plena |entera )?responsabilidad|(somos|soy) ~2 responsables?",
        r"(olvidamos|nos olvidamos|hemos olvidado|me olvidé)",
    ),
    never_again=(
        r"no ~3 (vuelva|volverá|vuelve|volver|ocurra|ocurrirá|se repita|se repetirá|repetirse)",
        r"(nunca|jamás) más|a partir de (ahora|hoy)|de ahora en adelante|en adelante|desde ahora",
        r"para que ~4 (vuelva|repita|ocurra|pase|suceda)",
        r"(hemos|he) ~2 (cambiado|modificado|puesto en marcha|formado|sustituido|añadido|corregido"
        r"|introducido|reorganizado)",
        r"lo que ~3 (cambiamos|cambiaremos|cambiado|vamos a cambiar|cambie|cambiaré|cambiar)",
    ),
    repair=(
        r"(reembols|reintegr|devolv|devoluci|repar|compens|indemniz|sustitu|reemplaz)\w{1,10}",
        r"(vale|vales|cupón|bono|tarjeta regalo|obsequio|abono)",
        r"(arreglar|resolver|solucionar|enmendar|remediar|corregir|rectificar)(lo|la|nos|las|los)?",
        r"poner ~3 remedio|gratis|gratuit[oa]|gratuitamente|sin (coste|costo|cargo)|adjunt[oa]s?",
        r"qué (podemos|puedo) hacer|qué (le )?(ayudaría|vendría bien|sería justo|le parecería)",
    ),
    forgiveness=(
        r"perd(ó|o)n(e|en|a|ar|arnos|arme)?(nos|me)?|perdonarnos|perdonarme",
        r"acept(e|ar|en) ~1 (nuestras|mis|estas) ~1 disculpas",
        r"(segunda|otra|nueva) oportunidad",
        r"(esper|confi|gustaría|desea)\w{0,5} ~8 (volver|de nuevo|recuperar|confianza|otra vez)",
    ),
    contrast=(
        r"pero(?! (también|sí|bueno|además|sobre todo))",
        r"sin embargo|no obstante|ahora bien|aunque usted",
    ),
    conditions=(
        r"(si|por si) (usted|se|le|les|la|las|lo|nos|hemos|he|algo|esto|eso|ello|nuestr[oa]s?"
        rf"|alguien|ha|mi|en algún momento|alguna) ~6 {_UPSET}( ~1 {_UPSET})?",
        rf"(en caso de que|si acaso) ~6 {_UPSET}( ~1 {_UPSET})?",
    ),
    doubts={
        Doubt.IF: (rf"si (usted )?se (sintió|ha sentido|hubiera sentido|sintiera) ~2 {_UPSET}",),
        Doubt.FEELINGS: (
            r"(sentimos|siento|lamento|lamentamos) ~2 que (usted )?(se sienta|se haya sentido"
            r"|se sintiera|lo vea así|lo sienta así|lo haya (tomado|interpretado|percibido|vivido)"
            r"|le haya (molestado|parecido|sentado)|(esté|estuviera|haya quedado) ~1 (molest"
            r"|enfadad"
            r"|enojad|disgustad|decepcionad|descontent|ofendid)[oa])( (así|mal))?",
        ),
        Doubt.NOBODY: (
            r"se (cometieron|cometió|produjo|produjeron|dieron|han cometido|ha cometido|ha"
            r" producido"
            rf"|han producido) ~2 {_SLIP}{_NOT_OURS}",
            rf"(hubo|ha habido|existió|ocurrió) (un|una|unos|algún|algunos|varios)? ?"
            rf"{_SLIP}{_NOT_OURS}",
            rf"{_SLIP} que se (cometieron|produjeron|produjo)",
            r"algo (ha salido|salió|fue|ha ido) mal",
            rf"(fue|fueron) (cometid|producid)[oa]s? ~2 {_SLIP}{_NOT_OURS}",
        ),
        Doubt.BLAME: (
            r"(lamentablemente|desafortunadamente|desgraciadamente|por desgracia),? (usted|~2"
            r" usted)"
            r"(?! (tuvo|ha tenido))",
            r"(lamentablemente|desafortunadamente|desgraciadamente|por desgracia),? (se )?(olvidó"
            r"|omitió|ha olvidado)",
            r"usted ~1 (debería|debió|debía|tendría que|tenía que|podría|pudo) ~1 haber(nos"
            r"|me|se|lo"
            r"|la)?(?! (recibido|tenido|sido|estado|podido|obtenido))",
            r"usted (se )?(olvidó|ha olvidado|omitió|equivocó|ha equivocado|malinterpretó"
            r"|entendió mal)",
            r"usted no (nos )?(leyó|avisó|respetó|siguió|revisó|comprobó|presentó|informó|guardó"
            r"|indicó)",
            r"(?<!no fue )(?<!no es )(?<!no ha sido )(?<!no era )(culpa suya|error suyo|(por )?su"
            r" (propi[oa] )?(culpa|descuido|negligencia|equivocación))",
        ),
        Doubt.INCONVENIENCE: (
            r"(cualquier|posibles?|eventuales|las|los|alguna|algún|todas las|estas) ~1 (molestias?"
            r"|inconvenientes?|inconveniencias?)( ~3 (causad[oa]s?|ocasionad[oa]s?|causar"
            r"|ocasionar))?",
        ),
        Doubt.MISUNDERSTANDING: (
            r"((un|el|este) )?(simple |lamentable )?malentendidos?",
            r"como (usted )?(ya )?(comprenderá|entenderá)|(usted )?(comprenderá|entenderá) que",
        ),
        Doubt.PATIENCE: (r"su comprensión|(rogamos|pedimos) ~1 comprensión",),
        Doubt.EXCUSE: (
            r"no (es|fue|ha sido) (culpa nuestra|nuestra culpa)",
            r"nuestra política|políticas? de (la |nuestra )?(empresa|tienda|casa)",
            r"falta de personal|(exceso|sobrecarga|volumen) de (trabajo|pedidos)|fuerza mayor",
            r"ajen[oa]s? a nuestra voluntad|(motivos|razones|problemas) (técnic|organizativ)[oa]s",
            r"(estábamos|estamos) ~1 (ocupad|desbordad|saturad)[oa]s",
        ),
        Doubt.FLATTERY: (
            r"(valios|apreciad)[oa]s? client[ea]s?|client[ea]s? ~1 (valios|apreciad)[oa]s?",
            r"su (satisfacción|opinión) es ~2 (importante|prioridad)",
            r"el cliente siempre tiene la razón",
        ),
        Doubt.ADMISSION: (
            *_OWNED,
            r"(fuimos|hemos sido|he sido|fui) ~1 responsables?",
            r"(admitimos|admito|reconocemos|reconozco) ~2 (culpa|error|fallo|responsabilidad)",
            r"(hemos|he) ~1 (causado|provocado)|(causamos|provocamos)|(somos|soy) ~1 culpables?",
            r"por nuestra negligencia|actuamos con negligencia",
        ),
    },
    sentences={
        Doubt.BUT: Sentences(
            "Lo siento, y no busco ninguna excusa.", "Siento mucho lo que ha ocurrido."
        ),
        Doubt.IF: Sentences(
            "Siento que le hayamos fallado.", "Siento mucho lo que ha tenido que pasar."
        ),
        Doubt.FEELINGS: Sentences(
            "Siento lo que hicimos.", "Siento mucho lo que ha tenido que pasar."
        ),
        Doubt.NOBODY: Sentences("Cometimos un error.", "Estamos averiguando qué ha ocurrido."),
        Doubt.BLAME: Sentences(
            "Deberíamos haberle avisado antes.",
            "Queremos entender con exactitud qué ha ocurrido.",
        ),
        Doubt.INCONVENIENCE: Sentences(
            "Siento que le hayamos hecho perder tiempo y paciencia.",
            "Siento mucho las preocupaciones que esto le ha traído.",
        ),
        Doubt.MISUNDERSTANDING: Sentences(
            "Nos equivocamos.", "Estamos examinando a fondo cómo ha podido ocurrir."
        ),
        Doubt.PATIENCE: Sentences(
            "Comprendo su enfado con nosotros.", "Comprendo lo difícil que esto ha sido para usted."
        ),
        Doubt.EXCUSE: Sentences(
            "Lo ocurrido no tiene excusa.", "Estamos examinando a fondo cómo ha podido ocurrir."
        ),
        Doubt.FLATTERY: Sentences("", ""),
        Doubt.ADMISSION: Sentences(
            "", "Siento mucho lo que ha ocurrido, y me ocupo de ello personalmente."
        ),
    },
)
