"""Letters held into their envelopes: the window shows the address and nothing else."""

import pypdfium2
import pytest

from recoverydesk.documents.letter import draw
from recoverydesk.documents.sheet import MM, PAPERS
from recoverydesk.documents.windows import window
from recoverydesk.domain.address import Address, address_lines
from recoverydesk.domain.envelope import Envelope
from tests.documents.builders import letter, letterhead

CONTACT = "hello@harbourandhearth.example"
DAY = "14 October 2026"

# Width and height of the envelope; window from the left, from below, its width, its height.
DL = (220, 110, 20, 15, 90, 45)
C5_6 = (229, 114, 20, 15, 90, 45)
US_10 = (241.3, 104.775, 22.225, 12.7, 114.3, 28.575)

# Which envelopes a choice is for, where its sheet is folded, and whether it has a return line.
CHOICES = {
    Envelope.DIN_B: ((DL, C5_6), (105, 210), True),
    Envelope.DIN_A: ((DL, C5_6), (87, 192), True),
    Envelope.C56: ((C5_6,), (99, 198), False),
    Envelope.US_10: ((US_10,), (99, 198), False),
}

ADDRESSES = (
    Address(
        "Sir Bartholomew Featherstonehaugh-Cholmondeley",
        "Flat 12b, Upper Ground Floor\nThe Old Lighthouse Keepers' Cottages\n117 Saint Mary's Road",
        "yo224zz",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "United Kingdom",
    ),
    Address(
        "Aoife Ní Dhomhnaill", "Teach na Mara\nBóthar na Trá\nBearna", "H91X4T2", "Gaillimh", "IE"
    ),
    Address(
        "Jacqueline Montgomery-Fitzgerald",
        "Suite 1200\n4500 Martin Luther King Jr Blvd",
        "20500-0003",
        "Washington, DC",
        "USA",
    ),
    Address(
        "Marie-Ève Tremblay-Bouchard",
        "Appartement 1407\n2875 boulevard Laurier",
        "g1v2m2",
        "Québec QC",
        "Canada",
    ),
    Address(
        "Kirra Thompson",
        "Level 7, 128 Commonwealth Avenue",
        "2600",
        "Woolloomooloo NSW",
        "Australia",
    ),
    Address(
        "Aroha Ngata",
        "RD 2\n57 Taumatawhakatangihangakoauauotamatea Road",
        "4271",
        "Porangahau",
        "NZ",
    ),
    Address(
        "Dr. Maximiliane Schäfer-Oberhuber von und zu Liechtenstein",
        "c/o Hausverwaltung Mustermann & Söhne GmbH & Co. KG\nErnst-Reuter-Platz 117\nHinterhaus",
        "60311",
        "Frankfurt am Main",
        "Deutschland",
    ),
    Address(
        "DI Leopold Österreicher-Wimmer",
        "Mariahilfer Straße 112/3/24",
        "1070",
        "Wien",
        "Österreich",
    ),
    Address("Urs Zurbriggen-Imboden", "Postfach\nBahnhofstrasse 1", "3920", "Zermatt", "Schweiz"),
    Address(
        "Monsieur Jean-Baptiste de La Rochefoucauld",
        "Résidence Les Jardins, bâtiment C\n14 bis avenue du Général-de-Gaulle\nBP 90115",
        "78000",
        "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson",
        "France",
    ),
    Address(
        "Annelies Vandenbroucke", "Sint-Pietersnieuwstraat 41 bus 7", "9000", "Gent", "Belgique"
    ),
    Address(
        "Jan-Willem van der Meulen-Hoogendoorn",
        "Prins Bernhardstraat 211-C",
        "1234ab",
        "'s-Gravenhage",
        "Holland",
    ),
    Address(
        "María del Carmen Fernández de Córdoba",
        "Urbanización Las Lomas\nCalle de Fuencarral 123, 4.º izquierda",
        "28010",
        "Madrid",
        "España",
    ),
    Address(
        "João Albuquerque de Vasconcelos",
        "Rua do Comércio, 12, 3.º Esq.",
        "1100-148",
        "Lisboa",
        "Portugal",
    ),
    Address(
        "Giovanni Battista della Rovere",
        "Via Giuseppe Garibaldi 18, scala B, interno 7",
        "00153",
        "Roma RM",
        "Italien",
    ),
    Address(
        "Åse Margrethe Kjærgaard-Sørensen",
        "Nørrebrogade 44, 3. tv.",
        "2200",
        "København N",
        "Danmark",
    ),
    Address("Sven-Olof Ångström", "Lgh 1203\nDrottninggatan 71", "11121", "Stockholm", "Sverige"),
    Address(
        "Zsófia Szentgyörgyi-Nagy", "Andrássy út 60. II. em. 4.", "1062", "Budapest", "Hungary"
    ),
    Address(
        "Łukasz Brzęczyszczykiewicz",
        "ul. Świętokrzyska 31/33 m. 12",
        "00-049",
        "Warszawa",
        "Polska",
    ),
    Address("山田花子", "千代田区丸の内一丁目九番一号", "1008799", "東京都", "日本"),
    Address("Παρασκευή Παπαδοπούλου", "Λεωφόρος Βασιλίσσης Σοφίας 112", "11527", "Αθήνα", "Greece"),
    Address(
        "Shri Venkatanarasimharajuvaripeta Raghavan",
        "Plot 14, 3rd Cross, 80 Feet Road\nNear Ganesh Temple\nKoramangala 4th Block",
        "560034",
        "Bengaluru",
        "India",
    ),
    Address(
        "Conceição Oliveira dos Santos",
        "Rua Barão de Itapetininga, 255, conj. 1204\nRepública",
        "01042001",
        "São Paulo-SP",
        "Brasil",
    ),
    Address(
        "İbrahim Çağlayangil",
        "Atatürk Bulvarı No: 177 Daire: 9\nKavaklıdere Mahallesi",  # noqa: RUF001 - Turkish
        "06680",
        "Çankaya/Ankara",
        "Türkei",
    ),
)


HOSTILE_NAMES = ("A", "w" * 300, "<b>{{name}} & ", "🙂" * 60, "\u202emoc.elpmaxe\u202c")


def signs(pdf):
    """Return each printed sign of the first page with its box, in millimetres from above."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        height = page.get_height()
        text = page.get_textpage()
        said = [text.get_text_range(n, 1) for n in range(text.count_chars())]
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
    return [
        (sign, (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
        for sign, (left, bottom, right, top) in zip(said, boxes, strict=True)
    ]


def parted(pdf):
    """Return the boxes of what may show in the window, and of all else."""
    found = signs(pdf)
    text = "".join(sign[:1] or " " for sign, _ in found)
    start, end = text.index(CONTACT) + len(CONTACT), text.index(DAY)
    boxes = [None if sign.isspace() or not sign else box for sign, box in found]
    address = [box for box in boxes[start:end] if box]
    rest = [box for box in (*boxes[:start], *boxes[end:]) if box]
    return address, rest


def views(paper, cover, folds):
    """Yield what the window shows of the sheet, in millimetres, for the ends of its play."""
    sheet_width, sheet_height = (edge / MM for edge in PAPERS[paper])
    width, height, left, below, window_width, window_height = cover
    first, second = folds
    folded = max(first, second - first, sheet_height - second)
    for x in (0, width - sheet_width):
        for y in (0, height - folded):  # the fold that lies below, above the envelope's edge
            lower = first + y - below
            yield left - x, lower - window_height, left - x + window_width, lower


def inside(box, view):
    return box[0] >= view[0] and box[1] >= view[1] and box[2] <= view[2] and box[3] <= view[3]


def touches(box, view):
    return box[0] < view[2] and box[2] > view[0] and box[1] < view[3] and box[3] > view[1]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("envelope", list(CHOICES))
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.country)
def test_the_window_shows_the_address_and_nothing_else(address, envelope, paper):
    covers, folds, has_return_line = CHOICES[envelope]
    shop = letterhead(
        envelope=envelope,
        paper=paper,
        return_line="Harbour & Hearth · 14 Fish Street · Whitby YO21 4ZZ"
        if has_return_line
        else "",
    )
    recipient = address_lines(
        address, home="PL" if address.country != "Polska" else "DE", language="pl"
    )

    shown, hidden = parted(draw(letter(letterhead=shop, recipient_lines=recipient, day_words=DAY)))

    assert len(shown) >= sum(len(line.replace(" ", "")) for line in recipient)
    assert hidden
    for cover in covers:
        for view in views(paper, cover, folds):
            assert all(inside(box, view) for box in shown)
            assert not any(touches(box, view) for box in hidden)


@pytest.mark.parametrize(("paper", "cover"), [("a4", DL), ("a4", C5_6), ("letter", US_10)])
def test_a_short_address_shows_in_a_sheet_folded_into_equal_thirds_too(paper, cover):
    third = PAPERS[paper][1] / MM / 3
    recipient = (
        "Eleanor Whitcombe-Ashworth",
        "Apartment 4B",
        "3 Lighthouse Terrace",
        "Springfield, IL 62701",
    )

    shown, _ = parted(draw(letter(letterhead=letterhead(paper=paper), recipient_lines=recipient)))

    for view in views(paper, cover, (third, 2 * third)):
        assert all(inside(box, view) for box in shown)


@pytest.mark.parametrize("lines", [0, 1, 9, 40])
@pytest.mark.parametrize(
    "said", ["A", "w" * 300, "<b>{{name}} & ", "🙂" * 60, "\u202emoc.elpmaxe\u202c"]
)
def test_whatever_was_typed_as_an_address_keeps_to_the_window(lines, said):
    shop = letterhead(envelope=Envelope.DIN_B)

    shown, _ = parted(draw(letter(letterhead=shop, recipient_lines=(said,) * lines)))

    assert bool(shown) == bool(lines)
    for cover in (DL, C5_6):
        for view in views("a4", cover, (105, 210)):
            assert all(inside(box, view) for box in shown)


@pytest.mark.parametrize(("paper", "meant"), [("a4", Envelope.DIN_B), ("letter", Envelope.US_10)])
def test_the_automatic_envelope_goes_with_the_paper(paper, meant):
    assert window(Envelope.AUTOMATIC, paper) == window(meant, paper)


def test_din_b_lies_where_the_standard_has_it():
    layout = window(Envelope.DIN_B, "a4")

    # DIN 5008: the address field is 45 to 90 mm below the edge, 20 to 105 mm from the left.
    assert layout.address.top / MM >= 45
    assert layout.address.bottom / MM <= 90
    assert layout.folds == pytest.approx((105 * MM, 210 * MM))
