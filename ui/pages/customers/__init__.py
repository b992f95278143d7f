"""Customers: who they are, what they like, what happened to them."""

from ui.pages.customers.page import CustomersPage

__all__ = ["CustomersPage"]
