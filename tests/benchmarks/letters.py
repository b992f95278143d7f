"""A hundred letters in one PDF, as a whole process: `ours` or `bare`.

The bare one sets the same lines with nothing but ReportLab's canvas, unshaped and unkerned.
`documents FOLDER` writes the same words as files for a word processor to convert.
"""

import sys
import tempfile
import textwrap
from pathlib import Path

COUNT = 100


def ours() -> bytes:
    """Draw the letters as the program does."""
    from recoverydesk.documents.letter import draw_all  # noqa: PLC0415 - the other way is without
    from tests.documents import builders  # noqa: PLC0415

    return draw_all([builders.letter(reference=f"{number:04}") for number in range(COUNT)])


def bare() -> bytes:
    """Set the same words on as many pages."""
    from io import BytesIO  # noqa: PLC0415 - as above

    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    from recoverydesk.places import RESOURCES  # noqa: PLC0415
    from tests.documents.builders import BODY  # noqa: PLC0415

    for name in ("SourceSerif4-400", "SourceSerif4-600", "Inter-400"):
        pdfmetrics.registerFont(TTFont(name, str(RESOURCES / "fonts" / f"{name}.ttf")))
    out = BytesIO()
    canvas = Canvas(out, invariant=True)
    for _ in range(COUNT):
        lines = canvas.beginText(70, 760)
        lines.setFont("SourceSerif4-400", 11.2, 16.4)
        for paragraph in BODY.split("\n\n"):
            for line in textwrap.wrap(paragraph, 85):
                lines.textLine(line)
        canvas.drawText(lines)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def documents(folder: Path) -> None:
    """Write the same words as flat OpenDocument files."""
    from xml.sax.saxutils import escape  # noqa: PLC0415 - as above

    from tests.documents.builders import BODY  # noqa: PLC0415

    paragraphs = "".join(f"<text:p>{escape(text)}</text:p>" for text in BODY.split("\n\n"))
    for number in range(COUNT):
        text = _FLAT.format(paragraphs=paragraphs, number=number)
        Path(folder, f"letter-{number:03}.fodt").write_text(text, encoding="utf-8")


_FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:body><office:text><text:p>{number}</text:p>{paragraphs}</office:text></office:body>
</office:document>
"""

if __name__ == "__main__" and sys.argv[1] == "documents":
    documents(Path(sys.argv[2]))
elif __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "letters.pdf").write_bytes({"ours": ours, "bare": bare}[sys.argv[1]]())
