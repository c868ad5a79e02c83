from __future__ import annotations

from assistant import Assistant, Quote, Topic

SOLD = "Do you sell my personal information?"


def test_a_grid_of_topics(compass: Assistant) -> None:
    topics = [
        Topic("selling", (SOLD, "Who buys personal information?")),
        Topic("cookies", ("Are cookies used?", "Do you use cookies?")),
    ]
    coverage = compass.coverage(topics)
    assert [entry.id for entry in coverage.policies] == ["north", "south", "west"]
    assert [[cell.quote is not None for cell in row] for row in coverage.cells] == [
        [True, False],
        [True, True],
        [False, False],
    ]
    cookies = coverage.cells[1][1]
    assert isinstance(cookies.quote, Quote)
    assert cookies.quote.exact == "We use cookies to keep you signed in."
    assert cookies.question == "Do you use cookies?"
    data = coverage.to_dict()
    assert data["policies"][2]["cells"]["cookies"]["stated"] is False
    assert data["policies"][1]["cells"]["cookies"]["quote"]["exact"] == cookies.quote.exact


def test_a_quote_without_the_words_of_the_topic_does_not_state_it(
    compass: Assistant,
) -> None:
    questions = (SOLD, "Is information of children sold?")
    coverage = compass.coverage([Topic("children", questions, ("child", "minor"))], ["north"])
    assert coverage.cells[0][0].quote is None
    coverage = compass.coverage([Topic("selling", questions, ("buy", "sell"))], ["north"])
    quote = coverage.cells[0][0].quote
    assert quote is not None
    assert quote.exact.startswith("We sell your")
