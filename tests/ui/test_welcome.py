"""First start: everything can be skipped, and what can't be taken says so."""

import pytest

from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import shop as services_shop
from recoverydesk.storage.desk import Desk
from tests.conftest import NOW
from ui.pages.welcome import WelcomePage
from ui.session import Session
from ui.widgets.fields import LabelledField


@pytest.fixture
def fresh(tmp_path):
    desk = Desk(tmp_path / "new.desk", clock=lambda: NOW)
    yield desk
    desk.close()


@pytest.fixture
def welcome(fresh, shown):
    session = Session(fresh, clock=lambda: NOW)
    page = WelcomePage(session)
    page.told = []
    page.done.connect(page.told.append)
    yield shown(page, 1200, 800)
    session.changes.stop()


def test_skipping_opens_a_shop_of_ones_own(fresh, welcome):
    welcome.skip_button.click()
    assert welcome.told == [False]
    assert services_shop.view(fresh).name == "My shop"


def test_what_is_typed_is_on_the_paper(fresh, welcome):
    welcome.name.setText("Lamps & More")
    welcome.owner.setText("Mia Ray")
    welcome.begin.choose("empty")
    welcome.open_button.click()
    view = services_shop.view(fresh)
    assert welcome.told == [False]
    assert (view.name, view.owner, view.practice) == ("Lamps & More", "Mia Ray", False)


def test_beginning_with_the_practice_shop_is_told(fresh, welcome):
    welcome.name.setText("Lamps")
    welcome.begin.choose("practice")
    welcome.open_button.click()
    assert welcome.told == [True]
    assert services_shop.is_set_up(fresh)


def test_a_pdf_is_no_logo_and_stops_nothing(fresh, welcome, tmp_path):
    paper = tmp_path / "logo.pdf"
    paper.write_bytes(b"%PDF-1.7\n")
    welcome.name.setText("Lamps")
    welcome.logo.take_file(paper)
    field = next(one for one in welcome.findChildren(LabelledField) if one.input is welcome.logo)
    assert field.error()
    assert welcome.logo.content() is None
    welcome.open_button.click()
    assert services_shop.view(fresh).logo_hash is None


def test_a_shop_without_a_name_is_asked_for_one(fresh, welcome):
    welcome.open_button.click()
    field = next(one for one in welcome.findChildren(LabelledField) if one.input is welcome.name)
    assert field.error().startswith("What is your shop called?")
    assert welcome.told == []
    assert not services_shop.is_set_up(fresh)


def test_a_refused_logo_is_said_beside_its_field(welcome):
    welcome.logo.refused.emit(InvalidEntryError("logo", "That is no picture."))
    field = next(one for one in welcome.findChildren(LabelledField) if one.input is welcome.logo)
    assert field.error() == "That is no picture."
