"""What something is worth and costs, and what others got, in the owner's words."""

from recoverydesk.domain.ladder import Far
from recoverydesk.services.catalogue import CatalogueView
from recoverydesk.services.others_like_this import Others
from ui.session import Session
from ui.wording import counted, filled, tr

FAR = {
    Far.ABOVE: "That is far more than others like this got. If you have a reason, go ahead.",
    Far.BELOW: "That is far less than others like this got. Would it feel fair to them?",
}


def worth_words(session: Session, item: CatalogueView) -> str:
    """Return "worth £20.00, costs you £8.40" for something the shop gives."""
    return tr("none left just now") if item.stock == 0 else _worth_words(session, item)


def _worth_words(session: Session, item: CatalogueView) -> str:
    if item.value_cents is None:
        costs = item.cost_cents == 0
        return tr("costs you nothing") if costs else tr("you say what it is worth")
    return both_words(session, item.value_cents, item.cost_for(item.value_cents))


def both_words(session: Session, value_cents: int, cost_cents: int) -> str:
    """Return "worth £20.00, costs you £8.40" for two sums."""
    worth, cost = session.money(value_cents), session.money(cost_cents)
    return filled("worth {worth}, costs you {cost}", worth=worth, cost=cost)


def others_words(session: Session, others: Others) -> str:
    """Return what others like a case got, and how many of them stayed: never as a percentage."""
    if not others.cause:
        return tr("Once you have said why it happened, you see here what others like this got.")
    if not others.count:
        return tr("No other case like this has been put right yet.")
    return filled("{got}{ended}.", got=_got(session, others), ended=_ended(others))


def _got(session: Session, others: Others) -> str:
    def sum_of(cents: int) -> str:
        return session.money(cents, short=True) if cents else tr("words alone")

    least, middle, most = sum_of(others.least), sum_of(others.middle), sum_of(others.most)
    if others.count == 1:
        return filled("One other like this got {sum}", sum=most)
    if least == most:
        many = counted(others.count, "{n} other like this", "All {n} others like this")
        return filled("{many} got {sum}", many=many, sum=most)
    if not others.least:
        return filled(
            "Others like this got up to {most}, half of them {middle}{less}",
            most=most,
            middle=middle,
            less=tr(" or less") if others.middle else "",
        )
    return filled(
        "Others like this got {least} to {most}, half of them {middle} or less",
        least=least,
        most=most,
        middle=middle,
    )


def _ended(others: Others) -> str:
    if not others.ended:
        return ""
    if others.count == 1:
        return tr("; they stayed") if others.stayed else tr("; they left")
    return filled("; {n} of {all} stayed", n=str(others.stayed), all=str(others.ended))


def far_words(far: Far | None) -> str:
    """Return a gentle warning where an offer is far outside; empty where it isn't."""
    return "" if far is None else tr(FAR[far])
