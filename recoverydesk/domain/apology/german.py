"""The words of an apology in German, with the verb where a clause puts it."""

from recoverydesk.domain.apology.wording import Doubt, Sentences, Wordings

_UPSET = (
    r"(verletzt|verärgert|geärgert|gekränkt|enttäuscht|beleidigt|unwohl|gestört|verstimmt"
    r"|unzufrieden|schlecht (behandelt|beraten|betreut)|(so|anders) empfunden|zu nahe getreten"
    r"|vor den kopf gesto(ß|ss)en|unannehmlichkeiten|ungelegenheiten|umstände|ärger|missfallen"
    r"|eindruck|gefühlt)"
)
_TAIL = r"( (fühlen|gefühlt|haben|hat|hatten|sind|waren|sein|entstanden|bereitet|entstand))"
_SLIP = r"(fehler|versehen|missgeschick|irrtum|panne)"
_TOLD = (
    r"(melden|sagen|lesen|prüfen|nachsehen|anrufen|kommen|fragen|beachten|aufbewahren|mitteilen"
    r"|geben|wissen|aufpassen|unterschreiben)"
)
_OWNED = (
    r"(nach|fahr)lässig (gehandelt|gearbeitet|gewesen)|(wir|ich) (waren|war) ~2 (nach|fahr)lässig",
    r"(?<!nicht )(unser|mein)(e|en|em|er|es)? ~1 (fehler|schuld|verschulden|versäumnis"
    r"|versagen|irrtum"
    r"|nachlässigkeit)(s|n)?",
    r"(wir|ich) (tragen|trage|übernehmen|übernehme) ~4 (verantwortung|schuld)",
    r"(verantwortung|schuld)( dafür)? (liegt|lag) ~2 bei (uns|mir)",
    r"(verantwortung|schuld) ~4 (tragen|trage|übernehmen|übernehme) (wir|ich)",
    r"(wir|ich) (sind|bin|waren|war) ~2 schuld",
    r"(uns|mir) ~2 (fehler|versehen|irrtum) (passiert|unterlaufen)",
    r"(haben|habe) (wir|ich) ~4 (versagt|versäumt|falsch gemacht)",
    r"(wir|ich) (haben|habe) ~4 (versagt|versäumt|falsch gemacht|fehler gemacht|im stich gelassen"
    r"|enttäuscht|nicht gehalten)",
    r"(wir|ich) (hätten|hätte) ~6 (müssen|sollen|dürfen)",
    r"hätten? (wir|ich) ~6 (müssen|sollen|dürfen)",
)

WORDS = Wordings(
    regret=(
        r"(tut|täte|tat) ~4 leid",
        r"leid ?(tut|täte)",
        r"bedauer(e|n|t|ten|ns)|bedaure",
        r"(?<!keine )entschuldigung(en)?|entschuldig(e|en|t)",
        r"verzeih(en|ung|t)",
        r"untröstlich|sch(ä|a)me(n)? (uns|mich)",
    ),
    what_happened=(
        r"(ist|sind|war|waren|wurde|wurden) ~4 (kaputt|defekt|falsch|verspätet|zu spät|beschädigt"
        r"|kalt|verloren|vergessen|unfreundlich|schmutzig|fehlerhaft|berechnet|storniert"
        r"|abgebrochen|zerbrochen)",
        r"was ~4 (geschehen|passiert|vorgefallen|schiefgegangen|schiefgelaufen|geschah|erlebt)",
        r"(kam|kamen|traf|trafen) ~4 an",
        r"angekommen|eingetroffen|geschehen|passiert|vorgefallen|geplatzt|ausgefallen",
        r"sie (mussten|haben uns|hatten uns|kamen|warteten|bekamen|erhielten|sind zu uns)",
    ),
    responsibility=(
        *_OWNED,
        r"unsere verantwortung",
        r"(wir|ich) ~1 verantwortlich",
        r"(ich|wir) (habe|haben) ~4 vergessen",
        r"(haben|habe) (wir|ich) ~4 vergessen",
        r"(sind|waren) wir ~3 (schuldig geblieben|nicht gerecht geworden)",
    ),
    never_again=(
        r"(nicht|nie|niemals|kein zweites mal) ~2 (wieder|mehr|noch einmal|nochmals|erneut)",
        r"(nicht|nie) ~1 (wiederholt|wiederholen|wiederholt sich|vorkommt|passiert|geschieht)",
        r"ab (sofort|jetzt|heute)|von nun an|künftig|in zukunft",
        r"damit (das|so etwas|dies|es) ~3 nicht",
        r"(wir|ich) (haben|habe) ~6 (geändert|umgestellt|eingeführt|geschult|ersetzt|verändert)",
        r"(haben|habe) (wir|ich) ~6 (geändert|umgestellt|eingeführt|geschult|ersetzt|verändert)",
        r"was (wir|ich) ~3 (ändern|geändert haben|verändern|anders machen)",
        r"sorgen ~1 (wir |ich )?(dafür|vor)",
    ),
    repair=(
        r"(erstatt|rückerstatt|zurückerstatt|ersetz|reparier|reparatur|entschädig)\w{0,8}",
        r"ersatz|gutschein(e|s|en)?|gutschrift|geschenkkarte|wiedergutmachung|wieder ?gut ?(machen"
        r"|zu machen)|wiedergutzumachen|gutzumachen|gutmachen",
        r"(mach|bring)(en|e|t) ~8 (wieder gut|in ordnung|gut)",
        r"in ordnung (bringen|zu bringen|kommt|gebracht)|in ordnung",
        r"kostenlos|kostenfrei|unentgeltlich|auf unsere (kosten|rechnung)|geld zurück",
        r"(liegt|liegen) ~3 bei|beiliegend|anbei",
        r"was (können|kann|dürfen) (wir|ich) ~4 tun|was ~3 (hilft|helfen|weiterhilft|guttäte)",
    ),
    forgiveness=(
        r"verzeih(en|ung|t)|vergeb(en|ung)|nachsehen",
        r"(bitte|bitten) ~4 entschuldigung( ~2 anzunehmen)?",
        r"(noch eine|zweite|weitere|neue) (chance|gelegenheit)",
        r"(hoffe|hoffen|freue|freuen|würde|würden) ~8 (wieder|wiederzusehen|vertrauen|begrüßen"
        r"|begrüssen|wiedersehen)",
    ),
    contrast=(
        r"(?<!oder )aber(?! (auch|gern|gerne|natürlich|selbstverständlich|und abermals))",
        r"jedoch|allerdings|andererseits",
        r"(?<=[,;.!?\u2013\u2014-] )doch(?! noch)",
    ),
    conditions=(
        r"(wenn|falls|sofern|sollten|sollte) (sie|ihnen|wir|ich|das|dies|dadurch|hierdurch|es"
        r"|jemand|etwas|unser\w{0,2}|mein\w{0,2}|bei ihnen|der|ein|mit)"
        rf" ~7 {_UPSET}{_TAIL}?{_TAIL}?",
    ),
    doubts={
        Doubt.IF: (
            rf"(wenn|falls|sofern|sollten) sie ~5 (gefühlt|empfunden) (haben|hätten"
            rf"|hatten){_TAIL}?",
        ),
        Doubt.FEELINGS: (
            r"leid ?(tut)?,? da(ss|ß) sie ~5 (fühlen|gefühlt ha(ben|tten)|(so|anders) empf(inden"
            r"|unden haben)|(so|anders) sehen|(verärgert|enttäuscht|unzufrieden|verletzt|gekränkt"
            r"|aufgebracht|beleidigt) (sind|waren)|geärgert haben)",
            r"bedauer(n|e),? da(ss|ß) sie ~5 (fühlen|gefühlt ha(ben|tten)|(so|anders) empf(inden"
            r"|unden haben)|(so|anders) sehen|(verärgert|enttäuscht|unzufrieden|verletzt) (sind"
            r"|waren)|geärgert haben)",
        ),
        Doubt.NOBODY: (
            r"(wurden|sind|worden) (?!uns |mir )(leider |dabei |hier |wohl |offenbar |da )?(einige"
            r" |mehrere )?fehler (gemacht|passiert|unterlaufen|begangen|aufgetreten|geschehen)",
            r"(?<!uns )(?<!mir )fehler (wurden|sind) (?!uns |mir )~1 (gemacht|passiert|geschehen"
            r"|unterlaufen|begangen|aufgetreten)",
            r"(?<!uns )(?<!mir )(ist|war|wurde) (hier |dabei |leider |da |offenbar |wohl )?ein"
            rf"(e)? (kleine(r|s)? )?{_SLIP} (passiert|unterlaufen|aufgetreten|geschehen|gemacht)",
            r"es (ist|war|kam|sei) ~1 zu ~3 (verzögerung|fehler|problem|unstimmigkeit"
            r"|missverständnis"
            r"|versehen)\w{0,4}( gekommen)?",
            r"(kam|ist) es ~2 zu ~3 (verzögerung|fehler|problem|unstimmigkeit|missverständnis"
            r"|versehen)\w{0,4}( gekommen)?",
            r"(?<!uns )(?<!mir )ist (leider |da |dabei |wohl |offenbar )?(etwas|einiges)"
            r" (schiefgelaufen|schiefgegangen|schief gelaufen|schief gegangen)",
        ),
        Doubt.BLAME: (
            r"(leider|bedauerlicherweise|unglücklicherweise) (haben|hatten|sind|waren|konnten) sie"
            r"(?! (warten|recht|vergeblich))",
            r"sie (haben|hatten|sind|waren) (leider|bedauerlicherweise)(?! (lange|recht"
            r"|vergeblich))",
            rf"sie hätten (?!.{{0,40}}\b(nicht|nie|niemals)\b)~5 {_TOLD} (müssen|sollen|können)",
            rf"hätten sie (?!.{{0,40}}\b(nicht|nie|niemals)\b)~5 {_TOLD} (müssen|sollen|können)",
            r"sie haben (es )?(leider )?(versäumt|unterlassen|vergessen|übersehen)",
            r"sie ~4 (versäumt|vergessen|übersehen|missverstanden|unterlassen) haben",
            r"(?<!nicht )(?<!weder )(?<!keineswegs )ihr(e|em|en)? (eigen\w{1,2} )?(fehler|schuld"
            r"|verschulden|irrtum)",
        ),
        Doubt.INCONVENIENCE: (
            r"((etwaige|eventuelle|mögliche|jegliche|allfällige|entstandene)\w{0,1} )"
            r"?unannehmlichkeiten",
        ),
        Doubt.MISUNDERSTANDING: (
            r"((ein|das|dieses|dem|einem) )?mi(ss|ß)verständnis(se|ses|sen)?",
            r"wie sie (sicher|sicherlich|bestimmt|gewiss) verstehen",
            r"sie werden (sicher |sicherlich |bestimmt )?verstehen,? da(ss|ß)",
        ),
        Doubt.PATIENCE: (r"(um|für|auf) (ihr |etwas |ein wenig )?verständnis(?! für)",),
        Doubt.EXCUSE: (
            r"nicht unsere? (schuld|fehler|verschulden)",
            r"personalmangel\w{0,1}|personalengpa(ss|ß)|personalengpässe\w?|krankheitsbedingt",
            r"hohe(s|n|r|m) (arbeitsaufkommen|auftragslage|andrang\w?|krankenstand\w?)",
            r"aus (organisatorischen|technischen|betrieblichen) gründen|technische(n|r)?"
            r" probleme\w?",
            r"unsere(n|r)? (richtlinien|geschäftsbedingungen|agb|vorschriften)",
            r"(war|ist) ~3 viel los|höhere gewalt",
        ),
        Doubt.FLATTERY: (
            r"(geschätzte|wertvolle)(r|n)? (kundin(nen)?|kunde(n)?|kundschaft|gast|gäste)",
            r"ihre (zufriedenheit|meinung) (ist|liegt) uns ~2 (wichtig|am herzen)",
            r"der kunde ist ~3 könig",
        ),
        Doubt.ADMISSION: (
            *_OWNED,
            r"fahrlässig\w{0,6}|haftung|haften wir|(wir|ich) haften?",
            r"(wir|ich) (gestehen|gestehe|geben|gebe) ~4 (ein|zu)",
            r"(wir|ich) ~1 (verursacht|verschuldet) (haben|habe)",
            r"(wir|ich) (haben|habe) ~5 (verursacht|verschuldet|vernachlässigt)",
        ),
    },
    sentences={
        Doubt.BUT: Sentences(
            "Es tut mir leid, und ich will mich nicht herausreden.",
            "Es tut mir sehr leid, was geschehen ist.",
        ),
        Doubt.IF: Sentences(
            "Es tut mir leid, dass wir Sie enttäuscht haben.",
            "Es tut mir sehr leid, was Sie erlebt haben.",
        ),
        Doubt.FEELINGS: Sentences(
            "Es tut mir leid, was wir getan haben.",
            "Es tut mir sehr leid, was Sie erlebt haben.",
        ),
        Doubt.NOBODY: Sentences(
            "Wir haben einen Fehler gemacht.", "Wir gehen der Sache gründlich nach."
        ),
        Doubt.BLAME: Sentences(
            "Wir hätten Ihnen früher Bescheid geben müssen.",
            "Wir möchten genau verstehen, was geschehen ist.",
        ),
        Doubt.INCONVENIENCE: Sentences(
            "Es tut mir leid, dass wir Sie Zeit und Nerven gekostet haben.",
            "Es tut mir leid, wie viel Mühe Sie damit hatten.",
        ),
        Doubt.MISUNDERSTANDING: Sentences(
            "Das haben wir falsch gemacht.", "Wir sehen uns genau an, wie es dazu kam."
        ),
        Doubt.PATIENCE: Sentences(
            "Ich verstehe gut, dass Sie sich über uns geärgert haben.",
            "Ich verstehe gut, wie sehr Sie das beschäftigt.",
        ),
        Doubt.EXCUSE: Sentences(
            "Dafür gibt es keine Ausrede.", "Wir sehen uns genau an, wie es dazu kam."
        ),
        Doubt.FLATTERY: Sentences("", ""),
        Doubt.ADMISSION: Sentences(
            "", "Es tut mir sehr leid, was geschehen ist, und ich gehe der Sache nach."
        ),
    },
)
