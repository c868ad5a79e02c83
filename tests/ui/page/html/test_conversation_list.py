from datetime import UTC, datetime, timedelta, timezone

from ui.history.kept import Conversation
from ui.page.html.conversation_list import clock, conversation_list

NOW = datetime(2026, 11, 26, 9, 5, tzinfo=UTC)


def asked(title: str, time: datetime) -> Conversation:
    return Conversation("c-1", title, time)


def test_a_conversation_can_be_opened_and_deleted() -> None:
    html = conversation_list([asked("<Who>?", NOW)], "c-1", NOW)
    assert (
        '<ul class="pa-past"><li><button type="button" class="pa-open" data-conversation="c-1"'
        ' aria-current="true"><span dir="auto">&lt;Who&gt;?</span>'
        '<small><time datetime="2026-11-26T09:05+00:00">Today, 09:05</time></small></button>'
        '<button type="button" class="pa-delete" data-conversation="c-1"'
        ' aria-label="Delete the conversation: &lt;Who&gt;?">Delete</button></li></ul>' in html
    )


def test_while_an_answer_comes_nothing_can_be_opened_or_deleted() -> None:
    html = conversation_list([asked("Who?", NOW)], "", NOW, busy=True)
    assert html.count(" disabled>") == 3
    assert "aria-current" not in html


def test_days_are_those_of_the_reader() -> None:
    def shown(ago: timedelta, now: datetime = NOW) -> str:
        return conversation_list([asked("?", NOW - ago)], "", now)

    assert ">Yesterday, 23:00<" in shown(timedelta(hours=10, minutes=5))
    assert ">24 November 2026<" in shown(timedelta(days=2))
    east = NOW.astimezone(timezone(timedelta(hours=15)))
    assert ">Today, 00:04<" in shown(timedelta(minutes=1), east)
    assert clock(NOW, east) == "27 November 2026, 00:05"


def test_without_any_it_says_where_they_will_be_kept() -> None:
    assert conversation_list([], "", NOW).endswith(
        '<h2 class="pa-heading">Conversations</h2>'
        '<p class="pa-none">What you ask is kept here, on this machine.</p>'
    )
