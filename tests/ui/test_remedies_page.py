"""Remedies: the register, the box that redeems a code, and giving something new."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.services import entitlements, voucher_views, vouchers
from recoverydesk.services.fulfilments import Usual
from ui.dialogs.give_remedy import GiveRemedyDialog
from ui.dialogs.given import GivenPanel
from ui.dialogs.register import RegisterDialog
from ui.pages.remedies import RemediesPage
from ui.pages.remedies.given import slowest_words
from ui.widgets.page import OpenCase, OpenCustomer, PrintCertificate
from ui.widgets.picks import Pick
from ui.widgets.text import Text


@pytest.fixture
def page(session, shown):
    return shown(RemediesPage(session), 1100, 700)


@pytest.fixture
def dialog(qtbot, session):
    """Open a dialog that gives something."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()

    def make(case_id=None, **which):
        box = GiveRemedyDialog(session, case_id, parent=parent, **which)
        box.open()
        qtbot.waitUntil(box.isActiveWindow)
        return box

    return make


def button(widget, name):
    QApplication.processEvents()
    return next(
        one
        for one in widget.findChildren(QAbstractButton)
        if one.isVisibleTo(widget) and one.accessibleName() == name
    )


def field(widget, name):
    return next(one for one in widget.findChildren(QLineEdit) if one.accessibleName() == name)


def said(widget):
    """Every text that can be seen."""
    texts = widget.findChildren(Text)
    return [one.text() for one in texts if one.isVisibleTo(widget) and one.text()]


def codes(page):
    model = page.table.model()
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def left_on(shop, voucher):
    return voucher_views.look_up(shop.desk, voucher.code, now=shop.now).balance_cents


def test_a_scanner_finds_the_box_ready(page):
    assert QApplication.focusWidget() is field(page, "Code")


def test_a_whole_code_is_looked_up_while_it_is_typed(shop, page, qtbot):
    voucher = shop.voucher(value_cents=2500, valid_to=date(2026, 11, 2))
    qtbot.keyClicks(field(page, "Code"), voucher.shown_code)
    assert page.redeem_card.panel.head() == "Good until 2 November"
    assert "£25.00" in said(page.redeem_card.panel)
    assert field(page, "Take off now").text() == "25.00"


def test_scanning_alone_never_redeems(shop, page, qtbot):
    voucher = shop.voucher(value_cents=2500)
    qtbot.keyClicks(field(page, "Code"), voucher.code)
    qtbot.keyClick(field(page, "Code"), Qt.Key.Key_Return)
    assert left_on(shop, voucher) == 2500
    assert QApplication.focusWidget() is field(page, "Take off now")


def test_enter_in_the_amount_redeems_a_part(shop, page, qtbot):
    voucher = shop.voucher(value_cents=2500)
    qtbot.keyClicks(field(page, "Code"), voucher.code)
    qtbot.keyClick(field(page, "Code"), Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "10")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert left_on(shop, voucher) == 1500
    assert page.redeem_card.panel.head() == "£10.00 taken off"


def test_enter_pressed_twice_redeems_once(shop, page, qtbot):
    voucher = shop.voucher(value_cents=2500)
    page.narrow_to(voucher.code)
    amount = field(page, "Take off now")
    amount.setText("10")
    for _press in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert left_on(shop, voucher) == 1500


def test_a_code_from_the_search_is_redeemed_with_one_more_enter(shop, page, qtbot):
    voucher = shop.voucher(value_cents=2500)
    page.narrow_to(voucher.shown_code)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert left_on(shop, voucher) == 0
    assert codes(page) == []


def test_what_is_spent_says_so_and_can_not_be_redeemed_again(shop, page, qtbot):
    voucher = shop.voucher(value_cents=2500)
    vouchers.redeem(shop.desk, voucher.code, now=shop.now)
    qtbot.keyClicks(field(page, "Code"), voucher.code)
    assert page.redeem_card.panel.head() == (
        "It was used up on 2 March 2026: nothing is left on it."
    )
    assert not page.redeem_card.redeem_button.isVisible()


def test_a_second_window_that_was_quicker_is_told_in_words(shop, page, session):
    voucher = shop.voucher(value_cents=2500)
    page.narrow_to(voucher.code)
    session.changes.stop()
    vouchers.redeem(shop.desk, voucher.code, now=shop.now)
    button(page, "Redeem").click()
    assert "used up on 2 March 2026" in page.redeem_card.code.error()
    assert left_on(shop, voucher) == 0


def test_more_than_is_left_is_refused_beside_the_amount(shop, page):
    voucher = shop.voucher(value_cents=2500)
    page.narrow_to(voucher.code)
    field(page, "Take off now").setText("30")
    button(page, "Redeem").click()
    assert page.redeem_card.amount.error() == "Only £25.00 is left on it."
    assert field(page, "Take off now").text() == "30"


def test_a_mistyped_code_is_told_beside_the_code(shop, page, qtbot):
    voucher = shop.voucher()
    wrong = voucher.code[:-1] + ("2" if voucher.code[-1] != "2" else "3")
    qtbot.keyClicks(field(page, "Code"), wrong)
    assert page.redeem_card.code.error().startswith("Sign 12 is likely wrong")


def test_a_code_that_is_too_short_is_told_on_enter_only(page, qtbot):
    qtbot.keyClicks(field(page, "Code"), "ABCD")
    assert not page.redeem_card.code.error()
    qtbot.keyClick(field(page, "Code"), Qt.Key.Key_Return)
    assert page.redeem_card.code.error() == "A code has 12 signs; this one has 4 signs."


def test_the_chips_narrow_the_register(shop, page):
    soon = shop.voucher(value_cents=1000, valid_to=shop.now.date() + timedelta(days=3))
    later = shop.voucher(value_cents=1000)
    spent = shop.voucher(value_cents=1000)
    vouchers.redeem(shop.desk, spent.code, now=shop.now)
    assert codes(page) == [soon.shown_code, later.shown_code]
    button(page, "Expires soon, 1").click()
    assert codes(page) == [soon.shown_code]
    button(page, "Used up, 1").click()
    assert codes(page) == [spent.shown_code]
    button(page, "All, 3").click()
    assert len(codes(page)) == 3
    assert "3 given, 2 still open" in said(page)
    assert "£20.00" in said(page)


def test_the_heads_sort_the_register(shop, page, qtbot):
    small = shop.voucher(value_cents=500)
    large = shop.voucher(value_cents=9000)
    head = page.table.horizontalHeader()
    for order in ([small, large], [large, small]):
        at = head.sectionViewportPosition(2) + 20
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 20))
        assert codes(page) == [one.shown_code for one in order]


def test_a_row_shows_what_happened_to_its_voucher(shop, page, qtbot):
    case_id = shop.case()
    voucher = shop.voucher(value_cents=2500, case_id=case_id)
    vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=400)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    QApplication.processEvents()
    lines = said(page.history)
    assert "Issued, 2 Mar 2026" in lines
    assert "Redeemed, 2 Mar 2026" in lines
    with qtbot.waitSignal(page.wished) as wished:
        button(page.history, "Print certificate").click()
    assert wished.args == [PrintCertificate(voucher.code)]
    with qtbot.waitSignal(page.wished) as wished:
        button(page.history, f"Case {shop.view(case_id).number}").click()
    assert wished.args == [OpenCase(case_id)]


def test_whose_money_runs_out_soon_is_named(shop, page):
    shop.voucher(value_cents=1200, valid_to=shop.now.date() + timedelta(days=3))
    QApplication.processEvents()
    assert "1 runs out within 2 weeks" in said(page)
    assert any(text.startswith("Ada Obi £12. ") for text in said(page))


def test_a_gift_card_is_issued_to_a_customer_and_shows_its_code(shop, dialog, qtbot):
    box = dialog()
    box.who.input.show_pick(Pick(shop.customer("Ben Cole"), "Ben Cole"))
    box.who.input.picked.emit(box.who.input.pick().id)
    assert field(box, "Name on it").text() == "Ben Cole"
    qtbot.keyClicks(field(box, "Worth to them"), "30")
    with qtbot.waitSignal(box.issued) as issued:
        qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    voucher = voucher_views.look_up(shop.desk, issued.args[0], now=shop.now)
    assert (voucher.customer, voucher.initial_cents) == ("Ben Cole", 3000)
    assert box.findChild(GivenPanel).code() == voucher.shown_code
    with qtbot.waitSignal(box.printed_wanted) as printed:
        button(box, "Print certificate").click()
    assert printed.args == [voucher.code]


def test_a_gift_card_for_nobody_asks_who(dialog):
    box = dialog()
    field(box, "Worth to them").setText("30")
    button(box, "Issue it").click()
    assert box.who.error() == "Pick a customer from the list."
    assert field(box, "Worth to them").text() == "30"
    box.forget_changes()
    box.reject()


def test_a_voucher_without_a_value_is_refused_beside_the_value(shop, dialog):
    box = dialog(shop.case())
    field(box, "Worth to them").setText("")
    button(box, "Issue it").click()
    assert box.value.error() == "A voucher has to be worth something."
    box.forget_changes()
    box.reject()


def test_each_pick_says_what_it_is_worth_and_what_it_costs(shop, dialog):
    box = dialog(shop.case())
    card = button(box, "Gift certificate")
    assert card.accessibleDescription() == "worth £20.00, costs you £11.00"
    box.reject()


def test_the_cost_follows_the_worth_until_it_is_typed(shop, dialog, qtbot):
    box = dialog(shop.case())
    worth, cost = field(box, "Worth to them"), field(box, "Costs you")
    worth.selectAll()
    qtbot.keyClicks(worth, "40")
    assert cost.text() == "22.00"
    cost.setText("5")
    worth.selectAll()
    qtbot.keyClicks(worth, "50")
    assert cost.text() == "5"
    box.forget_changes()
    box.reject()


def test_a_gift_is_given_to_the_case(shop, dialog, qtbot):
    case_id = shop.case()
    box = dialog(case_id)
    button(box, "A small gift").click()
    with qtbot.waitSignal(box.given):
        button(box, "Give it").click()
    (remedy,) = shop.view(case_id).remedies
    assert (remedy.kind, remedy.words, remedy.value_cents) == (
        RemedyKind.GIFT,
        "A small gift",
        800,
    )


def test_an_agreed_remedy_is_handed_over_as_a_voucher(shop, dialog, qtbot):
    case_id = shop.case()
    remedy_id = shop.agreed(case_id, kind=RemedyKind.VOUCHER, words="A gift card", value_cents=1500)
    box = dialog(case_id, remedy_id=remedy_id)
    assert field(box, "Worth to them").text() == "15.00"
    with qtbot.waitSignal(box.issued):
        button(box, "Issue it").click()
    (remedy,) = shop.view(case_id).remedies
    assert remedy.code


def row_of(page, voucher):
    """What the register's line of a voucher says, left to right."""
    model = page.table.model()
    at = model.index_of(voucher.voucher_id).row()
    return [model.index(at, column).data() for column in range(model.columnCount())]


def test_the_register_shows_at_once_what_is_left_after_a_part(shop, page, qtbot):
    shop.voucher(value_cents=500)
    voucher = shop.voucher(value_cents=2000)
    assert row_of(page, voucher)[3] == "£20.00"
    page.narrow_to(voucher.code)
    field(page, "Take off now").setText("10")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()
    row = row_of(page, voucher)
    assert (row[3], row[5]) == ("£10.00", "Part used")


def test_one_key_too_many_takes_nothing_more_off(shop, page, qtbot):
    voucher = shop.voucher(value_cents=2000)
    page.narrow_to(voucher.code)
    field(page, "Take off now").setText("10")
    for _press in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert left_on(shop, voucher) == 1000
    assert field(page, "Take off now").text() == ""
    assert not button(page, "Redeem").isEnabled()


def test_the_amount_typed_again_takes_the_next_part(shop, page):
    voucher = shop.voucher(value_cents=2000)
    page.narrow_to(voucher.code)
    for amount in ("10", "4"):
        field(page, "Take off now").setText(amount)
        button(page, "Redeem").click()
    assert left_on(shop, voucher) == 600


def test_the_code_pasted_again_proposes_what_is_left(shop, page):
    voucher = shop.voucher(value_cents=2000)
    page.narrow_to(voucher.code)
    field(page, "Take off now").setText("10")
    button(page, "Redeem").click()
    QApplication.clipboard().setText(voucher.code)
    field(page, "Code").paste()
    assert field(page, "Take off now").text() == "10.00"
    assert button(page, "Redeem").isEnabled()


def test_an_amount_that_is_being_typed_stays_when_another_window_takes_a_part(shop, page):
    voucher = shop.voucher(value_cents=2000)
    page.narrow_to(voucher.code)
    field(page, "Take off now").setText("7")
    vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=500)
    assert field(page, "Take off now").text() == "7"
    assert "£15.00" in said(page.redeem_card.panel)


def agreed_gift_card(shop, case_id, words="A gift card of 25 GBP"):
    return shop.agreed(case_id, kind=RemedyKind.VOUCHER, words=words, value_cents=2500)


def test_agreed_words_open_while_the_worth_is_another(shop, dialog):
    case_id = shop.case()
    box = dialog(case_id, remedy_id=agreed_gift_card(shop, case_id))
    words, worth = field(box, "What they get"), field(box, "Worth to them")
    assert not words.isEnabled()
    worth.setText("20")
    assert words.isEnabled()
    worth.setText("25,00")
    assert not words.isEnabled()
    box.forget_changes()
    box.reject()


def test_words_that_still_say_the_old_worth_are_pointed_out(shop, dialog):
    case_id = shop.case()
    box = dialog(case_id, remedy_id=agreed_gift_card(shop, case_id))
    field(box, "Worth to them").setText("20")
    button(box, "Issue it").click()
    assert box.words.error() == "These words still say £25. Change them, or the worth."
    assert QApplication.focusWidget() is field(box, "What they get")
    assert not shop.view(case_id).remedies[0].code
    box.forget_changes()
    box.reject()


@pytest.mark.parametrize("words", ["A gift card", "A gift card, and 25 % off", "125 points"])
def test_words_without_the_old_worth_are_no_trouble(shop, dialog, qtbot, words):
    case_id = shop.case()
    box = dialog(case_id, remedy_id=agreed_gift_card(shop, case_id, words))
    field(box, "Worth to them").setText("20")
    with qtbot.waitSignal(box.issued) as issued:
        button(box, "Issue it").click()
    assert voucher_views.look_up(shop.desk, issued.args[0], now=shop.now).initial_cents == 2000


def test_changed_words_are_handed_on_with_the_other_worth(shop, dialog, qtbot, monkeypatch):
    case_id = shop.case()
    box = dialog(case_id, remedy_id=agreed_gift_card(shop, case_id))
    field(box, "Worth to them").setText("20")
    field(box, "What they get").setText("A gift card of 20 GBP")
    entries, issue = [], vouchers.issue
    monkeypatch.setattr(
        vouchers,
        "issue",
        lambda desk, entry, **how: (entries.append(entry), issue(desk, entry, **how))[1],
    )
    with qtbot.waitSignal(box.issued):
        button(box, "Issue it").click()
    assert [(one.words, one.value_cents) for one in entries] == [("A gift card of 20 GBP", 2000)]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("A gift card of 25 GBP", VoucherKind.GIFT_CARD),
        ("Two gift-cards", VoucherKind.GIFT_CARD),
        ("A COUPON for the café", VoucherKind.COUPON),
        ("Store credit", VoucherKind.STORE_CREDIT),
        ("A gift certificate", VoucherKind.GOODWILL_CERTIFICATE),
        ("A coupon or a gift card", VoucherKind.GOODWILL_CERTIFICATE),
        ("Something for the trouble", VoucherKind.GOODWILL_CERTIFICATE),
    ],
)
def test_what_was_agreed_is_issued_as_the_kind_it_names(shop, dialog, qtbot, words, kind):
    case_id = shop.case()
    box = dialog(case_id, remedy_id=agreed_gift_card(shop, case_id, words))
    with qtbot.waitSignal(box.issued) as issued:
        button(box, "Issue it").click()
    assert voucher_views.look_up(shop.desk, issued.args[0], now=shop.now).kind is kind


# -- what is to be handed over -------------------------------------------------------------------


@pytest.fixture
def to_give(page):
    """The page with its second list, ready for the first line."""

    def show(which="to_give"):
        page.narrow_to(which)
        QApplication.processEvents()
        return page.given

    return show


def lines(given):
    model = given.table.model()
    return [
        tuple(model.index(at, column).data() for column in (0, 1, 3))
        for at in range(model.rowCount())
    ]


def click_on(qtbot, given, line, column=3):
    where = given.table.visualRect(given.table.model().index(line, column)).center()
    qtbot.mouseClick(given.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QApplication.processEvents()


def handed_over(shop, case_id):
    return [one.handed_over_at is not None for one in shop.view(case_id).remedies]


def test_what_was_agreed_nine_days_ago_says_so(shop, to_give):
    shop.agreed(shop.case(), value_cents=2000)
    shop.later(days=9)
    given = to_give()
    assert lines(given) == [
        (
            "Ada Obi, The money back",
            "Agreed 9 days ago, not yet given: day 9 of 7",
            "Handed over",
        )
    ]
    words = said(given)
    assert "1 agreed, not yet given, 1 late" in words
    assert "£20.00" in words


def test_a_promised_day_and_no_promise_are_told_in_words(shop, to_give):
    case_id, kind = shop.case(), RemedyKind.REPAIR
    shop.agreed(case_id, kind=kind, words="A", promised_for=date(2026, 3, 4))
    shop.agreed(case_id, kind=kind, words="B", promised_for=date(2026, 3, 6))
    shop.agreed(case_id, kind=kind, words="C")
    assert [since for _who, since, _deed in lines(to_give())] == [
        "Agreed today, not yet given: for Wed 4 Mar",
        "Agreed today, not yet given: for Fri 6 Mar",
        "Agreed today, not yet given",
    ]
    shop.later(days=3)
    given = to_give()
    given.refresh()
    assert lines(given)[0][1] == "Agreed 3 days ago, not yet given: 1 day late"


def test_the_switch_leads_there_and_back_to_the_scanner(shop, page, qtbot):
    shop.agreed(shop.case())
    qtbot.keyClick(page.view, Qt.Key.Key_Right)
    assert page.given.isVisible()
    assert not page.redeem_card.isVisible()
    qtbot.keyClick(page.view, Qt.Key.Key_Left)
    assert QApplication.focusWidget() is field(page, "Code")


def test_a_code_that_is_scanned_anywhere_shows_the_vouchers(shop, page, to_give):
    voucher = shop.voucher(value_cents=2500)
    to_give()
    page.narrow_to(voucher.code)
    assert page.redeem_card.isVisible()
    assert page.print_wish() == PrintCertificate(voucher.code)
    to_give()
    assert page.print_wish() is None


def test_one_click_hands_over_and_undo_brings_it_back(shop, to_give, qtbot):
    case_id = shop.case()
    shop.agreed(case_id)
    given = to_give()
    click_on(qtbot, given, 0)
    assert handed_over(shop, case_id) == [True]
    assert lines(given) == []
    assert shop.desk.last_undoable().words == "Handed over: The money back"
    shop.desk.undo()
    assert handed_over(shop, case_id) == [False]
    assert len(lines(given)) == 1


def test_a_double_click_hands_over_one_thing_only(shop, page, to_give, qtbot):
    case_id, wishes = shop.case(), []
    for _nth in range(3):
        shop.agreed(case_id)
    page.wished.connect(wishes.append)
    given = to_give()
    click_on(qtbot, given, 0)
    click_on(qtbot, given, 0)
    qtbot.mouseDClick(
        given.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=given.table.visualRect(given.table.model().index(0, 3)).center(),
    )
    assert sorted(handed_over(shop, case_id)) == [False, False, True]
    assert wishes == []


def test_enter_opens_the_case_and_the_button_hands_over(shop, page, to_give, qtbot):
    case_id = shop.case()
    shop.agreed(case_id, value_cents=2000, cost_cents=900)
    given = to_give()
    given.table.setFocus()
    qtbot.keyClick(given.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.wished) as wished:
        qtbot.keyClick(given.table, Qt.Key.Key_Return)
    assert wished.args == [OpenCase(case_id, "right")]
    assert {"Ada Obi", "£20.00", "£9.00"} <= set(said(given.chosen_card))
    deed = button(given.chosen_card, "Handed over")
    deed.setFocus()
    qtbot.keyClick(deed, Qt.Key.Key_Return)
    assert handed_over(shop, case_id) == [True]
    assert not given.chosen_card.isVisible()


def test_the_next_line_is_chosen_once_one_is_handed_over(shop, to_give, qtbot):
    for name in ("Ada Obi", "Ben Cole", "Cara Diaz"):
        shop.agreed(shop.case(name=name))
        shop.later(days=1)
    given = to_give()
    click_on(qtbot, given, 1)
    assert [who for who, _since, _deed in lines(given)] == [
        "Ada Obi, The money back",
        "Cara Diaz, The money back",
    ]
    assert "Cara Diaz" in said(given.chosen_card)


def test_case_and_customer_are_one_press_away(shop, page, to_give, qtbot):
    case_id = shop.case()
    shop.agreed(case_id)
    given = to_give()
    given.table.setCurrentIndex(given.table.model().index(0, 0))
    with qtbot.waitSignal(page.wished) as wished:
        button(given.chosen_card, f"Case {shop.view(case_id).number}").click()
    assert wished.args == [OpenCase(case_id, "right")]
    with qtbot.waitSignal(page.wished) as wished:
        button(given.chosen_card, "Customer").click()
    assert wished.args == [OpenCustomer(shop.view(case_id).customer_id)]


def test_without_a_case_enter_opens_the_customer(shop, page, to_give, qtbot):
    voucher = shop.voucher()
    given = to_give()
    given.table.setCurrentIndex(given.table.model().index(0, 0))
    with qtbot.waitSignal(page.wished) as wished:
        qtbot.keyClick(given.table, Qt.Key.Key_Return)
    assert wished.args == [OpenCustomer(voucher.customer_id)]


def test_an_agreed_voucher_gets_its_code_first(shop, to_give, qtbot):
    case_id = shop.case()
    shop.agreed(case_id, kind=RemedyKind.VOUCHER, words="A gift card", value_cents=2500)
    given = to_give()
    assert lines(given)[0][2] == "Issue its code"
    click_on(qtbot, given, 0)
    (box,) = given.findChildren(GiveRemedyDialog)
    assert box.isVisible()
    assert handed_over(shop, case_id) == [False]
    box.done(0)


def test_what_lasts_begins_when_it_is_handed_over(shop, to_give, qtbot):
    remedy = shop.agreed(shop.case(), kind=RemedyKind.MEMBERSHIP, words="A year as a friend")
    click_on(qtbot, to_give(), 0)
    with shop.desk.reading():
        granted = entitlements.of_remedy(remedy, shop.now.date())
    assert granted.valid_from == shop.now.date()


def test_the_chips_and_heads_narrow_and_sort_it(shop, to_give, qtbot):
    shop.agreed(shop.case(name="Ada Obi"), value_cents=500)
    shop.agreed(shop.case(name="Ben Cole"), kind=RemedyKind.REPAIR, value_cents=9000)
    shop.hand_over(shop.case(name="Cara Diaz"))
    given = to_give()
    button(given, "Refunds, 1").click()
    assert [who for who, _since, _deed in lines(given)] == ["Ada Obi, The money back"]
    button(given, "To give, 2").click()
    head = given.table.horizontalHeader()
    at = head.sectionViewportPosition(0) + 20
    for names in (["Ada Obi", "Ben Cole"], ["Ben Cole", "Ada Obi"]):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 20))
        assert [who.partition(",")[0] for who, _since, _deed in lines(given)] == names


def test_what_was_given_says_how_long_it_took(shop, to_give, qtbot):
    at_once, later = shop.case(name="Ada Obi"), shop.case(name="Ben Cole")
    shop.agreed(at_once)
    shop.hand_over(at_once)
    shop.agreed(later)
    shop.later(days=2)
    shop.hand_over(later)
    given = to_give("given")
    assert {since for _who, since, _deed in lines(given)} == {
        "Given Mon 2 Mar, at once",
        "Given Wed 4 Mar, after 2 days",
    }
    click_on(qtbot, given, 0)  # nothing is left to do
    assert len(lines(given)) == 2
    assert not given.chosen_card.deed.isVisible()


def test_an_empty_list_says_what_comes_here(shop, to_give):
    assert "Nothing agreed yet" in said(to_give())
    case_id = shop.case()
    shop.agreed(case_id)
    shop.hand_over(case_id)
    assert "Nothing of this kind waits" in said(to_give("late"))


@pytest.mark.parametrize(
    ("usual", "words"),
    [
        ((), ""),
        ((Usual(RemedyKind.REFUND, 9, 4),), ""),
        ((Usual(RemedyKind.REFUND, 9, 2), Usual(RemedyKind.REPAIR, 1, 2)), ""),
        (
            (Usual(RemedyKind.REFUND, 9, 4), Usual(RemedyKind.REPAIR, 1, 3)),
            "Refund takes longest: half of the 4 took 9 days or less.",
        ),
        (
            (Usual(RemedyKind.REFUND, 9, 10), Usual(RemedyKind.REPAIR, 1, 3)),
            "Refund takes longest: 9 days as a rule.",
        ),
    ],
)
def test_the_slowest_kind_is_named_with_how_many_that_is_known_from(usual, words):
    assert slowest_words(usual) == words


def test_the_pace_of_each_kind_stands_beside_the_list(shop, to_give):
    for kind, days in ((RemedyKind.REFUND, 4), (RemedyKind.REPAIR, 0)):
        for _nth in range(3):
            case_id = shop.case()
            shop.agreed(case_id, kind=kind)
            shop.later(days=days)
            shop.hand_over(case_id)
    words = said(to_give().panel)
    assert {"Refund (3)", "4 days", "Repair (3)", "0 days"} <= set(words)
    assert "Refund takes longest: half of the 3 took 4 days or less." in words


def test_the_month_for_the_books_opens(page):
    button(page, "For your books…").click()
    (box,) = page.findChildren(RegisterDialog)
    assert box.isVisible()
    box.done(0)
