from __future__ import annotations

import re

from ui.history.kept import Feedback, Judgement
from ui.page.html.answer_footer import judging, taking_along


def test_an_answer_is_judged_below_it() -> None:
    html = judging("id-1", None)
    assert html.startswith('<footer class="pa-after" data-answer="id-1">')
    assert html.count('aria-pressed="false"') == 3
    assert "textarea" not in html
    noted = judging("id-1", Feedback(Judgement.WRONG, "<No>"))
    assert 'data-judgement="wrong" aria-pressed="true">Wrong</button>' in noted
    assert noted.count('aria-pressed="false"') == 2
    assert ">&lt;No&gt;</textarea>" in noted
    assert '<span role="status">Saved with your note. It stays' in noted


def test_an_answer_is_taken_along() -> None:
    html = taking_along("id-1")
    assert html.startswith('<footer class="pa-after" data-answer="id-1">')
    assert re.findall('data-form="([a-z]+)"', html) == ["markdown", "html", "json"]
    assert ("pa-share" in html, "pa-judge" in html) == (True, False)
