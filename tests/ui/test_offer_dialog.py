"""What is proposed beside an offer: three proposals, whose fault, what others got, what to say."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from recoverydesk.domain.case import Fault, Outcome, Severity
from recoverydesk.domain.ladder import Far
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.services import catalogue, causes, ladders
from recoverydesk.services.catalogue import CatalogueView
from recoverydesk.services.others_like_this import Others
from recoverydesk.storage.tables import Case, Remedy
from recoverydesk.topics import Topic
from ui.dialogs.fitting import ProposalCard
from ui.dialogs.give_remedy import GiveRemedyDialog
from ui.dialogs.offer import OfferDialog
from ui.dialogs.worth import far_words, others_words, worth_words
from ui.widgets.choices import Select

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(session, shown, qtbot):
    def make(case_id, kind=OfferDialog, **more):
        dialog = kind(session, case_id, parent=shown(QWidget(), 1300, 760), **more)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return make


@pytest.fixture
def ours(shop):
    """A case of somebody upset by a mistake of ours."""
    case_id = shop.case(severity=Severity.UPSET)
    ladders.set_fault(shop.desk, case_id, Fault.OURS)
    return case_id


def cards(dialog):
    QApplication.processEvents()
    return [one for one in dialog.findChildren(ProposalCard) if one.isVisible()]


def field(dialog, name):
    return next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == name)


def texts(dialog):
    names = ("What they get", "Worth to them", "Costs you")
    return tuple(field(dialog, name).text() for name in names)


def choose_fault(dialog, fault):
    chooser = next(
        one for one in dialog.findChildren(Select) if one.accessibleName() == "Whose fault was it?"
    )
    chooser.choose(fault.value)
    chooser.chosen.emit(fault.value)


def with_others(dialog, *values):
    dialog._others = Others("Late", tuple(values), stayed=1, ended=2)


def test_three_are_proposed_and_the_first_has_the_focus(opened, ours):
    dialog = opened(ours)

    found = cards(dialog)
    assert [one.accessibleName() for one in found] == [
        "Something small: A small gift",
        "Generous: Repair at our expense",
        "Words alone: A sincere apology",
    ]
    assert found[0].accessibleDescription().startswith("worth £8.00, costs you £4.50. It was your")
    assert QApplication.focusWidget() is found[0]


def test_a_proposal_fills_the_form_and_is_offered(opened, ours, shop, qtbot):
    dialog = opened(ours)

    qtbot.keyClick(cards(dialog)[0], Qt.Key.Key_Space)

    assert texts(dialog) == ("A small gift", "8.00", "4.50")
    assert cards(dialog)[0].isChecked()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    (line,) = shop.view(ours).negotiation
    assert (line.kind, line.remedy_kind, line.value_cents, line.cost_cents) == (
        LineKind.OFFERED, RemedyKind.GIFT, 800, 450,
    )  # fmt: skip


def test_one_is_picked_at_a_time(opened, ours):
    dialog = opened(ours)
    first, second, third = cards(dialog)

    first.click()
    third.click()
    assert [one.isChecked() for one in (first, second, third)] == [False, False, True]
    assert texts(dialog) == ("A sincere apology", "0.00", "0.00")

    dialog._picks._choose(5)
    assert not any(one.isChecked() for one in cards(dialog))


def test_the_words_to_offer_it_with_stand_beside_it(opened, ours):
    dialog = opened(ours)
    assert dialog._goby.say() == ""

    cards(dialog)[0].click()
    assert dialog._goby.say() == "“This is a small thank-you from us, because you told us.”"

    dialog._kind.choose(RemedyKind.REPAIR.value)
    dialog._kind.chosen.emit(RemedyKind.REPAIR.value)
    assert dialog._goby.say() == ""


def test_whose_fault_it_was_is_kept_at_once_and_changes_the_proposals(opened, shop):
    case_id = shop.case(severity=Severity.UPSET)
    dialog = opened(case_id)
    assert cards(dialog)[0].accessibleName().startswith("Words alone")

    choose_fault(dialog, Fault.OURS)

    assert shop.view(case_id).fault is Fault.OURS
    assert cards(dialog)[0].accessibleName().startswith("Something small")

    choose_fault(dialog, Fault.NOT_OURS)
    last = cards(dialog)[-1]
    assert last.accessibleName() == "Something small"
    assert not last.isEnabled()


def test_typing_stays_when_the_fault_is_chosen(opened, shop):
    dialog = opened(shop.case(severity=Severity.UPSET))
    field(dialog, "What they get").setText("A new kettle")
    choose_fault(dialog, Fault.OURS)
    assert field(dialog, "What they get").text() == "A new kettle"


def test_where_the_catalogue_is_empty_a_sum_is_proposed_and_words_are_asked_for(opened, ours, shop):
    for item in catalogue.catalogue(shop.desk):
        catalogue.retire(shop.desk, item.item_id)
    dialog = opened(ours)
    small = next(one for one in cards(dialog) if one.accessibleName().startswith("Something small"))
    assert small.accessibleDescription().startswith("worth up to £20.00. Nothing you usually")

    small.click()

    assert texts(dialog) == ("", "20.00", "20.00")
    assert QApplication.focusWidget() is field(dialog, "What they get")


def test_an_offer_far_outside_is_warned_of_gently_and_taken(opened, ours, shop, qtbot):
    dialog = opened(ours)
    with_others(dialog, 1000, 1500, 2000)

    field(dialog, "What they get").setText("A new kettle")
    field(dialog, "Worth to them").setText("90")
    assert dialog._goby.warning().startswith("That is far more")
    field(dialog, "Worth to them").setText("2")
    assert dialog._goby.warning().startswith("That is far less")
    for calm in ("15", "", "nonsense"):
        field(dialog, "Worth to them").setText("90")
        field(dialog, "Worth to them").setText(calm)
        assert calm == "nonsense" or not dialog._goby.warning()

    field(dialog, "Worth to them").setText("90")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert shop.view(ours).negotiation[0].value_cents == 9000


def test_what_is_listed_counts_with_what_is_typed(opened, ours):
    dialog = opened(ours, agreed=True)
    with_others(dialog, 1000, 1500, 2000)
    for _ in range(2):
        field(dialog, "What they get").setText("A card")
        field(dialog, "Worth to them").setText("20")
        dialog._add_another()
    assert dialog._goby.warning().startswith("That is far more")

    dialog._remove(0)
    assert not dialog._goby.warning()
    dialog._listed.clear()
    dialog.forget_changes()


def test_what_others_like_this_got_is_read_from_the_desk(opened, shop):
    found = next(
        one for one in causes.all_causes(shop.desk) if one.name == "Long wait at the counter"
    )
    for nth, cents in enumerate((1000, 1500, 2500)):
        case_id = shop.case(name=f"Customer {nth}", severity=Severity.UPSET)
        causes.write_down(shop.desk, case_id, [], cause_id=found.cause_id, now=shop.now)
        shop.agreed(case_id, value_cents=cents)
        with shop.desk.changing(Topic.CASES, "End"):
            Case.update(outcome=Outcome.KEPT).where(Case.id == case_id).execute()
    case_id = shop.case(name="Zoe", severity=Severity.UPSET)
    causes.write_down(shop.desk, case_id, [], cause_id=found.cause_id, now=shop.now)

    dialog = opened(case_id)

    told = "Others like this got £10 to £25, half of them £15 or less; 3 of 3 stayed."
    assert dialog._goby._others.text() == told


@pytest.mark.parametrize(
    ("others", "told"),
    [
        (Others(""), "Once you have said why it happened, you see here what others like this got."),
        (Others("Late"), "No other case like this has been put right yet."),
        (Others("Late", (1500,)), "One other like this got £15."),
        (Others("Late", (1500,), 1, 1), "One other like this got £15; they stayed."),
        (Others("Late", (0,), 0, 1), "One other like this got words alone; they left."),
        (Others("Late", (1550, 1550)), "All 2 others like this got £15.50."),
        (Others("Late", (0, 0), 2, 2), "All 2 others like this got words alone; 2 of 2 stayed."),
        (
            Others("Late", (1000, 1500, 2500, 1500, 1000, 2000), 4, 6),
            "Others like this got £10 to £25, half of them £15 or less; 4 of 6 stayed.",
        ),
        (
            Others("Late", (0, 500, 2000)),
            "Others like this got up to £20, half of them £5 or less.",
        ),
        (Others("Late", (0, 0, 2000)), "Others like this got up to £20, half of them words alone."),
    ],
)
def test_what_others_got_is_said_in_words_and_never_in_per_cent(session, others, told):
    assert others_words(session, others) == told
    assert "%" not in told


def test_every_warning_has_words():
    assert all(far_words(far) for far in Far)
    assert far_words(None) == ""


@pytest.mark.parametrize(
    ("value", "cost", "stock", "told"),
    [
        (2000, 840, None, "worth £20.00, costs you £8.40"),
        (None, 0, None, "costs you nothing"),
        (None, 840, None, "you say what it is worth"),
        (2000, 840, 0, "none left just now"),
    ],
)
def test_each_pick_says_what_it_is_worth_and_costs(session, value, cost, stock, told):
    item = CatalogueView(1, RemedyKind.GIFT, "A", value, cost, None, "", stock=stock)
    assert worth_words(session, item) == told


# Giving


def test_giving_says_the_words_to_give_it_with(opened, ours):
    dialog = opened(ours, GiveRemedyDialog)
    told = dialog._say.text()
    assert told.startswith("Say it like this: “May I give you this")
    assert dialog._say.isVisible()


@pytest.mark.parametrize(
    ("kind", "cost"), [(VoucherKind.GIFT_CARD, 0), (VoucherKind.GOODWILL_CERTIFICATE, 1375)]
)
def test_a_gift_card_that_they_buy_is_no_goodwill_and_costs_nothing(opened, shop, kind, cost):
    customer_id = shop.customer()
    dialog = opened(None, GiveRemedyDialog, customer_id=customer_id)
    dialog._kind.choose(kind.value)
    dialog._kind.chosen.emit(kind.value)
    assert dialog.cost.isVisible() is bool(cost)

    field(dialog, "Worth to them").setText("25")
    dialog._save_it()

    with shop.desk.reading():
        (given,) = Remedy.select()
    assert (given.value_cents, given.cost_cents) == (2500, cost)
