import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ui import look
from ui.actions import Command
from ui.widgets.banners import Banner
from ui.widgets.buttons import Button, IconButton, command_action, menu_of
from ui.widgets.cards import Accordion, Card, FactLine, FoldCard
from ui.widgets.chips import Chip, FilterChip, FilterChips, Segmented
from ui.widgets.choices import CheckBox, ChoiceCards, Select
from ui.widgets.empties import EmptyState
from ui.widgets.focus import FocusRing
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.meters import CheckCircle, ProgressLine, Ring, Share, StackBar
from ui.widgets.papers import PdfPreview
from ui.widgets.plans import PlanList, PlanStep
from ui.widgets.scrolls import ScrollArea
from ui.widgets.stages import StageStop, StageTrack
from ui.widgets.text import Text, plain_tip
from ui.widgets.threads import Entry, Timeline
from ui.widgets.tiles import Tile
from ui.widgets.toasts import SHADOW, Toast

from .gallery import blank_pdf

LONG = "Listen first, and let her finish. Then say the problem back in your own words. " * 4
UPSET = [("a", "Annoyed", "Will come back", "annoyed"), ("b", "Upset", "", "frown"),
         ("c", "Furious", "", "angry")]  # fmt: skip


# ---- text


def test_wrapped_text_takes_exactly_the_lines_it_needs(shown, qtbot):
    text = Text(LONG, wrap=True)
    page = shown(boxed(column(text, STRETCH)), 300, 600)
    narrow = text.height()
    page.resize(600, 600)
    assert narrow % look.line_height("body") == 0
    qtbot.waitUntil(lambda: text.height() < narrow)
    assert text.height() == text.heightForWidth(600)


def test_wrapped_text_is_not_clipped_deep_inside_layouts(shown):
    text = Text(LONG, wrap=True)
    card = Card("Start here")
    card.body.addLayout(row((column(text), 1), gap=8))
    shown(boxed(row(boxed(column(card, STRETCH)), STRETCH)), 420, 500)
    assert text.height() >= text.heightForWidth(text.width())


def test_text_that_is_cut_tells_itself_whole(shown):
    text = Text("Eleanor <b>Whitcombe</b>-Ashworth of Robin Hood's Bay")
    page = shown(boxed(column(text, STRETCH)), 100, 100)
    assert "&lt;b&gt;" in text.toolTip()
    page.resize(700, 100)
    assert text.toolTip() == ""


def test_a_tooltip_shows_signs_as_typed():
    assert plain_tip("Ada") == "Ada"
    assert plain_tip("<img src=x>") == "<qt>&lt;img src=x&gt;</qt>"


@pytest.mark.usefixtures("dark")
def test_selectable_text_follows_the_look(shown):
    text = shown(Text("07700 900 355", selectable=True, token="text2"))
    assert text.palette().windowText().color() == look.DARK.text2


# ---- buttons


def test_enter_and_space_press_a_button(shown, qtbot):
    pressed = []
    button = shown(Button("Save", "primary"))
    button.clicked.connect(lambda: pressed.append(1))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Enter):
        qtbot.keyClick(button, key)
    assert len(pressed) == 3


def test_a_disabled_button_does_nothing_and_looks_so(shown, qtbot):
    button = shown(Button("Save", "primary"), 200, 60)
    enabled = button.grab().toImage()
    button.setEnabled(False)
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == []
    assert button.grab().toImage() != enabled


def test_a_buttons_name_is_its_words(qtbot):
    button = Button("&Save & close")
    icon = IconButton("x", "Close")
    for widget in (button, icon):
        qtbot.addWidget(widget)
    assert icon.accessibleName() == "Close"
    button.set_text("Undo")
    assert button.accessibleName() == "Undo"


def test_a_button_grows_with_its_words_icon_and_keys(qtbot):
    plain, rich = Button("Log"), Button("Log", icon="plus", key="Ctrl N", trail="chevron-down")
    for widget in (plain, rich):
        qtbot.addWidget(widget)
    assert rich.sizeHint().width() > plain.sizeHint().width() + 60


def test_a_command_makes_a_button_and_an_action(shown, qtbot):
    done = []
    page = QWidget()
    action = command_action(Command.REDEEM, page, lambda: done.append("keys"))
    button = Button.for_command(Command.REDEEM, lambda: done.append("button"), show_key=True)
    page.setLayout(row(button))
    shown(page)
    qtbot.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    button.click()
    assert done == ["keys", "button"]
    assert not action.icon().isNull()
    menu = menu_of(page, action, None, action)
    assert len(menu.actions()) == 2


# ---- focus


def test_the_ring_shows_after_tab_and_not_after_a_click(shown, qtbot):
    first, second = Button("One"), Button("Two")
    page = shown(boxed(row(first, second, STRETCH)))
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    rings = page.findChildren(FocusRing)
    assert [ring for ring in rings if ring.isVisible()] == []

    qtbot.keyClick(first, Qt.Key.Key_Tab)
    (ring,) = page.findChildren(FocusRing)
    assert ring.isVisible()
    assert ring.target() is second
    assert ring.geometry().adjusted(4, 4, -4, -4) == second.geometry()

    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring.isVisible()


def test_the_ring_follows_when_what_holds_its_button_moves(shown):
    above, button = QWidget(), Button("One")
    above.setFixedHeight(10)
    page = shown(boxed(column(above, boxed(row(button, STRETCH)), STRETCH)))
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    above.setFixedHeight(90)
    QApplication.processEvents()

    (ring,) = page.findChildren(FocusRing)
    assert ring.geometry().center().y() == button.mapTo(page, button.rect().center()).y()
    button.clearFocus()
    assert not ring.isVisible()


def test_the_ring_scrolls_with_the_page(shown):
    button = Button("One")
    content = boxed(column(button, 2000))
    area = ScrollArea(content)
    shown(boxed(column(area)), 300, 200)
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    (ring,) = area.findChildren(FocusRing)
    assert ring.parentWidget() is content


# ---- chips and choices


def test_exactly_one_filter_is_on(shown, qtbot):
    chips = FilterChips([("me", "Needs me"), ("open", "Open"), ("all", "All")], name="Show")
    shown(chips)
    assert chips.key() == "me"
    with qtbot.waitSignal(chips.chosen) as chosen:
        qtbot.mouseClick(chips.findChildren(FilterChip)[2], Qt.MouseButton.LeftButton)
    assert chosen.args == ["all"]
    chips.choose("open")
    assert chips.key() == "open"
    chips.set_count("open", 12)
    assert chips.findChildren(FilterChip)[1].accessibleName() == "Open, 12"


def test_a_segment_moves_with_arrows_and_mouse(shown, qtbot):
    periods = Segmented(
        [("1", "This month"), ("3", "3 months"), ("12", "12 months")], name="Period"
    )
    shown(boxed(row(periods, STRETCH)))
    heard = []
    periods.chosen.connect(heard.append)
    qtbot.keyClick(periods, Qt.Key.Key_Right)
    qtbot.mouseClick(periods, Qt.MouseButton.LeftButton, pos=QPoint(periods.width() - 10, 10))
    qtbot.keyClick(periods, Qt.Key.Key_Right)
    assert heard == ["3", "12"]
    assert periods.accessibleName() == "Period: 12 months"
    periods.choose("1")
    assert periods.key() == "1"


def test_arrows_move_the_choice_between_cards(shown, qtbot):
    cards = ChoiceCards(UPSET, name="How upset are they?")
    shown(cards)
    cards.choose("a")
    cards.cards()[0].setFocus()
    with qtbot.waitSignal(cards.chosen) as chosen:
        qtbot.keyClick(cards.cards()[0], Qt.Key.Key_Right)
    assert chosen.args == ["b"]
    assert cards.cards()[1].hasFocus()
    qtbot.keyClick(cards.cards()[1], Qt.Key.Key_Left)
    qtbot.keyClick(cards.cards()[0], Qt.Key.Key_Left)
    assert cards.key() == "c"


def test_tab_stops_once_at_a_row_of_cards(shown, qtbot):
    cards, after = ChoiceCards(UPSET, name="How upset are they?"), Button("Save")
    shown(boxed(column(cards, after)))
    cards.choose("b")
    cards.cards()[1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(cards.cards()[1], Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_pressing_a_chosen_card_leaves_it_chosen(shown, qtbot):
    cards = shown(ChoiceCards(UPSET, name="How upset are they?"))
    for _ in range(2):
        qtbot.mouseClick(cards.cards()[2], Qt.MouseButton.LeftButton)
    assert cards.key() == "c"


def test_a_drop_down_tells_the_key_of_what_was_picked(shown, qtbot):
    select = shown(Select([("a4", "A4"), ("letter", "US Letter")], name="Paper"))
    with qtbot.waitSignal(select.chosen) as chosen:
        qtbot.keyClick(select, Qt.Key.Key_Down)
    assert chosen.args == ["letter"]
    select.set_options([("letter", "Letter"), ("legal", "Legal")])
    assert select.key() == "letter"
    select.choose("unknown")
    assert select.currentText() == "Letter"


def test_a_wheel_over_a_form_changes_nothing(shown):
    select = shown(Select([("a", "A"), ("b", "B")], name="Letter"))
    middle = QPointF(select.rect().center())
    wheel = QWheelEvent(
        middle,
        select.mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own
    )
    QApplication.sendEvent(select, wheel)
    assert select.key() == "a"
    assert not wheel.isAccepted()


def test_a_box_is_ticked_by_its_words(shown, qtbot):
    box = shown(CheckBox("Comment &card"), 200, 40)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(60, 14))
    assert box.isChecked()
    assert box.accessibleName() == "Comment card"


# ---- cards


def test_a_card_shows_its_title_only_where_it_has_one(shown):
    card = shown(Card())
    card.add(Text("Inside"))
    assert card.body.count() == 1
    card.set_title("October so far")
    card.set_meta("4 of 12 done")
    assert card.accessibleName() == "October so far"


def test_a_fold_opens_by_keyboard_and_shows_its_body(shown, qtbot):
    fold, inside, closed = (
        FoldCard("Why it happened", summary="Not known yet"),
        Text("x"),
        Text("y"),
    )
    fold.add(inside)
    fold.set_closed_body(closed)
    shown(fold)
    assert (inside.isVisible(), closed.isVisible()) == (False, True)
    head = fold.findChildren(QWidget)[0]
    with qtbot.waitSignal(fold.toggled) as toggled:
        qtbot.keyClick(head, Qt.Key.Key_Return)
    assert toggled.args == [True]
    assert (inside.isVisible(), closed.isVisible()) == (True, False)
    qtbot.keyClick(head, Qt.Key.Key_Left)
    assert not fold.is_open()


def test_an_accordion_has_one_fold_open(shown):
    one, two = FoldCard("One"), FoldCard("Two")
    shown(Accordion(one, two))
    one.set_open(is_open=True)
    two.set_open(is_open=True)
    assert (one.is_open(), two.is_open()) == (False, True)


def test_a_tile_says_its_number(shown, qtbot):
    tile = shown(Tile("Late", "circle-alert"))
    tile.show_number(3, "Oldest: 2 days", "danger")
    assert (tile.accessibleName(), tile.accessibleDescription()) == ("Late: 3", "Oldest: 2 days")
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert tile.isChecked()


def test_drawn_amounts_are_said_in_words(qtbot):
    ring, line, bar, track = Ring(5), ProgressLine(), StackBar(), StageTrack()
    for widget in (ring, line, bar, track):
        qtbot.addWidget(widget)
    ring.show_filled(6)
    line.show_share(1.7)
    bar.show_parts([Share(6, "accent", "Won back"), Share(0, "danger", "Lost")], 12)
    track.show_stops([StageStop("Listen", "8 Oct", "done"), StageStop("Own it")])
    said = [widget.accessibleName() for widget in (ring, line, bar, track)]
    assert said == ["6/12", "100%", "Won back 6", "Listen, 8 Oct; Own it"]


def test_a_circle_is_ticked_by_keyboard(shown, qtbot):
    circle = shown(CheckCircle("Call Ada"))
    qtbot.keyClick(circle, Qt.Key.Key_Space)
    assert circle.isChecked()


def test_a_status_can_change(qtbot):
    chip = Chip("Open")
    qtbot.addWidget(chip)
    before = chip.sizeHint()
    chip.show_status("Waiting for them", "warn", "hourglass")
    assert chip.sizeHint().width() > before.width()


def test_a_fact_shows_another_value(qtbot):
    fact = FactLine("Yearly custom kept", "£1")
    qtbot.addWidget(fact)
    fact.set_value("£3,120", "danger")
    assert [text.text() for text in fact.findChildren(Text)] == ["Yearly custom kept", "£3,120"]


# ---- plan and thread

STEPS = [PlanStep(1, "Listen", "8 Oct", "done"),
         PlanStep(2, "Call", "Today", "now", coach="Ring even if there is no news."),
         PlanStep(3, "Thank-you gift", "Jan")]  # fmt: skip


def test_only_the_current_step_shows_what_the_coach_says(shown):
    plan = PlanList()
    plan.show_steps(STEPS)
    shown(plan)
    assert [text.text() for text in plan.findChildren(Text)].count(STEPS[1].coach) == 1
    assert [line.circle.isChecked() for line in plan.rows()] == [True, False, False]


def test_a_step_is_ticked_and_the_focus_stays_on_it(shown, qtbot):
    plan = PlanList()
    plan.show_steps(STEPS)
    shown(plan)
    plan.rows()[0].circle.setFocus()
    qtbot.keyClick(plan.rows()[0].circle, Qt.Key.Key_Down)
    with qtbot.waitSignal(plan.ticked) as ticked:
        qtbot.keyClick(plan.rows()[1].circle, Qt.Key.Key_Space)
    assert ticked.args == [2, True]
    plan.show_steps(STEPS)
    assert plan.rows()[1].circle.hasFocus()


def test_a_thread_shows_what_was_said(shown, qtbot):
    thread = Timeline([Entry("reply", "We offered", "Mon", "A repair.")])
    shown(thread)
    thread.show_entries([Entry("handshake", "Agreed", "Tue", "New machine.", highlighted=True)])

    def seen():
        return {text.text() for text in thread.findChildren(Text) if text.isVisible()}

    qtbot.waitUntil(lambda: seen() == {"Agreed", "Tue", "New machine."})


# ---- messages


def test_a_toast_undoes_once_and_goes(shown):
    page = shown(QWidget())
    toast, undone = Toast(page), []
    toast.announce("Gift posted to Samuel", "Undo", lambda: undone.append(1))
    assert toast.text() == "Gift posted to Samuel"
    assert toast.seconds_left() > 5
    toast.action_button().click()
    assert undone == [1]
    assert toast.text() == ""


def test_a_toast_waits_while_its_button_has_the_focus(shown):
    page = shown(QWidget())
    toast = Toast(page)
    toast.announce("Saved", "Undo", lambda: None)
    toast.action_button().setFocus()
    assert toast.seconds_left() == 0
    assert toast.isVisible()
    page.setFocus()
    toast.action_button().clearFocus()
    assert toast.seconds_left() > 5


def test_a_toast_covers_no_button_where_there_is_room(shown):
    page = shown(QWidget())
    page.resize(900, 500)
    toast = Toast(page)
    toast.announce("Saved")
    usual = toast.geometry()
    button = QPushButton("Save", page)
    button.setGeometry(usual.adjusted(60, 30, -60, -30))
    button.show()
    toast.announce("Saved")
    covered = toast.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
    assert not covered.intersects(button.geometry())
    assert page.rect().contains(covered)
    # Where every place is taken it lies where it always did.
    wall = QPushButton("Wall", page)
    wall.setGeometry(page.rect())
    wall.show()
    toast.announce("Saved")
    assert toast.geometry() == usual


def test_a_toast_goes_by_itself(shown, qtbot):
    toast = Toast(shown(QWidget()))
    toast._timer.setInterval(1)
    toast.announce("Saved")
    qtbot.waitUntil(lambda: toast.text() == "")


def test_a_toast_stays_inside_its_parent(shown):
    page = shown(QWidget(), 500, 300)
    toast = Toast(page)
    toast.announce("A customer with a very long name indeed " * 6, "Undo", lambda: None)
    assert page.rect().contains(toast.geometry().adjusted(20, 20, -20, -20))
    page.resize(360, 280)
    assert page.rect().contains(toast.geometry().adjusted(20, 20, -20, -20))


def test_a_banner_acts_and_goes(shown, qtbot):
    banner = Banner()
    shown(boxed(column(banner, STRETCH)))
    assert not banner.isVisible()
    banner.show_message("Opened for reading only.", "Try again", tone="danger")
    with qtbot.waitSignal(banner.acted):
        next(button for button in banner.findChildren(Button) if button.text()).click()
    with qtbot.waitSignal(banner.dismissed):
        banner.findChild(IconButton).click()
    assert not banner.isVisible()


def test_an_empty_page_offers_what_to_do(shown):
    primary = Button("Log an unhappy customer", "primary")
    page = shown(EmptyState("Nothing yet", "Write it down.", primary=primary, picture="done"))
    page.set_words("Nothing waiting.", "Next: Fri 16 Oct.")
    assert primary.isVisible()
    assert "Nothing waiting." in {text.text() for text in page.findChildren(Text)}


# ---- paper


def test_a_preview_draws_only_the_last_of_several(shown, qtbot):
    preview = shown(PdfPreview(name="Letter", note="exactly as it prints"))
    heard = []
    preview.shown.connect(heard.append)
    with qtbot.waitSignal(preview.shown):
        preview.show_pdf(blank_pdf(pages=1))
        preview.show_pdf(blank_pdf(pages=3))
    assert heard == [3]
    assert preview.page_count() == 3
    preview.grab()
    preview.show_pdf(blank_pdf(), at_once=True)
    assert preview.page_count() == 1


def test_a_page_keeps_the_proportions_of_its_paper(shown):
    preview = PdfPreview(name="Letter")
    preview.show_pdf(blank_pdf(), at_once=True)
    shown(preview, 500, 900)
    page = preview._pages.itemAt(0).widget()
    assert page.height() == pytest.approx(page.width() * 842 / 595, abs=1)


# ---- layouts and scrolling


def test_clearing_a_layout_takes_everything_out(qtbot):
    layout = column(Text("a"), row(Text("b"), STRETCH), 12)
    page = boxed(layout)
    qtbot.addWidget(page)
    clear(layout)
    assert layout.count() == 0


def test_the_bar_floats_and_takes_no_width(shown, qtbot):
    content = boxed(column(Text("x"), 3000))
    area = ScrollArea(content)
    shown(area, 300, 200)
    assert content.width() == 300
    qtbot.waitUntil(area.bar.isVisible)
    area.bar.setValue(50)
    assert area.verticalScrollBar().value() == 50
    area.show_content(boxed(column(Text("x"))))
    qtbot.waitUntil(lambda: not area.bar.isVisible())
