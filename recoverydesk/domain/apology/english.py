"""The words of an apology in English."""

from recoverydesk.domain.apology.wording import Doubt, Sentences, Wordings

_HURT = (
    r"(felt|feel|upset|offended|caused|inconvenienced|hurt|disappointed|bothered|annoyed|offence"
    r"|offense|unhappy|dissatisfied|inconvenience)"
)
_OWNED = (
    r"(we|i) (was|were|am|are|have been) ~2 (negligent|careless)",
    r"(?<!not )(?<!n't )(our|my) (own |sole )?(fault|mistake|error|failing|failure|doing"
    r"|negligence|carelessness)",
    r"(we|i) (was|were|am|are) ~2 (wrong|in the wrong|to blame|at fault|responsible for)",
    r"(we|i)'(re|m) ~2 (in the wrong|to blame|at fault|responsible for)",
    r"(we|i) ~1 (take|took|accept|bear) ~2 (responsibility|blame)",
    r"(we|i) ~1 (failed|let you down|got (it|this|that) wrong|made ~1 mistakes?|broke our promise)",
    r"(we|i) (should have|should've)(?! (a|an|the|some|more|news|your|it|this|that|everything) )",
    r"(we|i) (should not have|shouldn't have)",
    r"(responsibility|fault|blame) (is|was|lies) ~1 (ours|mine|with us|with me)",
)

WORDS = Wordings(
    regret=(
        r"(?<!better safe than )sorry(?! (state|sight|tale))",
        r"apologi[sz](e|es|ed|ing)",
        r"apolog(y|ies)",
        r"regrets?",
        r"ashamed",
        r"forgive (us|me)",
    ),
    what_happened=(
        r"(was|were|is|are|has been|had been) ~2 (late|broken|wrong|missing|damaged|cold|charged"
        r"|cancelled|canceled|lost|rude|forgotten|faulty|dirty|delayed|overcharged|spoilt|spoiled"
        r"|short)",
        r"arrived|came|leaked|failed|broke|stopped working|went wrong|happened",
        r"you (told|wrote|rang|called|came|waited|had to|received|got|found|were)",
    ),
    responsibility=(
        *_OWNED,
        r"(our|my) responsibility",
        r"(we|i) (was|were|am|are) responsible",
        r"(we|i) ~1 forgot",
        r"(we|i) (did not|didn't)(?! (want|mean|intend))",
    ),
    never_again=(
        r"(never|not|won't|doesn't|don't|cannot|can't) ~3 (happen|again)",
        r"from now on",
        r"we( have|'ve)? (since )?(changed|fixed|added|trained|replaced|put in place)",
        r"so that (it|this|no one|nobody)",
        r"what (we|i) (have )?changed",
        r"mak(e|ing) sure",
    ),
    repair=(
        r"(refund|replac|repair|compensat|reimburs)\w{0,12}",
        r"vouchers?|gift cards?|certificate|credit|remed(y|ies)",
        r"(make|put|set|made) (it|this|things|that|matters) (right|good|up to you)",
        r"put right",
        r"mak(e|ing) amends",
        r"free of charge|on us|at no cost",
        r"enclosed|you will find|please accept(?! (this|our|my) apolog)",
        r"what (can|may) (we|i) do|what would help",
    ),
    forgiveness=(
        r"forgive|forgiveness|pardon",
        r"accept (this|our|my) ~1 apolog(y|ies)",
        r"(another|a second|one more) chance",
        r"hope ~3 (welcome you|see you|trust us|win back|earn back|look after you)",
    ),
    contrast=(
        r"(?<!nothing )(?<!anything )(?<!everything )(?<!all )(?<!last )but(?! (also|for))",
        r"however(?! (much|little|small|long|late|hard|many))",
        r"nevertheless|nonetheless|(having said that|that said)(?=,)",
    ),
    conditions=(
        r"if (you|we|i|this|it|that|anyone|anybody|anything|there|our|my) ~4"
        rf" {_HURT}( you| that way| hurt| upset| offended| disappointed)?",
        rf"should (you|this|it|we) ~3 {_HURT}",
    ),
    doubts={
        Doubt.IF: (
            r"if you ~2 felt( hurt| upset| offended| disappointed| let down)?",
            r"if (anyone|anybody) was ~1 (offended|upset|hurt)",
        ),
        Doubt.FEELINGS: (
            r"(sorry|regret) (that )?you ~2 (feel|felt)( ~2 (way|upset|angry|unhappy"
            r"|disappointed))?",
            r"sorry (that )?you('re| are| were) ~2 (upset|angry|unhappy|disappointed|offended)",
        ),
        Doubt.NOBODY: (
            r"(mistakes|errors) (were|have been|had been) ~1 made",
            r"an? ~1 (mistake|error) (was|has been|had been) ~1 made(?! by (us|me))",
            r"an? ~1 (error|mistake) (has |had )?(occurred|happened|crept in)",
            r"something (has |seems to have |must have )?(gone|went) wrong(?! (on|at|in|with)"
            r" (our|us))",
            r"(the )?balls? (was|were|has been) dropped",
        ),
        Doubt.BLAME: (
            r"unfortunately,? you(?! (had to|have had to|were (given|sent|charged|told|served)))",
            r"you ~1 (failed|neglected|forgot|omitted) to",
            r"you should('ve| have)(?! (been|had|received|got|heard|a|an|the|your|our|it|this) )",
            r"you could have (told|called|asked|let|said|checked|read|come)",
            r"(?<!not )(?<!n't )(?<!never )your (own )?(fault|mistake|error|negligence)",
            r"you (must have )?misunderstood",
        ),
        Doubt.INCONVENIENCE: (
            r"any ~1 inconvenience( (caused|this may have caused|it may have caused))?",
            r"the inconvenience( caused)?",
        ),
        Doubt.MISUNDERSTANDING: (
            r"(a |this |the )?misunderstandings?",
            r"as you (may|will|can) (surely )?(understand|appreciate)",
        ),
        Doubt.PATIENCE: (r"(for|appreciate|ask for) your understanding",),
        Doubt.EXCUSE: (
            r"(not|wasn't|isn't) our (fault|mistake)",
            r"(company|store|shop|our) polic(y|ies)",
            r"we (are|were) ~2 (busy|short-staffed|short staffed|understaffed)",
            r"(beyond|outside|out of) our control",
            r"due to (high demand|technical (reasons|difficulties)|staff shortages?)",
        ),
        Doubt.FLATTERY: (
            r"we value your (business|custom)",
            r"your call is important",
            r"(valued|esteemed) (customer|guest|client)s?",
            r"your satisfaction is ~3 (important|priority|everything)",
        ),
        Doubt.ADMISSION: (
            *_OWNED,
            r"(we|i|our \w{1,20}) (was|were|am|are|have been) ~2 (negligent|careless|liable)",
            r"(we|i) ~1 (caused|injured|harmed|neglected|forgot to)",
            r"(we|i) ~1 (admit|concede)",
            r"(our|full) liability",
        ),
    },
    sentences={
        Doubt.BUT: Sentences(
            "I am sorry, and I make no excuses for it.", "I am sorry about what happened."
        ),
        Doubt.IF: Sentences(
            "I am sorry that we let you down.", "I am sorry about the trouble you have had."
        ),
        Doubt.FEELINGS: Sentences(
            "I am sorry for what we did.", "I am sorry about what happened to you."
        ),
        Doubt.NOBODY: Sentences("We made a mistake.", "We are finding out what happened."),
        Doubt.BLAME: Sentences(
            "We should have told you sooner.", "We want to understand exactly what happened."
        ),
        Doubt.INCONVENIENCE: Sentences(
            "I am sorry that we cost you time and trouble.",
            "I am sorry about the trouble this has brought you.",
        ),
        Doubt.MISUNDERSTANDING: Sentences(
            "We got this wrong.", "We are looking closely at how it came about."
        ),
        Doubt.PATIENCE: Sentences(
            "I understand if you are angry with us.", "I understand how much this has upset you."
        ),
        Doubt.EXCUSE: Sentences(
            "There is no excuse for that.", "We are looking closely at how it came about."
        ),
        Doubt.FLATTERY: Sentences("", ""),
        Doubt.ADMISSION: Sentences("", "I am sorry about what happened, and I am looking into it."),
    },
)
