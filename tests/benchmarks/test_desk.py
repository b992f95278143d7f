"""What the owner waits for, without the window: saving, lists, search, papers."""

from dataclasses import replace
from datetime import timedelta
from itertools import count as counting

import pytest

from recoverydesk.documents.follow_up_checklist import Checklist, ChecklistLine, draw
from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.domain.figure import Figure, FigureKind
from recoverydesk.domain.span import months
from recoverydesk.progress import Progress
from recoverydesk.services import (
    agendas,
    batches,
    case_files,
    case_lists,
    case_pages,
    contacts,
    customer_lists,
    customers,
    duplicates,
    follow_ups,
    insights,
    intake,
    ladders,
    letters,
    sales_files,
    sales_imports,
    sales_plans,
    search,
    seen_before,
    till,
    voucher_register,
    vouchers,
)
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.intake import Intake
from recoverydesk.services.others_like_this import others_like_this
from recoverydesk.services.vouchers import VoucherEntryForm
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, Sale, Voucher
from tests.benchmarks import desks
from tests.benchmarks.clock import NOW
from tests.benchmarks.desks import SIZES

at_every_size = pytest.mark.parametrize("ground", SIZES, indirect=True)


# -- saving --------------------------------------------------------------------------------------


def test_a_new_case_with_its_plan(ground, measure):
    numbers = counting()

    def save():
        customer = CustomerEntry(name=f"New Customer {next(numbers)}", phone="07700 900123")
        return intake.log(ground.desk, Intake(customer, "The kettle leaks."), now=NOW)

    saved = measure("save a new case", 30, save, p95=True)

    assert saved.new_customer


def test_a_follow_up_is_done(ground, measure):
    agenda = agendas.agenda(ground.desk, now=NOW)
    waiting = iter([*agenda.late, *agenda.today, *agenda.ahead])

    def prepare():
        return (next(waiting).follow_up_id,), {}

    def complete(follow_up_id):
        follow_ups.complete(ground.desk, follow_up_id, now=NOW, not_agreed_why="In a hurry")
        return follow_up_id

    done = measure("complete a follow-up", 30, complete, prepare=prepare, p95=True)

    again = agendas.agenda(ground.desk, now=NOW)
    assert done not in {row.follow_up_id for row in (*again.late, *again.today, *again.ahead)}


def test_a_voucher_is_redeemed(ground, measure):
    customer_id = customers.add(ground.desk, CustomerEntry(name="Ada Obi"), now=NOW)

    def prepare():
        form = VoucherEntryForm(value_cents=2_500)
        issued = vouchers.issue(ground.desk, form, customer_id=customer_id, now=NOW)
        return (issued.code,), {}

    def redeem(code):
        return vouchers.redeem(ground.desk, code, now=NOW, amount_cents=1_000)

    assert measure("redeem", 30, redeem, prepare=prepare, p95=True).left_cents == 1_500


def test_the_last_change_is_taken_back(ground, measure):
    def prepare():
        intake.log(ground.desk, Intake(CustomerEntry(name="Ada Obi"), "It leaks."), now=NOW)

    assert measure("undo a new case", 30, ground.desk.undo, prepare=prepare, p95=True)


# -- reading -------------------------------------------------------------------------------------


@at_every_size
def test_what_is_due_is_read(ground, measure):
    agenda = measure("read what is due", 50, lambda: agendas.agenda(ground.desk, now=NOW))

    assert agenda.ahead or agenda.late


@at_every_size
def test_the_first_lines_of_the_open_cases(ground, measure):
    def read():
        found = case_lists.ids(ground.desk, CaseFilter("open"), now=NOW, most=200)
        return case_lists.rows(ground.desk, found)

    assert measure("first rows of the open cases", 100, read)


@at_every_size
def test_the_first_lines_of_all_cases(ground, measure):
    def read():
        found = case_lists.ids(ground.desk, CaseFilter("all"), now=NOW, most=200)
        return case_lists.rows(ground.desk, found)

    assert measure("first rows of all cases", 150, read)


@at_every_size
def test_the_counts_over_the_cases_list(ground, measure):
    totals = measure("counts over the list", 50, lambda: case_lists.totals(ground.desk, now=NOW))

    assert totals.counts["all"]


@at_every_size
def test_the_first_lines_of_the_customers(ground, measure):
    def read():
        found = customer_lists.ids(ground.desk, most=200)
        return customer_lists.rows(ground.desk, found)

    assert measure("first rows of the customers", 150, read)


def test_a_case_is_read(ground, measure):
    (case_id,) = case_lists.ids(ground.desk, CaseFilter("all"), now=NOW, most=1)

    seen = measure("read a case", 50, lambda: case_pages.view(ground.desk, case_id))

    assert seen.plan


def test_the_register_is_read(ground, measure):
    customer_id = customers.add(ground.desk, CustomerEntry(name="Ada Obi"), now=NOW)
    form = VoucherEntryForm(value_cents=2_500)
    for _ in range(ground.rounds):
        vouchers.issue(ground.desk, form, customer_id=customer_id, now=NOW)

    def read():
        found = voucher_register.ids(ground.desk, now=NOW, which="open")
        voucher_register.totals(ground.desk, now=NOW)
        return voucher_register.rows(ground.desk, found[:200], now=NOW)

    assert len(measure("read the register", 50, read)) >= ground.rounds


@at_every_size
def test_the_month_so_far(ground, measure):
    assert measure(
        "the month so far", 150, lambda: insights.month_so_far(ground.desk, now=NOW)
    ).open


@at_every_size
def test_twelve_months_of_learn(ground, measure):
    span = months(12, NOW.date())
    limit, slow = (1_000, True) if ground.cases > desks.USUAL else (150, False)

    found = measure(
        "Learn, 12 months", limit, lambda: insights.read(ground.desk, span, now=NOW), slow=slow
    )

    assert found.cases == sum(point.cases for point in found.months) > 0


def test_the_cases_behind_a_bar_of_learn(ground, measure):
    span = months(12, NOW.date())
    figure = Figure(FigureKind.CAME_BACK)

    measure(
        "the cases behind a bar",
        100,
        lambda: insights.cases_behind(ground.desk, figure, span, now=NOW),
    )


@at_every_size
@pytest.mark.parametrize("typed", ["be", "Adalbert", "charged", "4711"])
def test_a_keystroke_in_the_search(ground, measure, typed):
    limit = 100 if ground.cases > 10_000 else 50

    found = measure(f"search for “{typed}”", limit, lambda: search.find(ground.desk, typed))

    assert len(found) <= 12


@at_every_size
@pytest.mark.parametrize(
    "words",
    ["The repair did not hold", "I waited an hour although I had an appointment, and then nobody"],
)
def test_a_keystroke_while_it_is_told(ground, measure, words):
    limit = 100 if ground.cases > 10_000 else 50

    seen = measure(
        f"seen before “{words[:20]}…”",
        limit,
        lambda: seen_before.seen_before(ground.desk, words, now=NOW),
    )

    assert seen.similar


@at_every_size
@pytest.mark.parametrize("typed", ["Adalbert Berg", "Ada Obi"])
def test_who_may_be_the_same_person(ground, measure, typed):
    entry = CustomerEntry(typed, phone="07700 123456", email="a@example.org", postcode="AB1 2CD")

    found = measure(
        f"duplicates of “{typed}”", 20, lambda: duplicates.duplicates(ground.desk, entry)
    )

    assert len(found) <= 4


@at_every_size
@pytest.mark.parametrize("typed", ["be", "Ada Obi", "07700 123456"])
def test_a_keystroke_for_a_customer(ground, measure, typed):
    limit = 100 if ground.cases > 10_000 else 50

    found = measure(
        f"customers like “{typed}”", limit, lambda: customer_lists.alike(ground.desk, typed)
    )

    assert len(found) <= 8


@at_every_size
@pytest.mark.parametrize("typed", ["braun", "4711", "anna schmidt"])
def test_a_look_at_the_till(ground, measure, typed):
    """Row D9: typed or scanned, and all that is due to whoever it is."""

    def look():
        found = till.look(ground.desk, typed, now=NOW)
        return [till.due(ground.desk, one.customer_id, now=NOW) for one in found.people[:1]]

    measure(f"at the till “{typed}”", 50, look)


def test_a_code_is_scanned_at_the_till(ground, measure):
    with ground.desk.reading():
        code = Voucher.select(Voucher.code).order_by(Voucher.id).limit(1).scalar()

    def look():
        found = till.look(ground.desk, code, now=NOW)
        return till.due(ground.desk, found.voucher.customer_id, now=NOW)

    assert measure("scan a code at the till", 50, look).name


def an_open_case(ground):
    with ground.desk.reading():
        return Case.select(Case.id).where(Case.status == "open").order_by(Case.id).scalar()


def test_what_is_fitting_for_a_case(ground, measure):
    case_id = an_open_case(ground)
    measure("three proposals", 50, lambda: ladders.proposals(ground.desk, case_id, now=NOW))


def test_what_others_like_this_got(ground, measure):
    case_id = an_open_case(ground)
    measure("others like this", 50, lambda: others_like_this(ground.desk, case_id))


@at_every_size
def test_a_desk_is_opened(ground, measure):
    path = ground.desk.path
    ground.desk.close()

    def reopen():
        Desk(path).close()

    measure("open and close the desk", 100, reopen)

    assert path.exists()


# -- papers --------------------------------------------------------------------------------------


def test_the_preview_of_a_letter_follows_each_keystroke(ground, measure):
    (case_id,) = case_lists.ids(ground.desk, CaseFilter("all"), now=NOW, most=1)
    draft = letters.compose(ground.desk, case_id, now=NOW)
    typed = counting()

    def preview():
        words = f"{draft.body}\n\nOne more line, typed {next(typed)} times."
        return letters.draw(ground.desk, replace(draft, body=words))

    assert measure("preview of a letter", 100, preview).startswith(b"%PDF")


def test_a_checklist_of_five_thousand_lines(ground, measure):
    count = 5_000 if ground.rounds > 1 else 50
    shop = Letterhead("Harbour & Hearth")
    lines = tuple(
        ChecklistLine(
            nth, f"Ring about order {nth}", f"Customer {nth}", "It leaked.", "07700 900123"
        )
        for nth in range(1, count + 1)
    )
    checklist = Checklist(shop, "Follow-ups", "Monday", groups=(("Late", True, lines),))

    made = measure("a checklist of 5,000 lines", 5_000, lambda: draw(checklist), slow=True)

    assert made.startswith(b"%PDF")
    assert ground.desk.path.exists()


def test_the_file_of_a_case_with_two_hundred_contacts(ground, measure):
    (case_id,) = case_lists.ids(ground.desk, CaseFilter("all"), now=NOW, most=1)
    for _nth in range(200):
        contacts.log(ground.desk, case_id, ContactEntry(words="We spoke about it."), now=NOW)

    made = measure(
        "the file of a case with 200 contacts",
        2_000,
        lambda: case_files.paper(ground.desk, case_id, now=NOW),
        slow=True,
    )

    assert made.pages > 3


def test_a_hundred_letters_in_a_batch(ground, measure):
    ids = case_lists.ids(ground.desk, CaseFilter("all"), now=NOW, most=100)

    def write():
        batch = batches.prepare(
            ground.desk, ids, template="apology", now=NOW, progress=Progress(), again=True
        )
        return batches.one_pdf(ground.desk, batch, now=NOW, progress=Progress())

    made = measure("100 letters from their cases, twice drawn", 10_000, write, slow=True)

    assert made.pages >= len(ids)


# -- the till's file -----------------------------------------------------------------------------


def test_a_hundred_thousand_lines_of_the_till(ground, measure, tmp_path):
    path = tmp_path / "till.csv"
    with ground.desk.reading():
        names = [one for (one,) in Customer.select(Customer.name).distinct().tuples()]
    first = NOW.date() - timedelta(days=400)
    lines = 100_000 if ground.rounds > 1 else 100
    with path.open("w", encoding="utf-8") as till:
        till.write("Date;Total;Name\n")
        for at in range(lines):
            day, who = first + timedelta(days=at % 400), names[at * 7 % len(names)]
            till.write(f"{day.isoformat()};{at % 9000 / 100:.2f};{who}\n")

    def take():
        file = sales_files.read(path)
        columns = sales_plans.columns_for(ground.desk, file)
        plan = sales_plans.plan(ground.desk, file, columns, now=NOW, names=True)
        return sales_imports.take(ground.desk, plan, now=NOW)

    def without():
        if ground.desk.last_undoable() is not None:
            ground.desk.undo()

    measure("take in 100,000 sales", 20_000, take, prepare=without, slow=True)

    with ground.desk.reading():
        assert Sale.select().count()
