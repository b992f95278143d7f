"""Names are taken out of typed words, whatever their case, accents and script."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverydesk.services import people
from recoverydesk.services.nameless import Nameless, _without


@pytest.mark.parametrize(
    ("name", "words", "left"),
    [
        ("Tom Hale", "tom hale was late", "somebody was late"),
        ("Tom Hale", "Hale\u2019s list, TOM!", "somebody\u2019s list, somebody!"),
        ("Tom Hale", "Toms list; tomorrow", "somebody\u2019s list; tomorrow"),
        ("Will Art", "It will be art", "It will be art"),
        ("Will Art", "Use Will's list", "Use somebody\u2019s list"),
        ("Zoë Ünal", "Zoe and UNAL", "somebody and somebody"),
        ("Jo Li", "Jo packs, li ion", "somebody packs, li ion"),
        ("Kim", "kim forgot", "somebody forgot"),
        ("李小龙", "问李小龙好", "问somebody好"),
        ("דנה כהן", "לשאול את דנה", "לשאול את somebody"),
        ("Anna  Maria", "anna maria", "somebody"),
        ("Straße", "STRASSE", "somebody"),
    ],
)
def test_names_are_taken_out(name, words, left):
    assert _without(words, name, "somebody") == left


def test_staff_are_somebody_and_customers_a_customer(shop):
    people.add_staff(shop.desk, "Tom Hale")
    clean = Nameless(shop.desk)
    said = clean("Tom rang Ada Obi for Mia Ray", customers=["Ada Obi"])
    assert said == "somebody rang a customer for somebody"


@settings(max_examples=80, deadline=None)
@given(
    before=st.text(max_size=20), after=st.text(max_size=20),
    name=st.sampled_from(["Tom Hale", "Zoë", "李小龙", "Ünal Öz"]),
)  # fmt: skip
def test_a_name_between_any_words_is_gone(before, after, name):
    assert name not in _without(f"{before} {name} {after}", name, "x")
