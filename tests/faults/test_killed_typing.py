"""Killed in the middle of a word, a form loses two seconds of typing at most, and nothing saved."""

import random
import subprocess
import sys
import time

import pytest

from recoverydesk.services import form_drafts
from tests.faults.typist import FORMS

MOST_LOST = 2.0
"""Seconds."""


def killed_while_typing(shop, form, after):
    """Let somebody type, kill the program, and return the keys with their moments, and the kill."""
    command = [sys.executable, "-m", "tests.faults.typist", str(shop.desk.path), form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as typist:
        first = typist.stdout.readline()
        deadline = float(first.split()[0]) + after
        keys = [first]
        while time.monotonic() < deadline:
            keys.append(typist.stdout.readline())
        typist.kill()
        killed_at = time.monotonic()
        keys += typist.stdout.readlines()
    told = [line.split() for line in keys if line.endswith("\n")]
    return [(float(at), int(count)) for at, count in told], killed_at


def under(shop, about, case_id):
    """Return what the typing of a form is kept under."""
    if about == "case":
        return form_drafts.about_case(shop.desk, case_id)
    return about and form_drafts.about_customer(shop.desk, shop.view(case_id).customer_id)


def check(shop, form, case_id, after):
    saved = shop.view(case_id)
    shop.desk.close()
    keys, killed_at = killed_while_typing(shop, form, after)
    found = form_drafts.kept(shop.desk, form, under(shop, FORMS[form][1], case_id))
    assert found is not None
    longest = max(text.count("x") for text in found.fields.values())
    sure = max(count for at, count in keys if at <= killed_at - MOST_LOST)
    assert longest >= sure
    assert shop.view(case_id) == saved
    assert shop.desk.check() == []


@pytest.mark.fault
@pytest.mark.parametrize("form", sorted(FORMS))
def test_two_seconds_of_typing_are_lost_at_most(shop, form):
    check(shop, form, shop.case(), after=2.6)


@pytest.mark.fault
@pytest.mark.soak
@pytest.mark.timeout(400)
@pytest.mark.parametrize("form", sorted(FORMS))
def test_twenty_kills_of_each_form_lose_two_seconds_at_most(shop, form):
    chance, case_id = random.Random(form), shop.case()
    for _ in range(20):
        check(shop, form, case_id, after=2.2 + 2 * chance.random())
