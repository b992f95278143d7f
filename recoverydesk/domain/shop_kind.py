"""The kinds of shop."""

from enum import StrEnum


class ShopKind(StrEnum):
    """The kinds of shop there are presets for. The values are stored: never change one."""

    CAFE = "cafe"
    SHOP = "shop"
    WEBSHOP = "webshop"
    SALON = "salon"
    GARAGE = "garage"
