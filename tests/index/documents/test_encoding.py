from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.encoding import decode
from index.documents.markdown import read_markdown
from index.documents.plain_text import read_text
from index.errors import LoadError
from index.types import Document, nfc

ENGLISH = "We keep your data for 30 days, and your naïve façade “as is”.\n" * 3
FRENCH = (
    "Société Générale à Évreux : nous protégeons les données de nos abonnés, créées ou échangées.\n"
)
RUSSIAN = (
    "Мы собираем только те данные, которые нужны для работы сайта. Пользователь может в любое "
    "время запросить удаление своих данных, и мы выполним запрос в течение месяца.\n"
)
JAPANESE = (
    "当社は、お客様の個人情報を適切に管理し、法令に基づく場合を除き、第三者に提供しません。"
    "お客様はいつでも個人情報の開示を求めることができます。\n"
)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        (ENGLISH, ENGLISH.encode("utf-8")),
        (ENGLISH, codecs.BOM_UTF8 + ENGLISH.encode("utf-8")),
        (ENGLISH, codecs.BOM_UTF16_LE + ENGLISH.encode("utf-16-le")),
        (ENGLISH, codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be")),
        (ENGLISH, codecs.BOM_UTF32_LE + ENGLISH.encode("utf-32-le")),
        (ENGLISH, codecs.BOM_UTF32_BE + ENGLISH.encode("utf-32-be")),
        (ENGLISH, ENGLISH.encode("utf-16-le")),
        (ENGLISH, ENGLISH.encode("utf-16-be")),
        (ENGLISH, ENGLISH.encode("cp1252")),
        (FRENCH, FRENCH.encode("cp1252")),
        (RUSSIAN, RUSSIAN.encode("cp1251")),
        (JAPANESE, JAPANESE.encode("shift_jis")),
        ("", b""),
        ("a", b"a"),
    ],
)
def test_encodings(text: str, data: bytes) -> None:
    assert decode(data, "a.txt") == text


@pytest.mark.parametrize("quote", ["’", "“", "”", "–", "€", "é"])
def test_a_single_windows_character_in_ascii(quote: str) -> None:
    text = f"We respect our clients{quote} wishes, and that is all that there is to say of it."
    assert decode(text.encode("cp1252"), "a.txt") == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_is_never_taken_for_another(text: str) -> None:
    assert decode(text.encode("utf-8"), "a.txt") == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"ab\x00\x01\x02\x03" * 20, r"'a\.txt' is not text"),
        (b"\x00" * 50, "is not text"),
        (bytes(range(32)) * 9, "is not text"),
        ("We respect you, clients–".encode()[:-1], "cut off in the middle of a character"),
        (codecs.BOM_UTF8 + b"abc\xff", "says that it is utf-8 but byte 3 is not"),
        (codecs.BOM_UTF16_LE + b"abc", "says that it is utf-16-le but byte 2 is not"),
    ],
)
def test_what_is_no_text_is_rejected(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        decode(data, "a.txt")


@pytest.mark.parametrize("read", [read_text, read_markdown])
@pytest.mark.parametrize(
    "data",
    [
        "Our café.\r\n\r\nWe keep it.\r\n",
        "Our café.\r\rWe keep it.\r",
        unicodedata.normalize("NFD", "Our café.\n\nWe keep it.\n"),
    ],
)
def test_loaders_make_the_text_canonical(read: Callable[[bytes, str], Document], data: str) -> None:
    assert read(data.encode(), "a").text == "Our café.\n\nWe keep it.\n"


@pytest.mark.parametrize("read", [read_text, read_markdown])
@pytest.mark.parametrize("data", [b"", b" \n\t\n", codecs.BOM_UTF8, b"\xef\xbb\xbf \r\n"])
def test_a_file_without_text_is_rejected(
    read: Callable[[bytes, str], Document], data: bytes
) -> None:
    with pytest.raises(LoadError, match="'a' holds no text"):
        read(data, "a")


@pytest.mark.parametrize(
    "text",
    [
        "Nous gardons les données de nos abonnés, l'œuvre protégée, 30 € par mois.\n" * 3,
        "We keep it, and it costs 30 € a month, as it has always done, and as you all know.\n",
        "Le tarif de l'Œuvre des abonnés est payé à l'échéance, à défaut de quoi elle cède.\n" * 3,
        FRENCH,
    ],
)
def test_latin_9_is_told_from_windows_1252(text: str) -> None:
    assert decode(text.encode("iso8859-15"), "a.txt") == text
    assert decode(text.encode("cp1252"), "a.txt") == text


def test_fractions_and_accents_of_windows_1252_stay() -> None:
    text = (
        "You don´t pay to us the 1½ percent that all of the others do pay, as you may know.\n" * 3
    )
    assert decode(text.encode("cp1252"), "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_files_may_be_in_any_script(encoding: str) -> None:
    text = ENGLISH + FRENCH + RUSSIAN + JAPANESE + "שלום עליכם \U0001f512\n"
    assert decode(text.encode(encoding), "a.txt") == text


def test_control_characters_are_dropped() -> None:
    text = decode(ENGLISH.encode() * 3 + b"a\0b\x07c\x7f d\x1be\n", "a.txt")
    assert text == ENGLISH * 3 + "abc d\x1be\n"


def test_mixed_line_ends_become_one() -> None:
    assert read_text(b"One.\r\nTwo.\rThree.\nFour.\n\rFive.", "a").text == (
        "One.\nTwo.\nThree.\nFour.\n\nFive."
    )


def test_marks_of_direction_stay() -> None:
    text = "The name \u2067שלום\u2069 is kept, \u202eas is\u202c.\n"
    assert read_text(text.encode(), "a").text == text


@given(
    st.text(
        st.sampled_from("ae\u0301\u0323\u0308\u0344\u0f71\u0f72\u0f73\u09c7\u09be가\u11a8"),
        max_size=300,
    )
)
def test_long_runs_of_combining_characters_are_normalised_as_others(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)
    assert nfc("a" + text * 3) == unicodedata.normalize("NFC", "a" + text * 3)
