"""The month for the books: its sums, and the register as a spreadsheet or on paper."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from recoverydesk.domain.days import month_name
from recoverydesk.services import registers
from recoverydesk.services.register_lines import PART_WORDS
from recoverydesk.services.registers import Register
from ui import printing
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import FactLine
from ui.widgets.choices import Select
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.text import Line, Text
from ui.wording import filled, tr


class RegisterDialog(Dialog):
    """Shows a month's sums, and saves its register.

    Attributes:
        month: the drop-down of months.
    """

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            parent: what it belongs to.
        """
        super().__init__(
            parent,
            tr("The month for your books"),
            save=tr("Save as PDF…"),
            save_icon="download",
            cancel=tr("Close"),
            width=720,
        )
        self.setObjectName("register")
        self._session = session
        known = registers.months(session.desk, now=session.now())
        options = [(f"{year}-{nth:02}", f"{month_name(nth)} {year}") for year, nth in known]
        self.month = Select(options, name=tr("Month"), icon="calendar")
        # The books want the month that is over, as soon as there is one.
        self.month.choose(options[1 if len(options) > 1 else 0][0])
        self._given, self._vouchers = column(gap=4), column(gap=4)
        self.add(LabelledField(tr("&Month"), self.month))
        self.body.addLayout(row((boxed(self._given), 1), (boxed(self._vouchers), 1), gap=32))
        # A file's name is long: it has its own line, and not what the buttons leave.
        self._told = Text("", "secondary", "text2", wrap=True)
        self.add(self._told)
        show = Button(tr("&Open it"), icon="external-link")
        table = Button(tr("Save as &CSV…"), icon="file-spreadsheet")
        self.add_button(show)
        self.add_button(table)
        self.month.chosen.connect(lambda _key: self._show())
        show.clicked.connect(lambda _on: self._open_it())
        table.clicked.connect(lambda _on: self._save_table())
        self.save_wanted.connect(self._save_paper)
        self._show()
        self.month.setFocus()

    def _register(self) -> Register:
        """Read the month that is chosen, as it stands now."""
        return registers.month(self._session.desk, *registers.read_month(self.month.key()))

    def _show(self) -> None:
        with told_to_owner(self):
            register = self._register()
            totals, money = register.totals, register.money
            given = [(f"{one.kind} ({one.count})", one.value_cents) for one in totals.by_kind]
            ends = [
                (filled("Worth in all ({n})", n=str(totals.given_count)), totals.given_value_cents),
                (tr("Cost to you"), totals.given_cost_cents),
            ]
            _fill(self._given, tr("Given"), [(name, money(cents)) for name, cents in given + ends])
            left = [
                (tr("Before"), totals.opening_cents),
                *((tr(PART_WORDS[part]), cents) for part, cents in totals.changes if cents),
                (tr("After"), totals.closing_cents),
            ]
            named = [(name, money(cents)) for name, cents in left]
            _fill(self._vouchers, tr("Left on vouchers"), named)
            self._told.setText(tr("For your books only: it says what remedies cost you."))

    def _save_table(self) -> None:
        with told_to_owner(self):
            register = self._register()
            content, name = registers.as_csv(register), register.file_name("csv")
            kind, title = tr("Spreadsheet (*.csv)"), tr("Save as CSV")
            path = printing.save_file_as(self, content, name, kind, title=title)
            if path is not None:
                self._told.setText(filled("Saved as {file}", file=path.name))

    def _save_paper(self) -> None:
        with told_to_owner(self):
            register = self._register()
            content = registers.as_pdf(self._session.desk, register)
            path = printing.save_pdf_as(self, content, register.file_name("pdf"))
            if path is not None:
                self._told.setText(filled("Saved as {file}", file=path.name))

    def _open_it(self) -> None:
        with told_to_owner(self):
            register = self._register()
            content = registers.as_pdf(self._session.desk, register)
            printing.open_file(content, register.file_name("pdf"))
            self._told.setText(tr("A copy is open. Save it to keep it."))


def _fill(lines: QVBoxLayout, heading: str, facts: list[tuple[str, str]]) -> None:
    clear(lines)
    lines.addWidget(Text(heading, "card", weight=600))
    lines.addWidget(Line("border"))
    for name, amount in facts:
        line = FactLine(name, amount)
        line.setAccessibleName(f"{name} {amount}")
        lines.addWidget(line)
    lines.addStretch(1)
