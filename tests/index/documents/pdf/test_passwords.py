"""Encrypted PDFs: what opens them, and what is said where nothing does."""

from __future__ import annotations

import random
import re

import pytest
from pypdf._codecs.pdfdoc import _pdfdoc_encoding

from index.documents.pdf.glyphs import read_pdf
from index.documents.pdf.passwords import spellings
from index.errors import LoadError
from tests.index.documents.pdf.encrypted_samples import ALGORITHMS, OWNER, READER, SAID, encrypted
from tests.index.documents.samples import column, pdf

NEEDED = (
    "'a.pdf' is encrypted and needs a password: save it without one first, or give it with "
    "'policy-assistant add --pdf-passwords FILE'"
)
REFUSED = (
    "'a.pdf' is encrypted, and {} it (or how it is encrypted is damaged): check what was given, or "
    "save it without a password first"
)
UNSUPPORTED = (
    "'a.pdf' is encrypted for certificates, or in another way that is not supported: save it "
    "without encryption first"
)


@pytest.mark.parametrize(
    ("typed", "tried"),
    [
        ("key", ["key"]),
        (" two words\t", [" two words\t"]),
        ("clé", ["clé"]),
        ("cle\u0301", ["cle\u0301", "clé"]),
        ("ﬁne", ["ﬁne", "fine", "\x93ne"]),
        ("10 € – Œ", ["10 € – Œ", "10 \xa0 \x85 \x96"]),
        ("k" * 200, ["k" * 127]),
        ("é" * 100, ["é" * 63]),
        ("a\udc80", ["a?"]),
    ],
)
def test_how_a_password_may_be_written(typed: str, tried: list[str]) -> None:
    assert spellings(typed) == tried


def test_older_files_have_their_own_encoding() -> None:
    for code, letter in enumerate(_pdfdoc_encoding):
        if code >= 0x80 and letter != "\0":
            assert chr(code) in spellings(letter), hex(code)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("password", [READER, OWNER])
def test_either_password_opens(algorithm: str, password: str) -> None:
    document = read_pdf(encrypted(algorithm=algorithm), "a.pdf", ["no", password, "nor this"])
    assert (document.text, document.title) == (SAID, "Logs")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_what_the_owner_alone_has_locked_opens_without(algorithm: str) -> None:
    data = encrypted("", algorithm=algorithm)
    assert read_pdf(data, "a.pdf").text == SAID
    assert read_pdf(data, "a.pdf", ["no"]).text == SAID


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("password", ["clé à ü", "ключ", "鍵🔑", "10 € – “q”", " key ", "k" * 200])
def test_passwords_of_any_letters(algorithm: str, password: str) -> None:
    data = encrypted(password, algorithm=algorithm)
    assert read_pdf(data, "a.pdf", [password]).text == SAID
    with pytest.raises(LoadError, match="does not open"):
        read_pdf(data, "a.pdf", [password[:1]])


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_accents_that_were_typed_apart(algorithm: str) -> None:
    assert read_pdf(encrypted("clé", algorithm=algorithm), "a.pdf", ["cle\u0301"]).text == SAID


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128"])
def test_the_encoding_of_older_files(algorithm: str) -> None:
    # pypdf writes ISO 8859-1, where these are the bytes that PDFDocEncoding has for it.
    data = encrypted("10 \xa0 \x85 \x96", algorithm=algorithm)
    assert read_pdf(data, "a.pdf", ["10 € – Œ"]).text == SAID


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], NEEDED),
        (["qx1"], REFUSED.format("the password given does not open")),
        (["qx1", "qx2", "qx3"], REFUSED.format("none of the 3 passwords given opens")),
    ],
)
def test_what_is_said_where_nothing_opens(algorithm: str, given: list[str], said: str) -> None:
    with pytest.raises(LoadError) as caught:
        read_pdf(encrypted(algorithm=algorithm), "a.pdf", given)
    assert str(caught.value) == said


def test_a_file_after_a_locked_one_is_not_called_locked() -> None:
    with pytest.raises(LoadError, match="needs a password"):
        read_pdf(encrypted(), "a.pdf")
    with pytest.raises(LoadError, match="is damaged, without pages or no PDF"):
        read_pdf(pdf([]), "a.pdf")
    assert read_pdf(pdf([column([SAID])]), "a.pdf", [READER]).text == SAID


@pytest.mark.parametrize(
    ("algorithm", "fault", "instead", "said"),
    [
        ("AES-128", rb"/Filter /Standard", b"/Filter /Adobe.PubSec", UNSUPPORTED),
        ("AES-256", rb"/Filter /Standard", b"/Filter /Secret", UNSUPPORTED),
        ("RC4-128", rb"/V 2", b"/V 9", REFUSED),
        ("RC4-128", rb"/R 3", b"/R 9", REFUSED),
        ("AES-128", rb"/StmF /StdCF", b"/StmF /None", REFUSED),
        ("AES-256", rb"/CFM /AESV3", b"/CFM /AESV9", REFUSED),
        ("AES-128", rb"/P -?\d+", b"/P null", REFUSED),
        ("RC4-40", rb"/O <", b"/X <", REFUSED),
        ("AES-256", rb"/U <", b"/X <", REFUSED),
        ("AES-256", rb"/UE <", b"/XX <", REFUSED),
        ("AES-256", rb"/Perms <", b"/XXXXX <", REFUSED),
        ("RC4-128", rb"/ID \[", b"/IX [", REFUSED),
        (
            "AES-128",
            rb"/Encrypt \d+ 0 R",
            b"/Encrypt 99 0 R",
            "'a.pdf' is damaged, in how it is encrypted: save or export it again",
        ),
    ],
)
def test_encryption_that_is_damaged_or_unknown(
    algorithm: str, fault: bytes, instead: bytes, said: str
) -> None:
    data, count = re.subn(fault, instead, encrypted(algorithm=algorithm), count=1)
    assert count == 1
    with pytest.raises(LoadError) as caught:
        read_pdf(data, "a.pdf", [READER])
    assert str(caught.value) == said.format("the password given does not open")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_any_damage_to_it_is_told_in_a_line(algorithm: str) -> None:
    chance = random.Random(algorithm)
    whole = encrypted(algorithm=algorithm)
    start, end = whole.index(b"/V "), whole.rindex(b"xref\n0")
    told = []
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(start, end)] = chance.randrange(256)
        try:
            read_pdf(bytes(data), "a.pdf", [READER])
        except LoadError as error:
            told.append(str(error))
    assert len(told) > 100
    for line in told:
        assert re.fullmatch(r"'a\.pdf' is .+|no text layer in 'a\.pdf' .+", line)
        assert READER not in line
