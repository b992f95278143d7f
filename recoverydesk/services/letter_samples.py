"""A letter as it will look, filled with samples: for whoever changes its wording."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from recoverydesk.domain.days import day_plain
from recoverydesk.domain.merge_fields import MergeField, escaped, fill
from recoverydesk.records import record
from recoverydesk.services import shop
from recoverydesk.services.letter_fields import money
from recoverydesk.services.letter_templates import TemplateText
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.presets import letter_words
from recoverydesk.services.shop import ShopView
from recoverydesk.storage.desk import Desk

CODE = "7K4M-29QX-HJNP"
WORTH_CENTS = 2_500
VALID_DAYS = 365
NEXT_CALL_DAYS = 14
HAPPENED_DAYS = 6


@record
class _Story:
    """A customer who could be anybody's, in the letter's own language."""

    name: str
    problem: str
    our_part: str
    remedies: tuple[str, str]
    """What they will have, and the voucher's words."""
    what_changed: str
    reason: str
    idea: str

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]


_STORIES: Mapping[str, _Story] = {
    "en": _Story(
        name="Ada Green",
        problem="The kettle you bought leaked on the second day, and nobody rang you back.",
        our_part="We had not tested it before we sold it.",
        remedies=("A new kettle, brought to your door", "A gift card"),
        what_changed="Every kettle is now filled and boiled once before it is sold.",
        reason="The kettle has been used for three years, and the crack comes from a fall.",
        idea="Fill each one before it leaves the shop.",
    ),
    "de": _Story(
        name="Anna Berger",
        problem="Ihr Wasserkocher war am zweiten Tag undicht, und niemand hat Sie zurückgerufen.",
        our_part="Wir hatten ihn vor dem Verkauf nicht geprüft.",
        remedies=("Ein neuer Wasserkocher, zu Ihnen nach Hause gebracht", "Ein Gutschein"),
        what_changed="Jeder Wasserkocher wird jetzt vor dem Verkauf einmal gefüllt und aufgekocht.",
        reason="Der Wasserkocher war drei Jahre in Gebrauch, und der Riss kommt von einem Sturz.",
        idea="Füllen Sie jeden einmal, bevor er das Geschäft verlässt.",
    ),
    "fr": _Story(
        name="Camille Durand",
        problem="Votre bouilloire fuyait dès le deuxième jour, et personne ne vous a rappelée.",
        our_part="Nous avions oublié de la tester avant la vente.",
        remedies=("Une bouilloire neuve, apportée chez vous", "Une carte cadeau"),
        what_changed="Chaque bouilloire est désormais remplie et mise en marche avant la vente.",
        reason="La bouilloire a servi trois ans, et la fissure est due à une chute.",
        idea="Remplissez-les toutes avant la vente.",
    ),
    "es": _Story(
        name="Lucía Romero",
        problem="El hervidor perdía agua al segundo día, y nadie le devolvió la llamada.",
        our_part="No lo habíamos probado antes de venderlo.",
        remedies=("Un hervidor nuevo, llevado a su casa", "Un vale de regalo"),
        what_changed="Ahora llenamos y encendemos cada hervidor una vez antes de venderlo.",
        reason="El hervidor se ha usado tres años, y la grieta viene de un golpe.",
        idea="Llenen cada uno antes de que salga de la tienda.",
    ),
    "nl": _Story(
        name="Sanne Visser",
        problem="De waterkoker lekte al op de tweede dag, en niemand belde u terug.",
        our_part="We hadden hem niet geprobeerd voordat we hem verkochten.",
        remedies=("Een nieuwe waterkoker, bij u thuisgebracht", "Een cadeaubon"),
        what_changed="Elke waterkoker wordt nu één keer gevuld en aangezet voor we hem verkopen.",
        reason="De waterkoker is drie jaar gebruikt, en de barst komt door een val.",
        idea="Vul ze allemaal voordat ze de winkel uit gaan.",
    ),
}


def draw(desk: Desk, text: TemplateText, *, now: datetime) -> bytes:
    """Return a letter as a PDF, its fields filled with samples; it is nobody's and is not kept.

    Args:
        desk: the open desk; its letterhead is used.
        text: the letter's wording, saved or not.
        now: this moment (UTC); the letter carries its day.

    Raises:
        InvalidEntryError: it is too long.
    """
    # ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.letter import Letter  # noqa: PLC0415 - start-up doesn't pay for it
    from recoverydesk.documents.letter import draw as draw_letter  # noqa: PLC0415 - as above

    with desk.reading():
        view = shop.view(desk)
        head = letterhead(desk, view)
    story = _STORIES.get(text.language, _STORIES["en"])
    values = _values(view, story, text.language, now)
    return draw_letter(
        Letter(
            letterhead=head,
            recipient_lines=(story.name,),
            day_words=values[MergeField.TODAY],
            body_markdown=fill(text.body, values).text,
            signer_name=view.owner,
            reference=values[MergeField.CASE_NUMBER],
            language=text.language,
            title=text.title,
        )
    )


def _values(view: ShopView, story: _Story, language: str, now: datetime) -> dict[str, str]:
    """Return a sample for every field; of the shop what is so, left empty what it hasn't."""
    spoken = replace(view, locale=shop.paper_locale(language, view))
    today = view.hours.day_of(now)

    def day(ahead: int) -> str:
        return day_plain(today + timedelta(days=ahead), spoken.locale)

    worth = money(WORTH_CENTS, spoken)
    words = letter_words(language)
    first, second = (f"**{escaped(one)}**" for one in story.remedies)
    first += words["by_day"].format(day=day(NEXT_CALL_DAYS))
    second += words["enclosed_code"].format(code=CODE)
    values = {
        MergeField.FIRST_NAME: story.first_name,
        MergeField.FULL_NAME: story.name,
        MergeField.GREETING: story.first_name,
        MergeField.PROBLEM: story.problem,
        MergeField.OUR_PART: story.our_part,
        MergeField.WHAT_CHANGED: story.what_changed,
        MergeField.REASON: story.reason,
        MergeField.YOUR_IDEA: words["your_idea"].format(words=story.idea),
        MergeField.REMEDIES: f"- {first}.\n- {second}.",
        MergeField.REMEDY: f"{first}.",
        MergeField.SHOP_NAME: view.name,
        MergeField.OWNER_NAME: view.owner,
        MergeField.CONTACT_NAME: view.owner,
        MergeField.SHOP_PHONE: view.phone,
        MergeField.CONTACT_PHONE: view.phone,
        MergeField.SHOP_EMAIL: view.email,
        MergeField.TODAY: day(0),
        MergeField.HAPPENED_ON: day(-HAPPENED_DAYS),
        MergeField.PROMISED_BY: day(NEXT_CALL_DAYS),
        MergeField.FOLLOW_UP_ON: day(NEXT_CALL_DAYS),
        MergeField.USE_BY: day(VALID_DAYS),
        MergeField.CASE_NUMBER: f"R-{today.year}-0001",
        MergeField.VOUCHER_CODE: CODE,
        MergeField.VOUCHER_VALUE: worth,
    }
    return {field.value: sample for field, sample in values.items()}
