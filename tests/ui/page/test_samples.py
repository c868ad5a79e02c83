from ui.page.samples import sample_policies


def test_the_samples_are_those_of_the_corpus() -> None:
    assert [file.stem for file in sample_policies()] == [
        "cpw",
        "imgwg",
        "intraworks",
        "introplex",
        "ixanet",
    ]
