"""One failure, many customers, in the window: named or pasted, told alike, given alike."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from recoverydesk.domain.case import Severity
from recoverydesk.domain.contact import Way
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.services import (
    approvals,
    causes,
    incident_pages,
    incident_rounds,
    incidents,
    limits,
    people,
    preferences,
)
from recoverydesk.services.incidents import IncidentEntry
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.storage.tables import Customer, Remedy
from recoverydesk.topics import Topic
from ui.dialogs.incident import AddCustomersDialog, IncidentDialog, IncidentPageDialog
from ui.dialogs.incident.give import GiveAllDialog
from ui.dialogs.incident.tell import TellAllDialog
from ui.dialogs.pin import OwnersWordDialog

POPUP = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
FORTY = tuple(f"Baker {first}{second}" for first in "ABCDE" for second in "abcdefgh")
TYPED_IN = (QLineEdit, QPlainTextEdit)


class Driven:
    """A dialog, driven by what an owner sees of it."""

    def __init__(self, dialog, session, qtbot):
        self.dialog, self.session, self.qtbot = dialog, session, qtbot

    def button(self, name):
        buttons = self.dialog.findChildren(QAbstractButton)
        return next(one for one in buttons if one.accessibleName() == name)

    def click(self, name):
        self.button(name).click()

    def field(self, name):
        return next(
            one
            for one in self.dialog.findChildren(QWidget)
            if isinstance(one, TYPED_IN) and one.accessibleName() == name
        )

    def write(self, name, words):
        field = self.field(name)
        field.setText(words) if isinstance(field, QLineEdit) else field.setPlainText(words)

    def find(self, words):
        """Type into the line that finds customers, and press Enter."""
        self.field("Who was hit?").setFocus()
        self.qtbot.keyClicks(self.field("Who was hit?"), words)
        self.qtbot.keyClick(self.field("Who was hit?"), Qt.Key.Key_Return)

    def paste(self, *names):
        self.click("Paste a list…")
        self.write("Names, one a line", "\n".join(names))
        self.click("Add these")

    def says(self, words):
        QApplication.processEvents()
        labels = self.dialog.findChildren(QLabel)
        return any(words in one.text() for one in labels if one.isVisible())

    def wait(self):
        self.qtbot.waitUntil(lambda: not self.session.jobs.is_busy())
        QApplication.processEvents()


@pytest.fixture
def opened(session, shown, qtbot):
    made = []

    def open_it(kind, *given):
        dialog = kind(session, *given, parent=shown(QWidget()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        made.append(dialog)
        return Driven(dialog, session, qtbot)

    yield open_it
    for dialog in made:
        dialog.accept()


@pytest.fixture
def oven(shop):
    def make(*names):
        entry = IncidentEntry("The oven broke", "The bread was raw.", "We didn't look.")
        return incidents.open_incident(shop.desk, entry, (), names=names, now=shop.now)

    return make


def only(shop):
    (line,) = incident_pages.list_incidents(shop.desk)
    return incident_pages.view(shop.desk, line.incident_id)


def names_of(view):
    return [one.customer for one in view.cases]


def test_forty_pasted_names_are_logged_in_one_go(opened, shop):
    log = opened(IncidentDialog)
    made = []
    log.dialog.made.connect(made.append)
    log.write("What do you call it?", "The oven broke")
    log.write("What happened", "The bread was raw inside.")
    log.paste(*FORTY)
    assert log.says("40 customers")
    assert log.says("40 cases will be logged")
    log.click("Log them all")
    log.wait()
    assert not log.dialog.isVisible()
    assert names_of(only(shop)) == list(FORTY)
    assert made == [only(shop).incident_id]
    assert incident_pages.counts(shop.desk) == (1, 40)


@POPUP
def test_customers_are_found_while_typing_and_taken_out_again(opened, shop):
    ada = shop.customer("Ada Obi", phone="020 7946 0001")
    log = opened(IncidentDialog)
    log.find("Ada Obi")
    assert log.says("020 7946 0001")
    log.find("79460001")
    assert log.says("1 of them was in already.")
    log.find("Ben Li")
    assert log.says("2 customers")
    assert log.says("new customer")
    log.click("Take Ben Li out")
    assert log.says("1 customer")
    log.write("What do you call it?", "The oven broke")
    log.write("What happened", "The bread was raw inside.")
    log.click("Log them all")
    log.wait()
    assert [one.customer_id for one in only(shop).cases] == [ada]


@POPUP
def test_somebody_new_may_be_called_like_somebody_known(opened, shop, qtbot):
    ada = shop.customer("Ada Obi")
    log = opened(IncidentDialog)
    line = log.field("Who was hit?")
    line.setFocus()
    qtbot.keyClicks(line, "Ada Obi")
    people = log.dialog._people
    qtbot.waitUntil(lambda: bool(people._line.offered()))
    qtbot.keyClick(line, Qt.Key.Key_Down)
    popup = people._popup()
    popup.setCurrentIndex(popup.model().index(1, 0))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert [one.name for one in people.new_people()] == ["Ada Obi"]
    line.setText("Ben Li")
    people._picked(-1)
    line.setText("ben li")
    people._picked(-1)
    assert log.says("1 of them was in already.")
    assert [one.name for one in people.new_people()] == ["Ada Obi", "Ben Li"]
    people._picked(ada)
    assert people.customer_ids() == [ada]


def test_a_name_that_means_two_stays_in_the_box(opened, shop):
    shop.customer("Ada Obi")
    shop.customer("Ada Obi")
    log = opened(IncidentDialog)
    log.paste("1. Ben Li", "- Ada Obi", "", "  Cleo Paz,")
    assert log.says("More than one customer is called “Ada Obi”.")
    assert log.field("Names, one a line").toPlainText() == "Ada Obi"
    assert log.dialog._people.names() == ["Ben Li", "Cleo Paz"]
    log.write("What do you call it?", "The oven broke")
    log.write("What happened", "The bread was raw inside.")
    log.click("Log them all")
    assert not log.session.jobs.is_busy()
    log.write("Names, one a line", "Ben Li")
    log.click("Log them all")
    log.wait()
    assert names_of(only(shop)) == ["Ben Li", "Cleo Paz"]


def test_a_pasted_list_is_looked_over_before_it_is_saved(opened, shop):
    shop.customer("Known Kim", phone="07700 900202")
    log = opened(IncidentDialog)
    log.write("What do you call it?", "The oven broke")
    log.write("What happened", "The bread was raw inside.")
    log.click("Paste a list…")
    pasted = "Kim K., 07700 900202\nBea Bo\tbea@x.org\n12345\nBea Bo"
    log.write("Names, one a line", pasted)
    log.click("Log them all")
    assert not log.session.jobs.is_busy()
    assert log.says("Who is “12345”? There is no name in it.")
    people = log.dialog._people
    assert people.customer_ids() == [1]
    assert [(one.name, one.email) for one in people.new_people()] == [("Bea Bo", "bea@x.org")]
    log.write("Names, one a line", "Cleo Paz")
    log.click("Log them all")
    assert log.says("1 customer was added. Look them over, then save.")
    log.click("Log them all")
    log.wait()
    assert sorted(names_of(only(shop))) == ["Bea Bo", "Cleo Paz", "Known Kim"]


def test_who_asked_to_be_left_alone_is_marked(opened, shop):
    ada = shop.customer("Ada Obi")
    preferences.leave_alone(shop.desk, ada, asked=True, now=shop.now)
    log = opened(IncidentDialog)
    log.paste("Ada Obi")
    assert log.says("asked not to be contacted")


def test_a_line_that_is_no_name_is_pointed_out(opened):
    log = opened(IncidentDialog)
    log.paste("x" * 201)
    assert log.says("201 characters")
    assert log.dialog._people.count() == 0


def test_a_name_still_in_the_line_is_taken_when_saving(opened, shop):
    shop.customer("Twin Kay")
    shop.customer("Twin Kay")
    log = opened(IncidentDialog)
    log.write("What do you call it?", "The oven broke")
    log.write("What happened", "The bread was raw inside.")
    log.field("Who was hit?").setText("Twin Kay")
    log.click("Log them all")
    assert log.says("More than one customer is called “Twin Kay”.")
    log.field("Who was hit?").setText("Ada Obi")
    log.click("Log them all")
    log.wait()
    assert names_of(only(shop)) == ["Ada Obi"]


def test_what_is_missing_is_said_beside_its_field(opened, shop):
    log = opened(IncidentDialog)
    log.click("Log them all")
    log.wait()
    assert log.says("What do you call it? A few words will do.")
    log.write("What do you call it?", "The oven broke")
    log.write("What happened", "The bread was raw inside.")
    log.write("When", "the other day")
    log.click("Log them all")
    assert log.says("That day can't be read.")
    log.write("When", "2026-03-01")
    log.click("Log them all")
    log.wait()
    assert log.says("Nobody is picked yet.")
    assert incident_pages.list_incidents(shop.desk) == ()


def test_an_incident_begins_with_a_case(opened, shop):
    cause = causes.add(shop.desk, "The oven")
    case_id = shop.case(
        name="Ada Obi",
        words="Raw inside!",
        cause_id=cause,
        occurred_on=date(2026, 3, 1),
        severity=Severity.ANNOYED,
    )
    log = opened(IncidentDialog, case_id)
    assert log.says("case R-2026-0001")
    log.paste("Ada Obi", "Ben Li")
    assert log.says("1 of them was in already.")
    assert log.says("1 case will be logged")
    log.click("Log them all")
    log.wait()
    seen = only(shop)
    assert (seen.title, seen.cause, seen.happened_on) == (
        "Raw inside!",
        "The oven",
        date(2026, 3, 1),
    )
    assert names_of(seen) == ["Ada Obi", "Ben Li"]
    assert seen.cases[0].case_id == case_id
    assert shop.view(seen.cases[1].case_id).severity is Severity.ANNOYED


def test_a_case_that_belongs_to_one_already_is_refused_in_words(opened, shop, oven):
    oven("Ada Obi")
    case_id = only(shop).cases[0].case_id
    log = opened(IncidentDialog, case_id)
    log.click("Log them all")
    log.wait()
    (box,) = log.dialog.findChildren(QMessageBox)
    assert "belongs to “The oven broke” already" in box.text()
    box.accept()


def test_who_was_put_in_is_not_lost_without_asking(opened):
    log = opened(IncidentDialog)
    log.paste("Ada Obi")
    log.dialog.reject()
    assert log.dialog.isVisible()
    (box,) = log.dialog.findChildren(QMessageBox)
    box.done(0)


def test_saving_can_be_stopped_and_then_nothing_is_saved(opened, shop, monkeypatch):
    log = opened(IncidentDialog)
    log.write("What do you call it?", "The oven broke")
    log.write("What happened", "The bread was raw inside.")
    log.paste(*FORTY)
    logged = incidents.open_incident

    def stops(*given, progress, **named):
        log.dialog.reject()  # as Esc does while it runs
        log.dialog.closeEvent(Closing())
        return logged(*given, progress=progress, **named)

    monkeypatch.setattr(incidents, "open_incident", stops)
    log.click("Log them all")
    assert log.button("Stop").isEnabled()
    assert not log.button("Log them all").isEnabled()
    log.dialog._log_all()
    log.wait()
    assert log.says("Stopped. Nothing was saved.")
    assert log.button("Log them all").isEnabled()
    assert incident_pages.counts(shop.desk) == (0, 0)


class Closing:
    """A window's cross, pressed."""

    def ignore(self):
        return None


def test_the_page_tells_what_happened_and_leads_to_each_case(opened, shop, oven):
    page = opened(IncidentPageDialog, oven("Ada Obi", "Ben Li"))
    wanted = []
    page.dialog.case_wanted.connect(wanted.append)
    assert page.says("The bread was raw.")
    assert page.says("We didn't look.")
    assert page.says("2 customers")
    page.dialog.table.selectRow(1)
    page.click("Open the case")
    assert wanted == [only(shop).cases[1].case_id]
    assert not page.dialog.isVisible()


def test_enter_opens_a_case_from_the_page(opened, shop, oven, qtbot):
    page = opened(IncidentPageDialog, oven("Ada Obi"))
    wanted = []
    page.dialog.case_wanted.connect(wanted.append)
    page.dialog.table.selectRow(0)
    qtbot.keyClick(page.dialog.table, Qt.Key.Key_Return)
    assert wanted == [only(shop).cases[0].case_id]


def test_a_case_can_be_taken_out_of_the_incident(opened, shop, oven):
    page = opened(IncidentPageDialog, oven("Ada Obi", "Ben Li"))
    page.dialog.table.selectRow(0)
    page.click("Take out of this")
    assert names_of(only(shop)) == ["Ben Li"]
    assert page.says("1 customer")


def test_the_page_goes_when_its_incident_is_undone(opened, shop, oven):
    page = opened(IncidentPageDialog, oven("Ada Obi"))
    shop.desk.undo()
    QApplication.processEvents()
    assert not page.dialog.isVisible()


def test_nothing_is_done_where_no_row_is_chosen(opened, shop, oven):
    page = opened(IncidentPageDialog, oven("Ada Obi"))
    page.dialog._open_current()
    page.dialog._take_out()
    assert page.dialog.isVisible()
    assert only(shop).customers == 1


def test_letters_go_to_all_but_those_who_want_none(opened, shop, oven):
    incident_id = oven("Ada Obi", "Ben Li", "Cleo Paz")
    with shop.desk.changing(Topic.CUSTOMERS, "Leave them alone"):
        Customer.update(do_not_contact=True).where(Customer.name == "Ben Li").execute()
    page = opened(IncidentPageDialog, incident_id)
    wanted = []
    page.dialog.letters_wanted.connect(wanted.append)
    assert page.says("1 customer asked not to be contacted, and is left out.")
    page.click("Letters to them all…")
    first, _second, third = only(shop).cases
    assert wanted == [[first.case_id, third.case_id]]


def test_each_line_says_how_far_it_is(opened, shop, oven):
    incident_id = oven("Ada Obi", "Ben Li", "Cleo Paz")
    first, second, _third = only(shop).cases
    shop.agreed(first.case_id, words="A fresh loaf")
    with shop.desk.changing(Topic.EVERYTHING, "As it came"):
        Customer.update(do_not_contact=True).where(Customer.name == "Cleo Paz").execute()
    page = opened(IncidentPageDialog, incident_id)
    model = page.dialog.model
    lines = [
        [model.index(at, place).data() for place in range(4)] for at in range(model.rowCount())
    ]
    assert [line[0] for line in lines] == [
        "Ada Obi, R-2026-0001",
        "Ben Li, R-2026-0002",
        "Cleo Paz, R-2026-0003",
    ]
    assert [line[1] for line in lines] == ["Not yet", "Not yet", "Leave alone"]
    assert [line[2] for line in lines] == ["A fresh loaf", "—", "—"]
    for place in range(4):
        model.sort(place, Qt.SortOrder.AscendingOrder)
    incident_rounds.acknowledge_all(
        shop.desk, incident_id, "Sorry.", way=Way.CALL, next_word_by=None, now=shop.now
    )
    QApplication.processEvents()
    assert page.dialog._view.contacted == 2
    assert second.case_id in {model.id_at(model.index(at, 0)) for at in range(3)}


@POPUP
def test_more_customers_are_added_from_the_page(opened, shop, oven, session, qtbot):
    page = opened(IncidentPageDialog, oven("Ada Obi"))
    said = []
    session.said.connect(said.append)
    page.click("Add customers…")
    (dialog,) = page.dialog.findChildren(AddCustomersDialog)
    add = Driven(dialog, session, qtbot)
    add.paste("Ada Obi", "Ben Li")
    assert add.says("1 of them was in already.")
    add.click("Add them")
    add.wait()
    assert names_of(only(shop)) == ["Ada Obi", "Ben Li"]
    assert said == ["1 customer added"]
    assert page.says("2 customers")


def test_adding_nobody_is_said_at_the_field(opened, shop, oven):
    add = opened(AddCustomersDialog, oven("Ada Obi"))
    add.click("Add them")
    add.wait()
    assert add.says("Nobody is picked yet. Who was hit, too?")
    shop.customer("Twin Kay")
    shop.customer("Twin Kay")
    add.field("Who was hit?").setText("Twin Kay")
    assert add.dialog.would_lose_text()
    add.click("Add them")
    assert add.says("More than one customer is called")


def test_all_are_told_from_the_page(opened, shop, oven, session, qtbot):
    page = opened(IncidentPageDialog, oven("Ada Obi", "Ben Li"))
    said = []
    session.said.connect(said.append)
    page.click("Tell them all…")
    (dialog,) = page.dialog.findChildren(TellAllDialog)
    tell = Driven(dialog, session, qtbot)
    assert tell.says("2 customers haven't heard from you yet")
    words = tell.field("What you tell them").toPlainText()
    assert "The bread was raw. We didn't look." in words
    assert "You hear from us again by Wednesday 4 March 2026, 17:30." in words
    dialog._next.day.edit.setText("2026-03-06")
    dialog._next.hour.setText("12:00")
    assert "Friday 6 March 2026, 12:00" in tell.field("What you tell them").toPlainText()
    tell.click("Copy the words")
    assert "Friday 6 March" in QGuiApplication.clipboard().text()
    tell.click("Log it for all")
    tell.wait()
    assert said == ["2 customers told"]
    for one in only(shop).cases:
        case = shop.view(one.case_id)
        assert case.contacts[0].way is Way.EMAIL
        assert f"{case.promises[0].promised_at:%Y-%m-%d %H:%M}" == "2026-03-06 12:00"
    assert not page.button("Tell them all…").isEnabled()


def test_words_of_ones_own_are_left_as_they_are(opened, shop, oven):
    tell = opened(TellAllDialog, oven("Ada Obi"))
    tell.dialog._next.day.edit.setText("")
    tell.dialog._next.hour.setText("")
    assert "again by" not in tell.field("What you tell them").toPlainText()
    tell.write("What you tell them", "We will ring you.")
    tell.dialog._next.day.edit.setText("2026-03-06")
    assert tell.field("What you tell them").toPlainText() == "We will ring you."
    tell.dialog._next.hour.setText("late")
    tell.click("Log it for all")
    assert tell.says("That time can't be read.")
    tell.dialog._next.hour.setText("")
    tell.write("What you tell them", "")
    tell.click("Log it for all")
    tell.wait()
    assert tell.says("Write down what you tell them.")
    assert only(shop).contacted == 0


def test_all_are_given_the_same_from_the_page(opened, shop, oven, session, qtbot):
    page = opened(IncidentPageDialog, oven("Ada Obi", "Ben Li"))
    said = []
    session.said.connect(said.append)
    page.click("Give them all…")
    (dialog,) = page.dialog.findChildren(GiveAllDialog)
    give = Driven(dialog, session, qtbot)
    give.click("Gift certificate")
    assert give.says("2 customers get it. Together it is worth £40.00 and costs you £22.00.")
    assert give.says("Each has a code of its own.")
    value = give.field("Worth to them")
    value.clear()
    qtbot.keyClicks(value, "10")
    assert give.says("costs you £11.00")
    give.click("Give it to all")
    give.wait()
    assert said == ["Agreed with 2 customers"]
    codes = {shop.view(one.case_id).remedies[0].code for one in only(shop).cases}
    assert len(codes) == 2
    assert page.says("£20")


def test_it_can_be_offered_first(opened, shop, oven, session):
    give = opened(GiveAllDialog, oven("Ada Obi", "Ben Li"))
    said = []
    session.said.connect(said.append)
    give.write("What each of them gets", "A fresh loaf")
    give.write("Worth to them", "4.00")
    give.write("Costs you", "1.50")
    give.write("Promised by", "2026-03-06")
    give.click("Only offer it: they say first whether that is right")
    give.click("Offer it to all")
    give.wait()
    assert said == ["Offered to 2 customers"]
    (line,) = shop.view(only(shop).cases[0].case_id).negotiation
    assert (line.kind, line.words, line.cost_cents) == (LineKind.OFFERED, "A fresh loaf", 150)


def test_what_cannot_be_given_is_said_beside_its_field(opened, shop, oven):
    give = opened(GiveAllDialog, oven("Ada Obi"))
    give.click("A sincere apology")
    give.write("What each of them gets", "")
    give.write("Worth to them", "ten")
    give.write("Costs you", "2")
    give.write("Promised by", "soon")
    qt_value = give.dialog._value
    give.dialog._work_out_cost(qt_value.text())
    give.click("Give it to all")
    assert give.says("Write down what you give them")
    assert give.says("Which day?")
    assert only(shop).given == 0


@pytest.fixture
def kim(shop):
    """Kim is at the counter, who may give 2.00 alone."""
    limits.set_rules(shop.desk, staff_limit_cents=200, budget_cents=None, refund_days=7)
    people.sign_in(shop.desk, people.add_staff(shop.desk, "Kim"), "", now=shop.now)


def give_a_loaf(opened, incident_id):
    give = opened(GiveAllDialog, incident_id)
    give.dialog._kind.choose(RemedyKind.OTHER.value)
    give.write("What each of them gets", "A fresh loaf")
    give.write("Worth to them", "4.00")
    give.click("Give it to all")
    give.wait()
    return give, give.dialog.findChild(OwnersWordDialog)


@pytest.mark.usefixtures("kim")
def test_past_a_limit_the_owners_word_gives_it_to_all(opened, shop, oven):
    give, word = give_a_loaf(opened, oven("Ada Obi", "Ben Li"))
    assert only(shop).given == 0
    word.save_button.click()
    give.wait()
    assert only(shop).given == 2
    (remedy,) = shop.view(only(shop).cases[0].case_id).remedies
    with shop.desk.reading():
        assert Remedy.get_by_id(remedy.remedy_id).approved_by_id == 1


@pytest.mark.usefixtures("kim")
def test_past_a_limit_it_waits_for_the_owner_in_every_case(opened, shop, oven):
    give, word = give_a_loaf(opened, oven("Ada Obi", "Ben Li"))
    said = []
    give.session.said.connect(said.append)
    word.later.emit()
    give.wait()
    assert said == ["It waits for the owner: 2 customers"]
    assert [one.words for one in approvals.parked(shop.desk)] == ["A fresh loaf"] * 2
    assert only(shop).given == 0


def test_who_has_it_already_is_not_counted_again(opened, shop, oven):
    incident_id = oven("Ada Obi", "Ben Li")
    entry = RemedyEntry(RemedyKind.OTHER, "A fresh loaf", 400, 150)
    incident_rounds.give_all(shop.desk, incident_id, entry, "", now=shop.now)
    give = opened(GiveAllDialog, incident_id)
    give.dialog._kind.choose(RemedyKind.OTHER.value)
    give.write("What each of them gets", "A fresh loaf")
    assert give.says("0 customers get it.")


def test_past_their_limit_staff_ask_for_the_owners_word_for_all_of_it(opened, shop, oven, session):
    limits.set_rules(shop.desk, staff_limit_cents=500, budget_cents=None, refund_days=7)
    kim = people.add_staff(shop.desk, "Kim")
    dialog = oven("Ada Obi", "Ben Li")
    people.sign_in(shop.desk, kim, "", now=shop.now)
    give = opened(GiveAllDialog, dialog)
    give.write("What each of them gets", "A new kettle")
    give.write("Worth to them", "20")
    give.click("Give it to all")
    give.wait()
    assert only(shop).given == 0
    (word,) = give.dialog.findChildren(OwnersWordDialog)
    Driven(word, session, give.qtbot).click("Allow it")
    give.wait()
    assert only(shop).given == 2
