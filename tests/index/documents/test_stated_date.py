from __future__ import annotations

import pytest

from index.documents.stated_date import stated_date


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
        ("This policy is effective January 1, 2020.", "2020-01-01"),
        (
            "The GDPR, in effect since 25 May 2018, binds us. Last updated: 3 March 2022.",
            "2022-03-03",
        ),
        (
            "This replaces our old policy, effective January 1, 2015. Last updated: 3 May 2022.",
            "2022-05-03",
        ),
        ("_Page updated 28 Feb 2024. Optimize changed to Convert.com._", "2024-02-28"),
        ("Last Updated and Effective: 01 April 2022\n\nThis is it.", "2022-04-01"),
        ("Your Privacy Rights – Effective January 11, 2023\n\nThis is it.", "2023-01-11"),
        ("_Effective date 10th Jan 2023_", "2023-01-10"),
        # no date of its own, or none that can be told
        ("Last updated 03/04/2020", None),
        ("Last updated 2019-02-30", None),
        ("Last updated 2019-02-30. Revised 2019-03-01", "2019-03-01"),
        ("We were founded on 1 May 2019.", None),
        ("The AI Act is in force since 1 August 2024.", None),
        ("The GDPR is effective from 25 May 2018.", None),
        ("The law of 2016-04-27 applies.", None),
        ("", None),
    ],
)
def test_stated_date(text: str, date: str | None) -> None:
    assert stated_date(text) == date
