"""The languages that letters and certificates are written in."""

LANGUAGES = ("en", "de", "fr", "es", "nl")
"""As tags; the first is taken where nothing better is known."""

LANGUAGE_NAMES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "nl": "Nederlands",
}
"""As their speakers call them."""


def known_language(tag: str) -> str:
    """Return the language of a tag such as "de-AT" or "de_AT"; empty where it is not ours."""
    language = tag.replace("_", "-").partition("-")[0].casefold()
    return language if language in LANGUAGES else ""
