"""A shop's day in deeds, each of them one save."""

from recoverydesk.services import contacts, vouchers
from recoverydesk.services.contacts import ContactEntry


def deeds(shop):
    """Yield one thing to do after the other, without end; each call of one saves once."""
    number = 0
    while True:
        number += 1
        yield from _with_one_customer(shop, number)


def _with_one_customer(shop, number):
    made = {}

    def log():
        words = f"The kettle number {number} leaks, and nobody rang back. " * 20
        made["case"] = shop.case(name=f"Ada Obi {number}", words=words)

    def ring():
        entry = ContactEntry(words="So sorry; she will bring it in.")
        contacts.log(shop.desk, made["case"], entry, now=shop.later(minutes=3))

    def give():
        made["code"] = shop.voucher(case_id=made["case"], value_cents=2500).code

    def redeem():
        vouchers.redeem(shop.desk, made["code"], now=shop.later(minutes=1), amount_cents=1000)

    return log, ring, give, redeem
