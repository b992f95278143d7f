"""A customer's address, in the order and manner of its country."""

from recoverydesk.domain.address import Address, address_lines, language_of
from recoverydesk.services.shop import country_of
from recoverydesk.storage.tables import Customer, Shop


def of_customer(customer: Customer) -> tuple[str, ...]:
    """Return the lines of an address window or a label; call inside `reading()`.

    The country is printed only where the letter leaves the shop's own.
    """
    country, locale = Shop.select(Shop.country, Shop.locale).tuples().first() or ("", "")
    home = country or country_of(locale)
    speaks = locale.replace("-", "_").partition("_")[0]
    language = language_of(home, speaks) if customer.country.strip() else speaks
    address = Address(
        customer.name, customer.address, customer.postcode, customer.town, customer.country
    )
    return address_lines(address, home=home, language=language)


def is_known(customer: Customer) -> bool:
    """Say whether a letter could arrive; a big receiver's postcode needs no street."""
    return bool(customer.address.strip() or (customer.postcode.strip() and customer.town.strip()))
