import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Citation, CitationError, format_citation, parse_citation

OFFSETS = st.tuples(st.integers(0, 10**12 - 2), st.integers(1, 10**9)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], 10**12 - 1))
)


def test_the_form() -> None:
    written = "intraworks@3f9a1c2b7d10:1204-1287"
    assert format_citation("intraworks", "3f9a1c2b7d10", 1204, 1287) == written
    assert parse_citation(written) == Citation("intraworks", "3f9a1c2b7d10", 1204, 1287)
    assert parse_citation(f" {written}\n") == Citation("intraworks", "3f9a1c2b7d10", 1204, 1287)


@given(
    st.from_regex(r"[a-z0-9][a-z0-9-]{0,79}", fullmatch=True),
    st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
    OFFSETS,
)
def test_reading_undoes_writing(policy: str, version: str, span: tuple[int, int]) -> None:
    written = format_citation(policy, version, *span)
    assert parse_citation(written) == Citation(policy, version, *span)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "acme",
        "acme@3f9a1c2b7d10",
        "acme@3f9a1c2b7d10:5",
        "acme@3f9a1c2b7d10:5-5",
        "acme@3f9a1c2b7d10:6-5",
        "acme@3f9a1c2b7d10:-1-5",
        "acme@3f9a1c2b7d1:1-5",
        "acme@3f9a1c2b7d100:1-5",
        "acme@3F9A1C2B7D10:1-5",
        "Acme@3f9a1c2b7d10:1-5",
        "@3f9a1c2b7d10:1-5",
        "../acme@3f9a1c2b7d10:1-5",
        "acme@3f9a1c2b7d10:1-5 and more",
        "acme@3f9a1c2b7d10:١-٥",
        "acme@3f9a1c2b7d10:1-1000000000000000000000000",
        "\udcff",
    ],
)
def test_what_is_no_citation_id(text: str) -> None:
    with pytest.raises(CitationError) as caught:
        parse_citation(text)
    assert str(caught.value) == (
        f"{text!r} is not a citation id, which has the form policy@version:start-end, such as "
        "intraworks@3f9a1c2b7d10:1204-1287"
    )
