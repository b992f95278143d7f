"""A fresh desk and a home of its own for every test."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.places import DESK_ENV
from recoverydesk.services import (
    case_pages,
    cases,
    customers,
    intake,
    negotiations,
    people,
    remedies,
    shop_setup,
    vouchers,
)
from recoverydesk.services import shop as services_shop
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.intake import Intake
from recoverydesk.services.plan_steps import PlanStepView
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.shop_setup import ShopSetup
from recoverydesk.services.voucher_views import VoucherView
from recoverydesk.services.vouchers import VoucherEntryForm
from recoverydesk.storage.desk import Desk

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
"""A Monday morning."""


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the real desk and settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.delenv(DESK_ENV, raising=False)
    for name in (
        "HOME",
        "USERPROFILE",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "LOCALAPPDATA",
        "APPDATA",
    ):
        monkeypatch.setenv(name, str(home))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "shop.desk", clock=lambda: NOW)
    yield desk
    desk.close()


class Shop:
    """A shop's desk with quick ways to what a test is about; `now` stands still until told."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now = NOW

    def later(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now

    def case(
        self, *, name="Ada Obi", words="The kettle leaks.", phone="", email="", worth="", **entry
    ) -> int:
        customer = CustomerEntry(name=name, phone=phone, email=email, worth=worth)
        return intake.log(self.desk, Intake(customer, words, **entry), now=self.now).case_id

    def settled_case(self, **entry) -> int:
        """A case that has been led to "resolved"."""
        case_id = self.case(**entry)
        cases.apologise(self.desk, case_id, now=self.now, not_agreed_why="in a hurry")
        self.agreed(case_id)
        self.hand_over(case_id)
        cases.resolve(self.desk, case_id, now=self.now)
        return case_id

    def agreed(self, case_id, *, kind=RemedyKind.REFUND, words="The money back", **entry) -> int:
        remedy = RemedyEntry(kind=kind, words=words, **entry)
        return negotiations.agree(self.desk, case_id, "That is fine.", [remedy], now=self.now)[0]

    def hand_over(self, case_id) -> None:
        for remedy in self.view(case_id).remedies:
            if remedy.handed_over_at is None:
                remedies.hand_over(self.desk, remedy.remedy_id, now=self.now)

    def voucher(self, *, value_cents=2500, case_id=None, remedy_id=None, **form) -> VoucherView:
        form = VoucherEntryForm(value_cents=value_cents, **form)
        whose = {"case_id": case_id} if case_id else {"customer_id": self.customer()}
        return vouchers.issue(self.desk, form, now=self.now, remedy_id=remedy_id, **whose)

    def customer(self, name="Ada Obi", **entry) -> int:
        return customers.add(self.desk, CustomerEntry(name=name, **entry), now=self.now)

    def view(self, case_id) -> CaseView:
        return case_pages.view(self.desk, case_id)

    def step(self, case_id, title="") -> PlanStepView:
        """The step still to do whose title begins so; the next one if none is named."""
        return next(
            step
            for step in self.view(case_id).plan
            if step.status is FollowUpStatus.PLANNED
            and (step.title.startswith(title) if title else step.current)
        )

    def is_open_on(self, day: date) -> bool:
        return services_shop.view(self.desk).hours.is_open_on(day)


@pytest.fixture(scope="session")
def shop_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed desk of a shop in London that is open from Monday to Saturday, 9:00 to 17:30."""
    path = tmp_path_factory.mktemp("shop") / "template.desk"
    desk = Desk(path, clock=lambda: NOW)
    setup = ShopSetup(
        name="Corner Shop",
        locale="en_GB",
        currency="GBP",
        time_zone="Europe/London",
        owner="Mia Ray",
    )
    shop_setup.set_up(desk, setup, now=NOW)
    desk.close()
    return path


@pytest.fixture
def shop(shop_file: Path, tmp_path: Path) -> Iterator[Shop]:
    desk = Desk(Path(shutil.copy(shop_file, tmp_path / "corner.desk")), clock=lambda: NOW)
    people.sign_in_owner(desk)
    yield Shop(desk)
    desk.close()
