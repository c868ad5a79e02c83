from __future__ import annotations

import pytest

from index.dates import stated_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("(Revision : 2010.07.01)", "2010-07-01"),
        ("Last updated on June 15, 2014.", "2014-06-15"),
        ("It has been in effect since 1st May 2019.", "2019-05-01"),
        ("**Effective Date:** 2020-02-29", "2020-02-29"),
        ("Effective from the start. Last revised: Sept. 3rd, 2021", "2021-09-03"),
        ("Version date: 31/12/2020", "2020-12-31"),
        ("Version date: 12/31/2020", "2020-12-31"),
        ("Updated 05.05.2020", "2020-05-05"),
        ("Comes into force on 2 of January 2022", "2022-01-02"),
        ("last modified\n2018/1/9", "2018-01-09"),
        ("*Last updated: [July 18, 2022](https://acme.example/changes)*", "2022-07-18"),
        ("Effective 4 March 2019, last updated 5 March 2020", "2019-03-04"),
        # no date of its own, or none that can be told
        ("Last updated 03/04/2020", None),
        ("Last updated 2019-02-30", None),
        ("Last updated 2019-02-30. Revised 2019-03-01", "2019-03-01"),
        ("We were founded on 1 May 2019.", None),
        ("The law of 2016-04-27 applies.", None),
        ("", None),
    ],
)
def test_stated_date(text: str, date: str | None) -> None:
    assert stated_date(text) == date
