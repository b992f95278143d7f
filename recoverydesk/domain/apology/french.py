"""The words of an apology in French, with and without elision, whoever writes."""

from recoverydesk.domain.apology.wording import Doubt, Sentences, Wordings

_UPSET = (
    r"(senti(e|s|es)?|sentez|sentiez|ressenti\w{0,3}|blessé\w{0,3}|heurté\w{0,3}|déçu\w{0,2}"
    r"|offensé\w{0,3}|offusqué\w{0,3}|contrarié\w{0,3}|vexé\w{0,3}|froissé\w{0,3}|choqué\w{0,3}"
    r"|gêné\w{0,3}|dérangé\w{0,3}|lésé\w{0,3}|mécontent\w{0,2}|peiné\w{0,3}|fâché\w{0,3}|déplu"
    r"|désagréments?|inconvénients?|mal (reçu|accueilli|traité)\w{0,2})"
)
_ODD = r"(dysfonctionnements?|incidents?|problèmes?|ratés?|manquements?)"
_OWNED = (
    r"(nous avons|j'ai) (été|fait preuve de) ~1 (négligent|négligence|imprudent)\w{0,2}",
    r"nous (étions|sommes) ~2 négligent(e?s)?",
    r"(?<!pas )(notre|ma|nos) (seule |propre )?(faute|erreur|négligence|manquement|maladresse"
    r"|défaillance)s?",
    r"mon (erreur|oubli|manquement)",
    r"(nous|je|j'en|j'|l'|en) ~1 (assum|port|prend|pren|assur)(ons|e|s|ds) ~2 (responsabilité"
    r"|faute)",
    r"(responsabilité|faute) (est|reste|revient|incombe|nous|m') ~2 (nôtre|mienne|incombe|revient"
    r"|à nous|entièrement)",
    r"(nous sommes|je suis) ~2 (en tort|en faute|fautifs?|fautives?|coupables?|responsables? de)",
    r"(nous avons|j'ai) ~2 (failli|manqué|échoué|négligé|mal fait|commis ~2 (erreur|faute))",
    r"(nous n'avons|je n'ai) pas (été à la hauteur|tenu|fait|su)",
    r"nous vous avons (déçu|fait faux bond|laissé tomber)\w{0,2}|je vous ai déçu\w{0,2}",
    r"(nous aurions|j'aurais) ~2 dû|(nous n'aurions|je n'aurais) ~2 dû",
)

WORDS = Wordings(
    regret=(
        r"(suis|sommes|étions|serions) ~3 (désolé|navré|confus)\w{0,3}",
        r"(?<!\w )(?<!, )désolé(e|s|es)?(?= |,|\.|!)",
        r"(vraiment|sincèrement|profondément|tellement|infiniment) (désolé|navré)\w{0,2}",
        r"(nos|mes|des|sincères|plates|vives|humbles|d'|les) ~1 excuses",
        r"excus(ez|er)-(nous|moi)|(nous|m'|me) ?excus(er|e|ons)",
        r"regrett(e|ons|ais|ions|er)|regrets?",
        r"pardon|pardonner|pardonnez-(nous|moi)|honte",
    ),
    what_happened=(
        r"(est|était|a été|ont été|étaient|sont) ~2 (cassé|abîmé|en retard|défectueu|froid|perdu"
        r"|oublié|endommagé|impoli|sale|annulé|facturé|en panne|erroné)\w{0,3}",
        r"(est|sont) (arrivé|survenu|tombé)\w{0,3}",
        r"(ce qui|ce que|que) ~2 (s'est passé|est arrivé|s'est produit|avez vécu|avez subi)",
        r"vous (avez (dû|attendu|reçu|trouvé|constaté)|nous avez (dit|signalé|écrit|fait part)"
        r"|attendiez|êtes venu)\w{0,2}",
    ),
    responsibility=(
        *_OWNED,
        r"notre responsabilité|ma responsabilité",
        r"(nous avons|j'ai) ~1 oublié",
        r"(nous sommes|je suis) ~2 responsables?",
    ),
    never_again=(
        r"(plus|jamais|pas) ~3 (se reproduire|se reproduise|se répète|se répéter|arriver|arrive"
        r"|se produise|recommencer)",
        r"(reproduire|reproduise|reproduira|arrivera|recommencera|répète|répéter) (plus|pas)",
        r"ne ~4 (reproduis|reprodui|arriv|recommenc|répèt)\w{1,4}",
        r"plus jamais|désormais|dorénavant|à l'avenir",
        r"pour que (cela|ça|personne|ceci)|afin que (cela|ça|personne|ceci)|pour éviter que",
        r"(nous avons|j'ai) ~2 (changé|modifié|mis en place|formé|remplacé|ajouté|réorganisé)",
        r"ce que (nous|j') ?~3 (changeons|changé|changerons|changerai|change)",
    ),
    repair=(
        r"(rembours|remplac|répar|dédommag|indemnis|compens)\w{1,9}",
        r"bons? d'achat|chèques?-cadeaux?|cartes?-cadeaux?|avoir de|geste commercial|offert(e"
        r"|s|es)?",
        r"remettre ~2 en ordre|arranger (les choses|cela)|rectifier|corriger",
        r"gratuit(ement|e|s|es)?|sans frais|à nos frais|ci-joint(e|s|es)?",
        r"(veuillez|acceptez) ~1 accepter(?! (nos|mes|ces))",
        r"ce qui vous (aiderait|conviendrait|ferait)|que pouvons-nous faire|que puis-je faire",
    ),
    forgiveness=(
        r"pardon|pardonner\w{0,3}|pardonnerez|pardonniez|pardonnez",
        r"(accepter|acceptiez|accepterez) ~1 (nos|mes|ces) ~1 excuses",
        r"(seconde|deuxième|nouvelle|autre) (chance|occasion)",
        r"(espér|serions|serais|souhait)\w{0,5} ~8 (revoir|accueillir|retrouver|confiance)",
    ),
    contrast=(
        r"(?<!jamais )mais(?! (oui|si|non|aussi|également|encore|bien sûr|surtout|enfin))",
        r"cependant|toutefois|néanmoins|(ceci|cela) dit",
    ),
    conditions=(
        r"(si|au cas où) (vous|cela|ceci|ça|nous|j'ai|notre|nos|mon|mes|ce|cette|ces|un|une|le|la"
        rf"|les|jamais|quelqu'un|quelque chose|l'[\w-]{{1,24}}) ~6 {_UPSET}( {_UPSET})?",
        rf"(si|s') ?(d'aventure|jamais|par hasard|il) ~6 {_UPSET}",
    ),
    doubts={
        Doubt.IF: (rf"(si|au cas où) vous vous (êtes|étiez|seriez) ~2 senti(e|s|es)?( {_UPSET})?",),
        Doubt.FEELINGS: (
            r"(désolé|navré|regrett)\w{0,3} que vous (le preniez|vous sentiez|ressentiez|le viviez"
            r"|l'ayez ~2 (pris|vécu|perçu|ressenti)|ayez ~3 (ressenti|perçu|pris|mal vécu)|vous"
            rf" soyez ~1 senti|soyez ~2 {_UPSET}|ayez été ~2 {_UPSET})",
        ),
        Doubt.NOBODY: (
            r"des (erreurs|fautes|maladresses) (ont|avaient) ~1 été ~1 commises"
            r"(?! (par nous|de notre))",
            r"une (erreur|faute|maladresse) (a|avait) ~1 été ~1 commise(?! (par nous|de notre))",
            r"une ~1 erreur (s'est ~1 (produite|glissée)|est ~1 survenue)",
            rf"il y a ~1 eu (un|une|des|quelques) ~1 (erreurs?|{_ODD})(?! de notre)",
            rf"(un|des) {_ODD} (s'est|est|se sont|sont) ~1 (produit|survenu)\w{{0,2}}",
            r"quelque chose (s'est mal passé|n'a pas fonctionné|a mal tourné)",
        ),
        Doubt.BLAME: (
            r"malheureusement,? vous(?! (avez (dû|attendu)|n'avez pas reçu))",
            r"vous (auriez|aviez) (dû|pu)(?! (être|recevoir|avoir|trouver|pouvoir|obtenir|compter"
            r"|bénéficier|repartir))",
            r"vous (avez|aviez) ~1 (oublié|omis|négligé|mal compris|mal lu)",
            r"vous n'avez (pas|malheureusement pas) (respecté|lu|suivi|vérifié|signalé|prévenu"
            r"|précisé|compris)",
            r"(?<!pas )(?<!rien )(?<!aucun cas )(?<!nullement )votre (propre )?(faute|erreur"
            r"|négligence|oubli)",
        ),
        Doubt.INCONVENIENCE: (
            r"(tout|tous|toute|les|ces|ce|d'éventuels|éventuels?|quelque|un|du|des|le) ~1"
            r" désagréments?( ~1 (occasionné|causé)s?)?",
            r"(la|toute) gêne ~2 (occasionnée|causée)",
        ),
        Doubt.MISUNDERSTANDING: (
            r"((un|le|ce|du) )?(simple |regrettable )?(malentendus?|quiproquos?)",
            r"comme vous (le )?(comprendrez|comprenez)|vous comprendrez (que|qu'\w{1,24})",
        ),
        Doubt.PATIENCE: (r"(de|pour|sur) votre compréhension",),
        Doubt.EXCUSE: (
            r"pas (de )?notre (faute|erreur)",
            r"(notre|nos|la|les) (politique|règlement|conditions générales)"
            r"( de (la maison|l'entreprise))?",
            r"manque de personnel|sous-effectif|surcroît (de travail|d'activité)|forte affluence",
            r"indépendante?s? de notre volonté|force majeure",
            r"nous (étions|sommes) ~2 (débordé|occupé|surchargé)\w{0,2}",
            r"(raisons?|problèmes?) (techniques?|informatiques?|d'organisation)",
        ),
        Doubt.FLATTERY: (
            r"(précieu(x|se)s?|estimée?s?) client(e|s|es)?|client(e|s|es)? (précieu|estimé)\w{0,3}",
            r"votre (satisfaction|avis) (est|reste) ~2 (priorité|important|importante|essentielle)",
            r"votre satisfaction nous tient ~1 à cœur|le client est roi",
        ),
        Doubt.ADMISSION: (
            *_OWNED,
            r"(nous reconnaissons|je reconnais|nous admettons|j'admets) ~2 (responsabilité|faute"
            r"|erreur|torts?)",
            r"(nous avons|j'ai) ~1 (causé|provoqué|oublié)",
        ),
    },
    sentences={
        Doubt.BUT: Sentences(
            "Je le regrette sincèrement, et je ne cherche aucune excuse.",
            "Je regrette profondément ce qui s'est passé.",
        ),
        Doubt.IF: Sentences(
            "Je regrette que nous n'ayons pas été à la hauteur de votre confiance.",
            "Je regrette profondément ce que vous avez vécu.",
        ),
        Doubt.FEELINGS: Sentences(
            "Je regrette ce que nous avons fait.",
            "Je regrette profondément ce que vous avez vécu.",
        ),
        Doubt.NOBODY: Sentences(
            "Nous avons commis une erreur.", "Nous cherchons à savoir ce qui s'est passé."
        ),
        Doubt.BLAME: Sentences(
            "Nous aurions dû vous prévenir plus tôt.",
            "Nous voulons comprendre exactement ce qui s'est passé.",
        ),
        Doubt.INCONVENIENCE: Sentences(
            "Je regrette que nous vous ayons fait perdre du temps et de l'énergie.",
            "Je regrette tous les soucis que cela vous a apportés.",
        ),
        Doubt.MISUNDERSTANDING: Sentences(
            "Nous nous sommes trompés.", "Nous examinons de près comment cela a pu arriver."
        ),
        Doubt.PATIENCE: Sentences(
            "Je comprends votre colère contre nous.",
            "Je comprends combien cela a été pénible pour vous.",
        ),
        Doubt.EXCUSE: Sentences(
            "Rien n'excuse ce qui s'est passé.",
            "Nous examinons de près comment cela a pu arriver.",
        ),
        Doubt.FLATTERY: Sentences("", ""),
        Doubt.ADMISSION: Sentences(
            "", "Je regrette profondément ce qui s'est passé, et je m'en occupe personnellement."
        ),
    },
)
