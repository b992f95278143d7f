"""Reviews are taken apart where they plainly are reviews, and left alone where not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverydesk.documents.review import looks_like_review


def test_a_pasted_review_is_taken_apart():
    review = looks_like_review(
        "Ann Obi\nLocal Guide · 12 reviews · 3 photos\n★★☆☆☆  2 weeks ago\n\n"
        "The kettle leaked.\n\n\n\nNobody cared.\nhttps://maps.app.goo.gl/abc\n"
    )

    assert review.site == "Google"
    assert (review.stars, review.most) == (2, 5)
    assert review.name == "Ann Obi"
    assert review.link == "https://maps.app.goo.gl/abc"
    assert review.text == "The kettle leaked.\n\nNobody cared."


@pytest.mark.parametrize(
    ("line", "stars", "most"),
    [
        ("★★☆☆☆", 2, 5),
        ("⭐⭐", 2, 5),
        ("⭐️", 1, 5),
        ("★ ★ ★ ☆ ☆ vor 3 Wochen", 3, 5),
        ("2/5", 2, 5),
        ("2.5 out of 5 stars", 2.5, 5),
        ("2 stars", 2, 5),
        ("1-star review", 1, 5),
        ("Rated 2 out of 5", 2, 5),
        ("2 von 5 Sternen", 2, 5),
        ("Bewertet mit 2 von 5 Sternen", 2, 5),
        ("Bewertet mit 2", 2, 5),
        ("Bewertung: 1", 1, 5),
        ("1 étoile", 1, 5),
        ("Note : 2 sur 5", 2, 5),
        ("2 estrellas", 2, 5),
        ("3,0 / 6 Sonnen", 3, 6),
        ("Scored 4/10", 4, 10),
    ],
)
def test_stars_are_read_as_sites_write_them(line, stars, most):
    review = looks_like_review(f"{line}\nThe soup was cold and nobody cared.")

    assert (review.stars, review.most) == (stars, most)
    assert review.text == "The soup was cold and nobody cared."


@pytest.mark.parametrize(
    ("line", "site"),
    [
        ("https://www.google.co.uk/maps/reviews/x", "Google"),
        ("https://g.page/shop/review", "Google"),
        ("https://www.tripadvisor.de/ShowUserReviews-g1", "Tripadvisor"),
        ("https://www.yelp.com/biz/shop?hrid=1", "Yelp"),
        ("https://uk.trustpilot.com/reviews/1", "Trustpilot"),
        ("https://www.facebook.com/ann/posts/1", "Facebook"),
        ("https://www.booking.com/reviews/x", "Booking.com"),
        ("https://www.holidaycheck.de/hrd/bewertung", "HolidayCheck"),
        ("https://www.trustedshops.de/bewertung/x", "Trusted Shops"),
    ],
)
def test_a_reviews_address_tells_its_site(line, site):
    first, last = (looks_like_review(text) for text in (f"{line}\nBad.", f"Bad.\n{line}"))

    assert first == last
    assert (first.site, first.link, first.text, first.stars) == (site, line, "Bad.", None)


@pytest.mark.parametrize(
    ("text", "site", "name", "words"),
    [
        ("Google review\nAnn Obi\n2 stars\nLeaks.", "Google", "Ann Obi", "Leaks."),
        ("Jan van Dijk\n2 stars\nLeaks.", "", "Jan van Dijk", "Leaks."),
        ("Ann B.\n2 stars\nLeaks.", "", "Ann B.", "Leaks."),
        ("王小明\n2 stars\nLeaks.", "", "王小明", "Leaks."),
        ("Ann B wrote a review Mar 2026\nCold soup.", "", "Ann B", "Cold soup."),
        ("2 stars\nLeaks.\nPosted on Tripadvisor", "Tripadvisor", "", "Leaks."),
        ("Terrible Service\n2 stars\nLeaks.", "", "", "Terrible Service\nLeaks."),
        ("It leaks.\n2 stars\nBad.", "", "", "It leaks.\nBad."),
        ("it leaks\n2 stars\nBad.", "", "", "it leaks\nBad."),
        ("One two three four five\n2 stars", "", "", "One two three four five"),
        ("2 stars\n3 reviews\nYelp", "Yelp", "", ""),
    ],
)
def test_a_name_is_taken_where_it_is_plainly_one(text, site, name, words):
    review = looks_like_review(text)

    assert (review.site, review.name, review.text) == (site, name, words)


def test_a_site_has_its_own_scale():
    assert looks_like_review("Scored 3\nBooking.com\nLoud.").most == 10
    assert looks_like_review("3 Sonnen\nHolidayCheck\nLaut.").most == 6


def test_a_greeting_is_no_obstacle_where_the_site_is_named():
    assert looks_like_review("Hi all!\n2 stars\nBad.\nGoogle").site == "Google"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "The kettle leaks.",
        "Dear shop,\nmend it or I will give you 1 star on Google!\nAnn",
        "A 5 star hotel would never do this.",
        "2 of 5 cups were cold.\nAnn",
        "Dear all,\n\nit leaks.\n\n2/5\n\nAnn",
        "2/5/2026\nThe kettle leaked.",
        "7/5\nThe kettle leaked.",
        "0/5\nThe kettle leaked.",
        "☆☆☆☆☆\nThe kettle leaked.",
        "★★★★★" + " and more" * 20,
        "2/5",
        "It leaks.\nBest regards\nAnn\nhttps://g.page/annsbakery/review",
        "Hello,\nplease look at this:\nhttps://g.page/annsbakery/review",
        "It leaks.\nhttps://www.google.com/search",
        "It leaks.\nhttps://example.com/review",
        "https://google.com@evil.example/maps/review\nIt leaks.",
        "https://notgoogle.com/maps/review\nIt leaks.",
        "It leaks.\nhttps://g.page/shop/review\nIt really does.",
        "2 stars\n" + "x" * 20_001,
    ],
)
def test_an_ordinary_complaint_is_no_review(text):
    assert looks_like_review(text) is None


@given(st.text(st.sampled_from("★☆2/5 stars\nAnn.googlehttps://maps:"), max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_words_are_a_review_or_none(text):
    review = looks_like_review(text)

    assert review is None or review.site or review.text
