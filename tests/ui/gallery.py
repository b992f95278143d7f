"""Every widget of the kit on a few sheets, for tests and for the eye.

To look: `python -m tests.ui.gallery DIR`.
"""

import sys
from datetime import date
from io import BytesIO
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from ui import look, tables
from ui.tables import Column, RowsModel
from ui.widgets.banners import Banner
from ui.widgets.buttons import Button, IconButton, menu_of
from ui.widgets.cards import Accordion, Card, FactLine, FoldCard
from ui.widgets.chips import Chip, FilterChips, Segmented
from ui.widgets.choices import CheckBox, ChoiceCards, Select
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.empties import EmptyState
from ui.widgets.fields import LabelledField, MoneyField, SearchField, TextArea, TextField
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.lists import TableCard, TableView
from ui.widgets.meters import Avatar, Pips, ProgressLine, Ring, Share, StackBar
from ui.widgets.papers import PdfPreview
from ui.widgets.picks import Pick, PickList
from ui.widgets.plans import PlanList, PlanStep
from ui.widgets.scrolls import ScrollArea
from ui.widgets.stages import StageStop, StageTrack
from ui.widgets.tasks import TaskGroup, TaskList, TaskRow
from ui.widgets.text import Line, Text
from ui.widgets.threads import Entry, Timeline
from ui.widgets.tiles import Tile
from ui.widgets.toasts import Toast

PEOPLE = (
    ("0145", "Gareth Pugh", "Kettle cut out after a week", "frown", "Upset", "warn", 5),
    (
        "0148",
        "Odalys Fernández-Oyelaran",
        "Wedding order arrived three days late; the gifts missed the day",
        "angry",
        "Furious",
        "danger",
        2,
    ),
    (
        "0149",
        "Bram de Vries",
        "Parcel crushed, two plates broken",
        "annoyed",
        "Annoyed",
        "neutral",
        3,
    ),
)


def _tiles():
    tiles = [
        Tile("Not yet contacted", "hourglass"),
        Tile("Late", "circle-alert"),
        Tile("Due today", "calendar"),
    ]
    tiles[0].show_number(2, "Priya R. waiting 3 h 05 min", "warn")
    tiles[1].show_number(3, "Oldest: 2 days, Gareth P.", "danger")
    tiles[2].show_number(4, "Next at 13:30")
    tiles[1].setChecked(True)
    return row(*((tile, 1) for tile in tiles), gap=12)


def today_sheet():
    tasks = TaskList(name="To do")
    tasks.show_groups(
        [
            TaskGroup(
                "Late",
                "circle-alert",
                [
                    TaskRow(
                        1,
                        "Call: is the replacement kettle working?",
                        "Gareth Pugh",
                        "Kettle cut out after a week",
                        "phone",
                        "01632 960 418",
                        "phone",
                        "Tom Hale",
                        "2 days late",
                        "danger",
                    ),
                    TaskRow(
                        2,
                        "Send the apology letter",
                        "Odalys Fernández-Oyelaran",
                        "Wedding order arrived three days late; the gifts",
                        "mail",
                        "07700 900 263",
                        "phone",
                        "Maya L",
                        "1 day late",
                        "danger",
                    ),
                ],
                "danger",
            ),
            TaskGroup(
                "Today",
                "sun",
                [
                    TaskRow(
                        3,
                        "First call: listen, and say it back",
                        "Priya Raman",
                        "Charged twice for one casserole",
                        "phone",
                        "07700 900 142",
                        "phone",
                        "Maya L",
                        "By 13:30",
                        "warn",
                    ),
                    TaskRow(
                        4,
                        "Post the thank-you gift",
                        "Samuel Okonjo",
                        "",
                        "gift",
                        "01632 960 077",
                        "phone",
                        "A K",
                        "Today",
                    ),
                ],
                "warn",
            ),
        ]
    )
    tasks.select_id(3)
    head = QWidget()
    head.setLayout(
        row(
            (Text("To do", "card"), 1),
            Button("Add reminder", "ghost", icon="plus", size="small"),
            Button("Print checklist", icon="printer", size="small"),
            gap=8,
            margins=(20, 12, 12, 8),
        )
    )
    listed = TableCard(tasks, head=[head, Line("border")])
    start = Card("Start here", icon="sprout", ground="accent", tone="accent")
    wait = ProgressLine("warn")
    wait.show_share(0.77)
    start.add(
        Text("Call Priya Raman", "card"),
        Text("Waiting 3 h 05 min of your 4 h promise", "secondary", "warn", weight=500),
        wait,
        Text(
            "Listen first, and let her finish. Then say the problem "
            "back in your own words until she answers “yes, that is "
            "it”.",
            wrap=True,
        ),
    )
    start.body.addLayout(
        row(Button("07700 900 142", icon="phone"), Button("Open case"), STRETCH, gap=8)
    )
    month = Card("October so far")
    bar = StackBar()
    bar.show_parts([Share(6, "accent", "Won back"), Share(1, "danger", "Lost")], 19)
    month.add(
        bar,
        FactLine("Remedies, cost to you", "£184 of £400"),
        FactLine("Yearly custom kept", "£3,120"),
    )
    side = QWidget()
    side.setFixedWidth(look.px(304))
    side.setLayout(column(start, month, STRETCH, gap=16))
    search = SearchField(name="Search", example="Search or jump to…", key="Ctrl K")
    search.setFixedWidth(288)
    page = row(
        (column(Text("Today", "page"), Text("Wednesday 14 October 2026", "secondary", "text2")), 1),
        search,
        Button("Log an unhappy customer", "primary", icon="plus"),
        gap=12,
    )
    banner = Banner()
    sheet = QWidget()
    main = QWidget()
    main.setLayout(
        column(
            page,
            banner,
            row((column(_tiles(), (listed, 1), gap=16), 1), side, gap=24),
            gap=16,
            margins=(24, 20, 24, 16),
        )
    )
    sheet.setLayout(row((main, 1)))
    banner.show_message(
        "The last backup is 12 days old. Everything is safe, but only on this computer.",
        "Back up now",
    )
    sheet.toast = Toast(main)
    sheet.after = lambda: sheet.toast.announce("Gift posted to Samuel Okonjo", "Undo", lambda: None)
    return sheet


def cases_sheet():
    columns = (
        Column(
            "No.",
            lambda person: tables.text(person[0], faint=True),
            "number",
            lambda person: person[0],
            width=76,
        ),
        Column(
            "Customer and problem",
            lambda person: tables.two_lines(person[1], person[2], avatar=person[1]),
        ),
        Column(
            "How upset",
            lambda person: tables.icon_text(person[4], person[3], tone=person[5], strong=True),
            width=120,
        ),
        Column("Stage", lambda person: tables.pips("Make it right", person[6], 6), width=130),
        Column(
            "Next step",
            lambda _person: tables.two_lines(
                "Call: kettle working?",
                "2 days late",
                icon="circle-alert",
                tone="danger",
                strong=False,
            ),
            width=190,
        ),
        Column(
            "State",
            lambda _person: tables.chip("Won back", tone="accent", icon="circle-check"),
            width=130,
        ),
        Column(
            "Worth a year",
            lambda _person: tables.number("£1,150", strong=True),
            "worth",
            width=130,
            right=True,
        ),
    )
    model = RowsModel(columns)
    table = TableView(model, name="Cases")
    model.setParent(table)
    model.show_rows(PEOPLE, id_of=lambda person: int(person[0]))
    table.show_sorted("worth")
    table.select_id(148)
    card = TableCard(table)
    card.show_foot("12 open cases", "At stake", "£7,515 a year")
    chips = FilterChips([("me", "Needs me"), ("open", "Open"), ("all", "All")], name="Show")
    chips.set_count("open", 12)
    chips.choose("open")
    sheet = QWidget()
    sheet.setLayout(
        column(
            Text("Cases", "page"),
            row(
                (chips, 1),
                Button("How upset", trail="chevron-down", size="small"),
                Segmented([("a", "This month"), ("b", "3 months")], name="Period"),
                gap=12,
            ),
            (card, 1),
            gap=16,
            margins=(24, 20, 24, 16),
        )
    )
    return sheet


def case_sheet():
    stops = [
        StageStop("Listen", "8 Oct", "done"),
        StageStop("Own it", "9 Oct", "done"),
        StageStop("Make it right", "now", "now"),
        StageStop("Fix the cause", "by 16 Oct"),
        StageStop("Follow up", "29 Oct"),
        StageStop("Done"),
    ]
    strip = Card()
    strip.add(StageTrack(stops))
    what = FoldCard(
        "What happened", icon="circle-check", meta="Eleanor agreed this is right, 8 Oct"
    )
    what.set_state("circle-check", "accent")
    closed = Text(
        "“It leaked all over the counter the second time I used "
        "it. Then I took a morning off for a repair that never "
        "came, and nobody rang.”",
        "words",
        wrap=True,
    )
    what.set_closed_body(closed)
    right = FoldCard("Making it right", icon="circle-dot", meta="In hand since 12 Oct")
    right.add(
        Timeline(
            [
                Entry(
                    "message-circle",
                    "Eleanor asked for",
                    "Mon 12 Oct, phone",
                    "A new machine, and the delivery fee back.",
                ),
                Entry(
                    "reply",
                    "We offered",
                    "Mon 12 Oct",
                    "Repair within three days and a £20 gift card. She "
                    "would not trust a repaired one.",
                ),
                Entry(
                    "handshake",
                    "Agreed",
                    "Tue 13 Oct, in the shop",
                    "New machine brought Thursday and set up, delivery fee "
                    "refunded, £25 gift card.",
                    highlighted=True,
                ),
            ]
        )
    )
    right.set_open(is_open=True)
    rest = Accordion(
        FoldCard(
            "Why it happened",
            icon="circle",
            summary="Her idea: “ring me the evening before”. Team talk due Fri 16 Oct.",
        ),
        FoldCard(
            "Conversation",
            icon="messages-square",
            summary="7 contacts, the last yesterday 17:10 by phone",
        ),
    )
    plan = Card("The plan", "4 of 12 done")
    steps = PlanList()
    steps.show_steps(
        [
            PlanStep(1, "Listen, and say it back", "8 Oct", "done"),
            PlanStep(2, "Agree the remedy", "13 Oct", "done"),
            PlanStep(
                3,
                "Keep Eleanor updated",
                "Today 16:00",
                "now",
                coach="Ring even if there is no news. “The van is booked, Tom "
                "comes at nine” is enough.",
            ),
            PlanStep(4, "Put it right, fast", "Tomorrow"),
            PlanStep(5, "Thank-you gift", "Jan 2027"),
        ]
    )
    plan.add(steps)
    chance = Card()
    chance.body.addLayout(
        row(
            Ring(5),
            (
                column(
                    Text("Second chance", "card"),
                    Text(
                        "5 good experiences since. About twelve make up for one bad one.",
                        "secondary",
                        "text2",
                        wrap=True,
                    ),
                ),
                1,
            ),
            gap=16,
        )
    )
    side = QWidget()
    side.setFixedWidth(320)
    side.setLayout(column(plan, chance, STRETCH, gap=16))
    head = row(
        Avatar("Eleanor Whitcombe-Ashworth", 46),
        column(
            row(
                Text("Eleanor Whitcombe-Ashworth", "page"),
                Chip("Furious", "danger", "angry"),
                Chip("£640 a year"),
                STRETCH,
                gap=8,
            ),
            Text("07700 900 355", "secondary", "text2", selectable=True),
        ),
        STRETCH,
        Button("Write letter", icon="file-text"),
        Button("Log contact", "primary", icon="phone"),
        IconButton("ellipsis", "More"),
        gap=12,
    )
    left = QWidget()
    left.setLayout(column(what, right, rest, STRETCH, gap=16))
    sheet = QWidget()
    inner = QWidget()
    inner.setLayout(row((left, 1), side, gap=24))
    sheet.setLayout(column(head, strip, (ScrollArea(inner), 1), gap=14, margins=(24, 16, 24, 8)))
    return sheet


def forms_sheet():
    who = PickList(example="Name, phone or e-mail")
    who.show_pick(Pick(1, "Marguerite Delacroix-Smythe", "07700 900 518 · customer since 2021"))
    wrong = LabelledField("Worth a year", MoneyField("£", "86o"), "a guess will do")
    wrong.show_error("That isn't an amount. Write it like 860.00.")
    upset = ChoiceCards(
        [
            ("a", "Annoyed", "Will come back", "annoyed"),
            ("b", "Upset", "Might not come back", "frown"),
            ("c", "Furious", "Leaving, or telling others", "angry"),
        ],
        name="How upset are they?",
        tokens=("text2", "warn", "danger"),
    )
    upset.choose("c")
    ticked, off, faded = (
        CheckBox("Gift card, £25"),
        CheckBox("Comment card"),
        Button("Not now", "primary"),
    )
    ticked.setChecked(True)
    faded.setEnabled(False)
    closed = TextField("Can't be changed")
    closed.setEnabled(False)
    more = Button("More")
    more.set_menu(menu_of(more))
    sheet = QWidget()
    sheet.setLayout(
        column(
            LabelledField("&Who is it?", who),
            LabelledField(
                "What happened?",
                TextArea(
                    "Card was charged twice for one casserole dish on "
                    "Saturday, £48 each. Rang on Monday, was told the "
                    "refund was on its way.",
                    lines=4,
                ),
                "in their own words",
            ),
            row(
                (
                    LabelledField(
                        "Paper",
                        Select([("a4", "A4"), ("letter", "US Letter")], name="Paper", icon="globe"),
                    ),
                    1,
                ),
                (wrong, 1),
                (
                    LabelledField(
                        "When", DayField(date(2026, 10, 14), write=lambda day: f"{day:%d %b %Y}")
                    ),
                    1,
                ),
                (LabelledField("Fixed", closed), 1),
                gap=16,
            ),
            LabelledField("How upset are they?", upset),
            row(
                ticked,
                off,
                Pips(3),
                faded,
                Button("Tonal", "tonal"),
                Button("Erase", "danger", icon="trash-2"),
                more,
                Button("See why", "link", trail="arrow-up-right"),
                STRETCH,
                gap=12,
            ),
            Text("Dear Eleanor, I am sorry.", "paper"),
            STRETCH,
            gap=16,
            margins=(24, 20, 24, 16),
        )
    )
    return sheet


def empty_sheet():
    return EmptyState(
        "No unhappy customers yet",
        "When somebody tells you something went wrong, write it "
        "down here. It takes half a minute, and the plan for "
        "winning them back starts by itself.",
        primary=Button(
            "Log an unhappy customer", "primary", icon="plus", key="Ctrl N", size="large"
        ),
        secondary=Button("Import a spreadsheet", icon="file-spreadsheet", size="large"),
        link=Button("Look at a sample case first", "link", icon="eye"),
        foot="A rule of thumb: for each customer who tells you, about 26 leave without a word.",
    )


def paper_sheet():
    preview = PdfPreview(name="Letter", note="exactly as it prints")
    preview.show_pdf(blank_pdf(), at_once=True)
    return preview


def dialog_sheet():
    behind = today_sheet()
    dialog = Dialog(
        behind, "Log an unhappy customer", save="Save and start the plan", width=900, side=280
    )
    upset = ChoiceCards(
        [
            ("a", "Annoyed", "Will come back", "annoyed"),
            ("b", "Upset", "Might not come back", "frown"),
        ],
        name="How upset",
    )
    upset.choose("b")
    dialog.add(
        LabelledField("What happened?", TextArea(lines=5), "in their own words"),
        LabelledField("How upset are they?", upset),
    )
    dialog.add_to_side(
        Text("Have we seen this before?", "strong"),
        Card("Likely the same fault", icon="rotate-ccw", ground="danger", tone="danger"),
    )
    dialog.set_note("Promise: first contact by 16:35, four hours from now", "clock")
    behind.after = dialog.open
    behind.dialog = dialog
    return behind


SHEETS = {
    "today": today_sheet,
    "cases": cases_sheet,
    "case": case_sheet,
    "forms": forms_sheet,
    "empty": empty_sheet,
    "paper": paper_sheet,
    "dialog": dialog_sheet,
}


def blank_pdf(pages=1):
    import pypdfium2  # noqa: PLC0415 - as the program does

    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def picture_of(app, name, size=(1366, 768)):
    """Return a sheet shown at a size, its picture, and its dialog's."""
    sheet = SHEETS[name]()
    sheet.resize(*size)
    sheet.show()
    if hasattr(sheet, "after"):
        sheet.after()
    app.processEvents()
    app.processEvents()
    dialog = getattr(sheet, "dialog", None)
    return sheet, sheet.grab(), dialog.grab() if dialog else None


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    look.apply(app, "light")
    for mode in ("light", "dark"):
        look.apply_mode(mode)
        for name in SHEETS:
            sheet, picture, over = picture_of(app, name)
            picture.save(str(folder / f"{name}-{mode}.png"))
            if over is not None:
                over.save(str(folder / f"{name}-over-{mode}.png"))
            sheet.close()
