from functools import partial

import pytest

from recoverydesk.errors import InvalidEntryError, NotAllowedError
from ui.forms import Form
from ui.widgets.chips import FilterChip
from ui.widgets.choices import Select
from ui.widgets.fields import LabelledField, TextArea, TextField
from ui.widgets.layouts import boxed, row


class Field:
    def __init__(self):
        self.error, self.focused = "", False

    def show_error(self, sentence):
        self.error = sentence

    def clear_error(self):
        self.error = ""

    def focus_input(self):
        self.focused = True


@pytest.fixture
def fields():
    return {"name": Field(), "worth": Field()}


def refuse(field, message="No.", **how):
    raise InvalidEntryError(field, message, **how)


def test_every_trouble_is_shown_and_the_cursor_goes_to_the_first(fields):
    form = Form(fields)
    form.start()
    name = form.take("name", lambda: refuse("name", "Who is it?"), "")
    worth = form.take("worth", lambda: refuse("other", "No amount.", advice="Write 8.60."), 0)

    assert not form.ok()
    assert (name, worth) == ("", 0)
    assert fields["name"].error == "Who is it?"
    assert fields["worth"].error == "No amount. Write 8.60."
    assert (fields["name"].focused, fields["worth"].focused) == (True, False)


def test_starting_again_takes_the_marks_away(fields):
    form = Form(fields)
    form.take("name", lambda: refuse("name"), None)
    form.start()
    assert form.take("name", lambda: "Ada", "") == "Ada"
    assert form.ok()
    assert fields["name"].error == ""


def test_a_services_refusal_ends_the_block_beside_its_field(fields):
    done = []
    with Form(fields).pointing_out():
        refuse("worth", "Too much.")
        done.append("closed")
    assert done == []
    assert (fields["worth"].error, fields["worth"].focused) == ("Too much.", True)


def test_a_refusal_about_another_field_goes_on(fields):
    with pytest.raises(InvalidEntryError), Form(fields).pointing_out():
        refuse("code")


def test_another_error_goes_on(fields):
    error = NotAllowedError("Not now.")
    with pytest.raises(NotAllowedError), Form(fields).pointing_out():
        raise error


@pytest.mark.parametrize(
    "area", [TextField, TextArea, lambda: Select([("a", "A"), ("b", "B")], name="")]
)
def test_an_error_goes_as_soon_as_its_field_is_mended(qtbot, area):
    field, other = LabelledField("Words", area()), LabelledField("Name", TextField())
    qtbot.addWidget(field)
    qtbot.addWidget(other)
    form = Form({"words": field, "name": other})
    for name in ("words", "name"):
        form.take(name, partial(refuse, name), "")
    assert (field.error(), other.error()) == ("No.", "No.")
    change(field.input)
    assert (field.error(), other.error()) == ("", "No.")
    form.take("words", partial(refuse, "words"), "")
    assert field.error() == "No."


def change(field):
    match field:
        case TextField():
            field.setText("It leaked.")
        case TextArea():
            field.set_text("It leaked.")
        case Select():
            field.setCurrentIndex(1)


def test_an_error_beside_a_field_with_a_switch_goes_with_the_switch(qtbot):
    silent = FilterChip("They did not say")
    field = LabelledField("Asked", boxed(row(TextField(), silent)))
    qtbot.addWidget(field)
    Form({"asked": field}).take("asked", lambda: refuse("asked"), "")
    assert field.error()
    silent.setChecked(True)
    assert not field.error()
