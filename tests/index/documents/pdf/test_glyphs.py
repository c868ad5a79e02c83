from __future__ import annotations

import re

import pytest

from index.documents.pdf.glyphs import read_pdf
from index.errors import LoadError
from tests.index.documents.samples import (
    SHARED,
    Text,
    check_invariants,
    column,
    headings,
    outline,
    pdf,
)

FULL = "All of these words together make up a line that fills the whole width of the page,"


def test_a_policy_of_two_pages() -> None:
    first = [
        Text("Acme Handbook", 72, 760, 8),
        Text("Leave Policy", 72, 720, 20),
        Text("1. Scope", 72, 690, 10, bold=True),
        *column([FULL, "and this is its end.", "Staff may", "• rest,", "• sleep."], y=670),
        *column([FULL, "and this one runs on to the"], y=580),
        Text("Page 1 of 2", 280, 40, 8),
    ]
    second = [
        Text("Acme Handbook", 72, 760, 8),
        *column(["next page (see below)."], y=720),
        Text("2. Days", 72, 690, 10, bold=True),
        *column(["Thirty a year."], y=670),
        Text("Page 2 of 2", 280, 40, 8),
    ]
    document = read_pdf(pdf([first, second], title="Leave"), "leave.pdf")
    check_invariants(document)
    assert outline(document) == [
        ("heading", 1, "Leave Policy"),
        ("heading", 2, "1. Scope"),
        ("paragraph", 0, f"{FULL} and this is its end."),
        ("paragraph", 0, "Staff may"),
        ("list_item", 1, "• rest,"),
        ("list_item", 1, "• sleep."),
        ("paragraph", 0, f"{FULL} and this one runs on to the next page (see below)."),
        ("heading", 2, "2. Days"),
        ("paragraph", 0, "Thirty a year."),
    ]
    assert [block.page for block in document.blocks] == [1, 1, 1, 1, 1, 1, 1, 2, 2]
    assert document.title == "Leave"
    assert document.media_type == "application/pdf"


def test_hyphens_at_line_ends_and_ligatures() -> None:
    page = column(
        [
            "Here the third party is told that a line of some length ends with a pro-",
            "cessing of \x01les, and then that another line of length is about a third-",
            "party o\x02ine, and that this line also has a good length and ends in Non-",
            "EU.",
        ]
    )
    assert read_pdf(pdf([page]), "a.pdf").text == (
        "Here the third party is told that a line of some length ends with a processing of files, "
        "and then that another line of length is about a third-party offline, and that this line "
        "also has a good length and ends in Non-EU."
    )


def test_two_columns_are_read_one_after_the_other() -> None:
    left = column([f"left column line {n} of the text and" for n in range(8)], 72, 700)
    right = column([f"right column line {n} of the text and" for n in range(8)], 320, 700)
    rows = [text for row in zip(left, right, strict=True) for text in row]
    text = read_pdf(pdf([rows]), "a.pdf").text
    assert re.findall(r"left|right", text) == ["left"] * 8 + ["right"] * 8


def test_list_items_hang_and_nest() -> None:
    page = [
        Text("1.", 72, 700),
        Text(FULL, 90, 700),
        Text("which hangs.", 90, 688),
        Text("(a)", 100, 676),
        Text("Nested.", 120, 676),
        Text("2.", 72, 664),
        Text("Last.", 90, 664),
    ]
    assert outline(read_pdf(pdf([page]), "a.pdf")) == [
        ("list_item", 1, f"1. {FULL} which hangs."),
        ("list_item", 2, "(a) Nested."),
        ("list_item", 1, "2. Last."),
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Leave rules", "Leave rules"), ("leave_v2.docx", "Big"), ("Untitled", "Big"), ("", "Big")],
)
def test_the_title_of_a_file_name_is_not_believed(title: str, shown: str) -> None:
    page = [Text("Small", 72, 730, 14), Text("Big", 72, 700, 20), *column([FULL, FULL], y=670)]
    assert read_pdf(pdf([page], title=title), "a.pdf").title == shown


def test_glyph_numbers_in_the_usual_order_are_read() -> None:
    data = pdf([[Text("The person's name (in full) is kept.", 72, 700, glyph_offset=-29)]])
    assert read_pdf(data, "a.pdf").text == "The person's name (in full) is kept."


def test_letters_without_a_meaning_ask_for_ocr() -> None:
    data = pdf([[Text("The name is kept.", 72, 700, glyph_offset=3000)]])
    with pytest.raises(LoadError, match=r"^the fonts in 'a\.pdf' do not say .* run OCR on it$"):
        read_pdf(data, "a.pdf")


def test_pages_without_text_ask_for_ocr() -> None:
    message = r"^no text layer in 'scan\.pdf' \(12 pages\): run OCR on it first$"
    with pytest.raises(LoadError, match=message):
        read_pdf(pdf([[]] * 12), "scan.pdf")


def test_a_locked_file_asks_for_its_password() -> None:
    keys = "00" * 32
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{keys}> /U <{keys}> /P -4 >> "
    data = pdf([column(["secret"])], trailer=locked + f"/ID [<{keys}> <{keys}>]")
    with pytest.raises(LoadError, match=r"^'a\.pdf' is encrypted and needs a password"):
        read_pdf(data, "a.pdf")


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.4\n1 0 obj\n<<", pdf([])])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(LoadError, match=r"^'a\.pdf' is damaged, without pages or no PDF"):
        read_pdf(data, "a.pdf")


LINES = ["Acme keeps the logs of its site for thirty days, and no more than", "that, it says."]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_rotated_page_is_read_as_it_is_shown(degrees: int) -> None:
    data = pdf([column(LINES)]).replace(b"/Type /Page ", b"/Type /Page /Rotate %d " % degrees)
    assert read_pdf(data, "a.pdf").text == " ".join(LINES)


@pytest.mark.parametrize(
    ("turned", "across", "down"),
    [
        (b"0 1 -1 0", (0, 1), (1, 0)),
        (b"-1 0 0 -1", (-1, 0), (0, 1)),
        (b"0 -1 1 0", (0, -1), (-1, 0)),
    ],
)
def test_turned_text_is_read_along_its_lines(
    turned: bytes, across: tuple[int, int], down: tuple[int, int]
) -> None:
    lines = [*LINES, "* one", "* two"]
    data = pdf([[*column(lines), Text("Upright", 30, 30)]])
    for number in range(len(lines)):
        x, y = (
            300 - 100 * across[0] + 12 * number * down[0],
            400 - 100 * across[1] + 12 * number * down[1],
        )
        plain = b"BT /F1 10 Tf 72 %d Td" % (700 - 12 * number)
        assert plain in data
        data = data.replace(plain, b"BT /F1 10 Tf %s %d %d Tm" % (turned, x, y))
    assert outline(read_pdf(data, "a.pdf")) == [
        ("paragraph", 0, " ".join(LINES)),
        ("list_item", 1, "* one"),
        ("list_item", 1, "* two"),
        ("paragraph", 0, "Upright"),
    ]


@pytest.mark.parametrize("count", [-2, 0, 2_000_000_000])
def test_a_wrong_number_of_pages_is_not_believed(count: int) -> None:
    data = pdf([column([LINES[0]]), column(["More."])])
    data = data.replace(b"/Count 2", b"/Count %d" % count)
    assert read_pdf(data, "a.pdf").text == f"{LINES[0]}\n\nMore."


@pytest.mark.parametrize(
    "kids", [b"/Kids [5 0 R 2 0 R]", b"/Kids [2 0 R 2 0 R]", b"/Kids [5 0 R 99 0 R]"]
)
def test_a_tree_of_pages_that_leads_nowhere_is_refused(kids: bytes) -> None:
    data = pdf([column(LINES), column(["More."])]).replace(b"/Kids [5 0 R 7 0 R]", kids)
    with pytest.raises(LoadError, match=r"^'a\.pdf' is damaged"):
        read_pdf(data, "a.pdf")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_refused(share: float) -> None:
    data = pdf([column(LINES), column(["More."])])
    with pytest.raises(LoadError, match=r"^'a\.pdf' is damaged, .*: save or export it again$"):
        read_pdf(data[: int(len(data) * share)], "a.pdf")


def test_junk_around_a_file_does_no_harm() -> None:
    data = pdf([column(LINES)])
    assert read_pdf(b"junk\n" * 50 + data, "a.pdf").text == " ".join(LINES)
    assert read_pdf(data.replace(b"startxref\n", b"startxref\n9"), "a.pdf").text == " ".join(LINES)


PDFS = sorted((SHARED / "data" / "basecamp" / "pdf").glob("*.pdf"))


@pytest.mark.slow
@pytest.mark.skipif(not PDFS, reason="the real PDFs of ../shared are not on this machine")
def test_real_files() -> None:
    assert len(PDFS) == 5
    for path in PDFS:
        document = read_pdf(path.read_bytes(), path.name)
        check_invariants(document)
        assert len(headings(document)) >= 15, path.name
        assert re.search("Security Overview|DATA PROCESSING ADDENDUM", document.title), path.name
        pages = [block.page or 0 for block in document.blocks]
        assert pages == sorted(pages)
        assert pages[0] == 1
        assert len(re.findall(r"\bthe\b", document.text)) > 0.02 * len(document.text.split())
        numbers = re.findall(r"^\d+$", document.text, re.MULTILINE)  # some in a table
        assert len(numbers) <= 4 < pages[-1], path.name
