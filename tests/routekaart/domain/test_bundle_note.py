"""LEES MIJ.txt of a ZIP."""

from routekaart.domain.content.bundle_note import Absent, bundle_note


def test_all_there_is() -> None:
    assert bundle_note(
        title="De Wilg, schooljaar 2026-2027", documents=1, failed=[], skipped=[]
    ) == ("De Wilg, schooljaar 2026-2027\n\nIn deze ZIP zit 1 document.\n")


def test_what_is_missing_stands_with_its_reason_on_one_line() -> None:
    note = bundle_note(
        title="De Wilg",
        documents=2,
        failed=[Absent("Team\nA, PDF", "De schijf is vol.")],
        skipped=[Absent("Team B", "Dit team heeft nog geen plan.")],
    )
    assert note == (
        "De Wilg\n\nIn deze ZIP zitten 2 documenten.\n\n"
        "Dit is niet gelukt:\n- Team A, PDF: De schijf is vol.\n\n"
        "Van deze teams is er niets gemaakt:\n- Team B: Dit team heeft nog geen plan.\n"
    )
