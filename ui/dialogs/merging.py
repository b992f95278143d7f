"""Two that are one: pick whose words stay, see what moves, merge; Undo brings both back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from recoverydesk.domain.case import Channel, Severity
from recoverydesk.domain.days import day_words
from recoverydesk.records import record
from recoverydesk.services import case_pages, customer_lists, customer_pages, merges
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.customer_pages import CustomerView
from recoverydesk.services.merges import Moving, Side
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.cards import Card
from ui.widgets.choices import Select
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField
from ui.widgets.layouts import clear, column
from ui.widgets.picks import Pick, PickList
from ui.widgets.text import Text
from ui.wording import counted, filled, label, tr

LONGEST_SHOWN = 70
WIDTH = 680


@record
class Question:
    """A field in which the two differ."""

    field: str
    words: str
    kept: str
    other: str
    both: bool = False
    """Whether the words of both can stand under one another."""
    proposed: Side = Side.KEPT


class Picking(QWidget):
    """One drop-down for each field in which the two differ."""

    def __init__(self) -> None:
        super().__init__()
        self._body: QVBoxLayout = column(gap=12)
        self._choices: dict[str, Select] = {}
        self.setLayout(self._body)

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Ask these."""
        clear(self._body)
        self._choices = {}
        for one in questions:
            options = [(Side.KEPT.value, _short(one.kept)), (Side.OTHER.value, _short(one.other))]
            if one.both:
                options.append((Side.BOTH.value, tr("Both, one under the other")))
            choice = Select(options, name=one.words)
            choice.choose(one.proposed.value)
            self._choices[one.field] = choice
            self._body.addWidget(LabelledField(one.words, choice))
        if not questions:
            self._body.addWidget(
                Text(tr("They don't differ in anything you would have to choose."), token="text2")
            )

    def choices(self) -> dict[str, Side]:
        """Return what was picked."""
        return {field: Side(choice.key()) for field, choice in self._choices.items()}


class MergeCustomersDialog(Dialog):
    """Makes one customer of two.

    Signals:
        merged: it is done. Argument: the id of the customer who stays.
    """

    merged = Signal(int)

    def __init__(
        self, session: Session, kept_id: int, other_id: int | None = None, *, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            kept_id: who stays.
            other_id: who turned out to be the same; None asks.
            parent: what it belongs to.

        Raises:
            NotFoundError: the customer is no longer on the desk.
        """
        self._kept = customer_pages.view(session.desk, kept_id)
        super().__init__(
            parent,
            filled("Merge with {name}", name=self._kept.name),
            save=tr("Merge"),
            save_icon="merge",
            width=WIDTH,
        )
        self.setObjectName("merge_customers")
        self._session = session
        self._other: CustomerView | None = None
        self._who = PickList(example=tr("Name, phone or e-mail"))
        self._who.asked.connect(self._offer)
        self._who.picked.connect(self._show_other)
        self._who.cleared.connect(lambda: self._show_other(None))
        self._picking = Picking()
        self._moves = Card(tr("What moves"), icon="merge", ground="sunken")
        self._told = Text("", "secondary", "text2", wrap=True)
        self._moves.add(self._told)
        self.add(LabelledField(tr("&Who is the same person?"), self._who), self._picking)
        self.add(self._moves)
        self.save_wanted.connect(self._merge)
        self._show_other(None)
        if other_id is not None:
            found = customer_lists.rows(session.desk, [other_id]).get(other_id)
            if found is not None:
                self._who.show_pick(Pick(other_id, found.name, found.phone or found.email))
                self._show_other(other_id)
        self._who.setFocus()

    def _offer(self, typed: str) -> None:
        found = customer_lists.alike(self._session.desk, typed) if typed else ()
        self._who.offer(
            [
                Pick(one.customer_id, one.name, one.phone or one.email or one.town)
                for one in found
                if one.customer_id != self._kept.customer_id
            ]
        )

    def _show_other(self, customer_id: object) -> None:
        self._other = None
        if isinstance(customer_id, int):
            with told_to_owner(self):
                self._other = customer_pages.view(self._session.desk, customer_id)
        other = self._other
        self._picking.setVisible(other is not None)
        self._moves.setVisible(other is not None)
        self.save_button.setEnabled(other is not None)
        if other is None:
            return
        self._picking.show_questions(_customer_questions(self._session, self._kept, other))
        moving = merges.moving_with_customer(self._session.desk, other.customer_id)
        words = _moving_words(moving, other.name, self._kept.name)
        if self._kept.do_not_contact != other.do_not_contact:
            alone = other if other.do_not_contact else self._kept
            words += "\n" + filled(
                "{name} asked not to be contacted: that will hold for both, and calls and letters "
                "that are planned are left out.",
                name=alone.name,
            )
        self._told.setText(words)

    def _merge(self) -> None:
        if self._other is None:
            return
        with told_to_owner(self):
            merges.merge_customers(
                self._session.desk,
                self._kept.customer_id,
                self._other.customer_id,
                choices=self._picking.choices(),
                now=self._session.now(),
            )
            self.accept()
            self.merged.emit(self._kept.customer_id)


class MergeCasesDialog(Dialog):
    """Makes one case of two."""

    def __init__(self, session: Session, kept_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            kept_id: the case that stays.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        self._kept = case_pages.view(session.desk, kept_id)
        super().__init__(
            parent,
            filled("Merge with {number}", number=self._kept.number),
            save=tr("Merge"),
            save_icon="merge",
            width=WIDTH,
        )
        self.setObjectName("merge_cases")
        self._session = session
        theirs = customer_pages.view(session.desk, self._kept.customer_id).cases
        others = [one for one in theirs if one.case_id != self._kept.case_id]
        options = [(str(one.case_id), f"{one.number}: {one.summary}") for one in others]
        self._which = Select(options, name=tr("Which case is the same?"))
        self._picking = Picking()
        self._moves = Card(tr("What moves"), icon="merge", ground="sunken")
        self._told = Text("", "secondary", "text2", wrap=True)
        self._moves.add(self._told)
        self.add(LabelledField(tr("&Which case is the same?"), self._which))
        self.add(self._picking, self._moves)
        self._which.chosen.connect(lambda _key: self._show())
        self.save_wanted.connect(self._merge)
        if others:
            self._show()
        else:
            self._show_none()

    def _show_none(self) -> None:
        for widget in (self._which, self._picking):
            widget.hide()
        words = filled(
            "{name} has no other case. If it is another person's, merge the customers first; if "
            "one failure hit several, make it an incident.",
            name=self._kept.greeting,
        )
        self._told.setText(words)
        self.save_button.setEnabled(False)

    def _show(self) -> None:
        other = case_pages.view(self._session.desk, int(self._which.key()))
        self._picking.show_questions(_case_questions(self._kept, other))
        moving = merges.moving_with_case(self._session.desk, other.case_id)
        self._told.setText(_moving_words(moving, other.number, self._kept.number))

    def _merge(self) -> None:
        if not self._which.key():
            return
        with told_to_owner(self):
            merges.merge_cases(
                self._session.desk,
                self._kept.case_id,
                int(self._which.key()),
                choices=self._picking.choices(),
                now=self._session.now(),
            )
            self.accept()


def _customer_questions(
    session: Session, kept: CustomerView, other: CustomerView
) -> list[Question]:
    money, worth = session.money, (kept.worth_year_cents, other.worth_year_cents)
    worths = ["" if cents is None else money(cents) for cents in worth]
    since = ["" if day is None else day_words(day) for day in (kept.since_on, other.since_on)]
    asked: Sequence[tuple[str, str, str, str, bool]] = (
        ("name", tr("Name"), kept.name, other.name, False),
        ("greeting_name", tr("In letters"), kept.greeting_name, other.greeting_name, False),
        ("phone", tr("Phone"), kept.phone, other.phone, False),
        ("email", tr("E-mail"), kept.email, other.email, False),
        ("address", tr("Address"), _place(kept), _place(other), False),
        ("worth_year_cents", tr("Worth a year"), worths[0], worths[1], False),
        ("since_on", tr("Customer since"), since[0], since[1], False),
        ("likes", tr("Likes"), kept.likes, other.likes, True),
        ("note", tr("Private note"), kept.note, other.note, True),
    )
    return [
        Question(
            field,
            words,
            mine,
            theirs,
            both=both,
            proposed=Side.BOTH if both else Side.KEPT,
        )
        for field, words, mine, theirs, both in asked
        if mine and theirs and mine != theirs
    ]


def _case_questions(kept: CaseView, other: CaseView) -> list[Question]:
    higher = merges.severity_of_both(kept.severity, other.severity)
    asked: Sequence[tuple[str, str, str, str, bool]] = (
        ("words", tr("In their own words"), kept.words, other.words, True),
        ("restatement", tr("How you said it back"), kept.restatement, other.restatement, True),
        ("feeling", tr("How they feel"), kept.feeling, other.feeling, True),
        ("our_part", tr("What we did wrong"), kept.our_part, other.our_part, True),
        ("severity", tr("How upset they are"), kept.severity, other.severity, False),
        ("channel", tr("How did you hear"), kept.channel, other.channel, False),
        ("cause_id", tr("Cause"), kept.cause, other.cause, False),
    )
    questions = []
    for field, words, mine, theirs, both in asked:
        if not mine or not theirs or mine == theirs:
            continue
        side = Side.BOTH if both else Side.KEPT
        if field == "severity" and higher is not kept.severity:
            side = Side.OTHER
        questions.append(Question(field, words, _shown(mine), _shown(theirs), both, side))
    return questions


def _shown(value: str) -> str:
    return label(value).text if isinstance(value, Severity | Channel) else value


def _place(view: CustomerView) -> str:
    parts = (*view.address.splitlines(), view.postcode, view.town, view.country)
    return ", ".join(part for part in parts if part)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1].rstrip() + "…"


def _moving_words(moving: Moving, other: str, kept: str) -> str:
    parts = [
        counted(count, one, many)
        for count, one, many in (
            (moving.cases, "{n} case", "{n} cases"),
            (moving.contacts, "{n} contact", "{n} contacts"),
            (moving.remedies, "{n} remedy", "{n} remedies"),
            (moving.vouchers, "{n} voucher", "{n} vouchers"),
            (moving.papers, "{n} paper", "{n} papers"),
            (moving.reminders, "{n} step still to do", "{n} steps still to do"),
            (moving.visits, "{n} visit", "{n} visits"),
            (moving.files, "{n} file", "{n} files"),
        )
        if count
    ]
    all_of_it = ", ".join(parts) if parts else tr("nothing but the words above")
    return filled(
        "From {other} to {kept}: {what}. The old one is still found, and Undo brings both back.",
        other=other,
        kept=kept,
        what=all_of_it,
    )
