import pytest

from recoverydesk.domain.address import (
    Address,
    address_lines,
    country_code,
    country_name,
    language_of,
)

# Country, postcode and town as typed; the lines below the street at home.
AT_HOME = [
    ("GB", "yo224zz", "Robin Hood's Bay", ["ROBIN HOOD'S BAY", "YO22 4ZZ"]),
    ("IE", "h91x4t2", "Galway", ["Galway", "H91 X4T2"]),
    ("US", "62701-1234", "Springfield, IL", ["Springfield, IL 62701-1234"]),
    ("CA", "k1a0b1", "Ottawa ON", ["OTTAWA ON  K1A 0B1"]),
    ("AU", "2600", "Barton ACT", ["BARTON ACT 2600"]),
    ("NZ", "6011", "Wellington", ["Wellington 6011"]),
    ("DE", "60311", "Frankfurt am Main", ["60311 Frankfurt am Main"]),
    ("AT", "1070", "Wien", ["1070 Wien"]),
    ("CH", "8001", "Zürich", ["8001 Zürich"]),
    ("LI", "9490", "Vaduz", ["9490 Vaduz"]),
    ("FR", "42000", "Saint-Étienne", ["42000 SAINT-ÉTIENNE"]),
    ("BE", "9000", "Gent", ["9000 Gent"]),
    ("LU", "1009", "Luxembourg", ["L-1009 LUXEMBOURG"]),
    ("NL", "1234ab", "Den Haag", ["1234 AB  DEN HAAG"]),
    ("ES", "28010", "Madrid", ["28010 MADRID"]),
    ("PT", "1100148", "Lisboa", ["1100-148 LISBOA"]),
    ("IT", "00153", "Roma RM", ["00153 ROMA RM"]),
    ("DK", "2200", "København N", ["2200 København N"]),
    ("SE", "11121", "Stockholm", ["111 21  STOCKHOLM"]),
    ("NO", "0025", "Oslo", ["0025 OSLO"]),
    ("FI", "00100", "Helsinki", ["00100 HELSINKI"]),
    ("PL", "00049", "Warszawa", ["00-049 Warszawa"]),
    ("CZ", "11000", "Praha 1", ["110 00 Praha 1"]),
    ("GR", "11527", "Αθήνα", ["115 27 Αθήνα"]),
    ("JP", "1008799", "Tokyo", ["Tokyo 100-8799"]),
    ("IN", "560034", "Bengaluru", ["Bengaluru 560034"]),
    ("BR", "01042001", "São Paulo-SP", ["01042-001 São Paulo-SP"]),
    ("MX", "06600", "Ciudad de México", ["06600 Ciudad de México"]),
    ("TR", "06680", "Çankaya/Ankara", ["06680 Çankaya/Ankara"]),
    ("LV", "1050", "Rīga", ["Rīga, LV-1050"]),
    ("ZA", "8001", "Cape Town", ["Cape Town", "8001"]),
]


def lines(*, home="DE", language="de", **given):
    address = Address(**{"name": "Ann Lee", "street": "Lane 1", "town": "Bath", **given})
    return list(address_lines(address, home=home, language=language))


@pytest.mark.parametrize(("country", "postcode", "town", "below"), AT_HOME)
def test_every_country_has_its_own_manner(country, postcode, town, below):
    assert lines(home=country, postcode=postcode, town=town) == ["Ann Lee", "Lane 1", *below]


def test_hungary_has_its_town_above_the_street():
    found = lines(home="HU", street="Andrássy út 60.", postcode="1062", town="Budapest")

    assert found == ["Ann Lee", "Budapest", "Andrássy út 60.", "1062"]


@pytest.mark.parametrize(
    ("home", "postcode", "town", "street", "expected"),
    [
        (
            "JP",
            "1008799",
            "東京都",
            "千代田区丸の内1-9-1",
            ["〒100-8799", "東京都千代田区丸の内1-9-1", "山田花子"],
        ),
        (
            "CN",
            "100005",
            "北京市",
            "东城区\n建国门内大街8号",
            ["100005", "北京市东城区 建国门内大街8号", "山田花子"],
        ),
        ("KR", "03154", "서울 종로구", "종로 6", ["서울 종로구 종로 6", "山田花子", "03154"]),
    ],
)
def test_in_their_own_script_east_asian_addresses_end_with_the_person(
    home, postcode, town, street, expected
):
    found = lines(home=home, name="山田花子", postcode=postcode, town=town, street=street)

    assert found == expected


def test_without_a_postcode_no_sign_of_it_is_left():
    assert lines(home="JP", town="東京都", street="丸の内") == ["東京都丸の内", "Ann Lee"]
    assert lines(home="LV", town="Rīga") == ["Ann Lee", "Lane 1", "Rīga"]
    assert lines(home="NL") == ["Ann Lee", "Lane 1", "BATH"]


def test_a_country_is_named_only_where_the_letter_goes_abroad():
    assert lines(country="Deutschland") == lines(country="") == ["Ann Lee", "Lane 1", "Bath"]
    assert lines(country="France")[-1] == "FRANKREICH"
    assert lines(country="Frankreich", home="GB", language="en")[-1] == "FRANCE"


def test_abroad_the_town_stands_in_capitals_whatever_its_post_asks_at_home():
    assert lines(home="GB", country="Germany", postcode="10115", town="Köln")[2] == "10115 KÖLN"


@pytest.mark.parametrize(
    ("country", "town", "printed"),
    [
        ("TR", "İzmir istinye", "İZMİR İSTİNYE"),
        ("GR", "Μαρούσι", "ΜΑΡΟΥΣΙ"),
        ("GE", "თბილისი", "თბილისი"),
        ("IL", "תל אביב", "תל אביב"),
        ("UA", "Київ", "КИЇВ"),
    ],
)
def test_capitals_are_those_of_the_towns_own_language(country, town, printed):
    assert printed in lines(country=country, town=town)


def test_an_unknown_country_is_printed_as_it_was_typed():
    assert lines(country="  Middle  Earth ") == ["Ann Lee", "Lane 1", "BATH", "Middle Earth"]


def test_a_sender_whose_country_is_unknown_still_gets_an_address():
    assert lines(home="", postcode="1") == ["Ann Lee", "Lane 1", "1 Bath"]


@pytest.mark.parametrize(
    "typed", ["{name}", "{0}", "<b>", "%s", "|", "{street}|{town}", "{{first_name}}"]
)
def test_what_was_typed_is_never_a_layout(typed):
    assert lines(name=typed, street=typed, town=typed, home="DE") == [typed] * 3


def test_lines_and_gaps_that_were_typed_are_made_tidy():
    found = lines(name=" Ann\n Lee ", street="Flat 2\n\n  1  High St \r\n", town=" Bath\t")

    assert found == ["Ann Lee", "Flat 2", "1 High St", "Bath"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("UK", "GB"), ("uk", "GB"), ("England", "GB"), ("Großbritannien", "GB"), ("GBR", "GB"),
        ("Royaume-Uni", "GB"), ("Reino Unido", "GB"), ("Verenigd Koninkrijk", "GB"),
        ("usa", "US"), ("U.S.A.", "US"), ("Vereinigte Staaten", "US"), ("États-Unis", "US"),
        ("etats unis", "US"), ("Holland", "NL"), ("Pays-Bas", "NL"), ("D", "DE"), ("DEU", "DE"),
        ("Allemagne", "DE"), ("Duitsland", "DE"), ("Alemania", "DE"), ("Suisse", "CH"),
        ("Schweiz", "CH"), ("Österreich", "AT"), ("Oesterreich", ""), ("日本", "JP"),
        ("Ελλάδα", "GR"), ("", ""), ("-", ""), ("Europe", ""), ("{GB}", "GB"), ("Erewhon", ""),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_names_and_codes(typed, code):
    assert country_code(typed) == code


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("FR", "de", "FRANKREICH"),
        ("DE", "fr", "ALLEMAGNE"),
        ("IT", "el", "ΙΤΑΛΙΑ"),
        ("FI", "tr", "FİNLANDİYA"),
        ("FR", "xx", "FRANCE"),
        ("QQ", "en", "QQ"),
    ],
)
def test_a_country_is_named_in_capitals(code, language, name):
    assert country_name(code, language) == name


@pytest.mark.parametrize(
    ("country", "speaks", "language"),
    [
        ("DE", "en", "de"),
        ("CH", "fr", "fr"),
        ("CH", "en", "de"),
        ("GB", "en", "en"),
        ("", "nl", "nl"),
        ("XX", "es", "es"),
    ],
)
def test_a_country_is_named_in_the_language_of_the_senders_post(country, speaks, language):
    assert language_of(country, speaks) == language
