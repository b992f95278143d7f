import pytest

from recoverydesk.errors import InvalidEntryError, NotAllowedError
from ui.forms import Form


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
