"""Handing over documents: who gets a mail, and what the outbox keeps of it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.documents.links import revoke_link, send_document
from routekaart.clock import standing_at
from routekaart.domain.document_links import MOST_RECIPIENTS
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.mail_texts import LINK_IN_MAIL_ONLY, NOT_NEEDED
from routekaart.models import AuditEntry, DocumentLink, Mail, Person, RoleGrant
from routekaart.queries.documents.link_tokens import token_of
from routekaart.queries.documents.links import links_of
from routekaart.queries.mail.outbox import failed_mails, mails_for
from tests.handing_over import BYTES, NOW, SECOND, SITE, UNTIL, Handing, ended, opened, send, sent
from tests.makers import access_for, make_colleague, make_person, make_team
from tests.sending import send_all
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def handing(settings: Settings, tmp_path: Path) -> Handing:
    settings.STORAGE_DIR = tmp_path
    settings.PUBLIC_ADDRESS = SITE
    return Handing()


def deliver(now: datetime = NOW) -> int:
    with standing_at(now):
        return send_all(now=now)


class TestSending:
    def test_each_gets_a_mail_of_the_own(self, handing: Handing, mailoutbox: list[Any]) -> None:
        document = handing.document()
        board = handing.people[Role.BOARD]
        handed = send(handing, document, handing.stage.director, board)
        assert [link.recipient for link in handed.links] == [handing.stage.director, board]
        assert handed.had_one == ()
        for link in handed.links:
            assert (link.made_by, link.made_at, link.expires_at) == (
                handing.stage.lead,
                NOW,
                UNTIL,
            )
        assert deliver() == 2
        for message, link in zip(mailoutbox, handed.links, strict=True):
            assert message.to == [link.recipient.email]
            assert message.subject == "Document voor jou: Scholingsplan van het team (PDF)"
            assert f"Open het hier:\n{SITE}/gedeeld/{token_of(link.pk)}\n" in message.body
            assert "Lies Leider heeft een document voor je klaargezet" in message.body
            assert "Bovenbouw, De Wilg." in message.body
            assert "De link werkt tot woensdag 23 september 2026, 12.00 uur." in message.body
        with scopes_disabled():
            entries = AuditEntry.objects.filter(action="send_document")
            assert [(row.person, row.object_id) for row in entries] == [
                (handing.stage.lead, str(document.pk))
            ]

    def test_no_table_holds_a_link(self, handing: Handing) -> None:
        link = sent(handing)
        deliver()
        mail = Mail.objects.get()
        token = token_of(link.pk)
        signature = token.partition(".")[2]
        assert len(signature) >= 43  # 256 bits
        assert (mail.state, LINK_IN_MAIL_ONLY in mail.body) == ("sent", True)
        with scopes_disabled():
            rows = [vars(mail), vars(DocumentLink.objects.get()), *AuditEntry.objects.values()]
        assert not [row for row in rows if signature in str(row)]

    def test_the_same_is_not_sent_twice(self, handing: Handing) -> None:
        document, director = handing.document(), handing.stage.director
        send(handing, document, director)
        again = send(handing, document, director, handing.people[Role.BOARD])
        assert [link.recipient.name for link in again.links] == ["Roel board"]
        assert again.had_one == (director,)
        assert send(handing, document, director, by=handing.stage.as_trainer).links == ()
        assert Mail.objects.count() == 2
        with scopes_disabled():
            assert AuditEntry.objects.filter(action="send_document").count() == 2
        # Another document is another matter.
        assert len(send(handing, handing.document(), director).links) == 1

    def test_sending_to_one_stops_nothing_of_another(self, handing: Handing) -> None:
        document = handing.document()
        (lost,) = send(handing, document, handing.people[Role.BOARD]).links
        Mail.objects.filter(key=f"document:{lost.pk}").update(state="failed")
        send(handing, document, handing.stage.director)
        assert handing.link(lost.pk).revoked_at is None

    def test_after_stopping_expiry_or_a_lost_mail_it_may_be_sent_again(
        self, handing: Handing
    ) -> None:
        document, director = handing.document(), handing.stage.director
        (first,) = send(handing, document, director).links
        revoke_link(by=handing.stage.as_lead, link_id=first.pk, now=NOW)
        (second,) = send(handing, document, director).links
        assert send(handing, document, director, now=UNTIL - SECOND).links == ()
        (third,) = send(handing, document, director, now=UNTIL).links
        Mail.objects.filter(key=f"document:{third.pk}").update(state="failed")
        (fourth,) = send(handing, document, director, now=UNTIL).links
        assert len({first.pk, second.pk, third.pk, fourth.pk}) == 4
        # Nobody knows the one that did not arrive; it must not turn up later either.
        ended(third, UNTIL)
        assert opened(fourth, UNTIL) == BYTES

    @pytest.mark.parametrize(
        ("many", "code"),
        [(0, "no_recipients"), (MOST_RECIPIENTS + 1, "too_many_recipients")],
    )
    def test_how_many(self, handing: Handing, many: int, code: str) -> None:
        with pytest.raises(BadInput) as refused:
            send_document(
                by=handing.stage.as_lead,
                document_id=handing.document().pk,
                recipients=[uuid4() for _ in range(many)],
                now=NOW,
            )
        assert (refused.value.field, refused.value.code) == ("recipients", code)

    def test_who_may_not_read_gets_nothing_and_neither_do_the_others(
        self, handing: Handing
    ) -> None:
        document = handing.document()
        inactive = make_colleague(handing.stage.team, Role.DIRECTOR, name="Weg")
        Person.objects.filter(pk=inactive.pk).update(is_active=False)
        strangers = [
            make_person(),
            inactive,
            Stage().director,
            handing.people[Role.SCHOOL_ADMIN],
            make_colleague(make_team(handing.stage.school, "Onderbouw")),
        ]
        for stranger in (*strangers, Person(pk=uuid4())):
            with pytest.raises(BadInput) as refused:
                send(handing, document, handing.stage.director, stranger)
            assert refused.value.code == "may_not_read"
        assert not Mail.objects.exists()

    def test_a_document_with_persons_is_for_who_sees_those(self, handing: Handing) -> None:
        document = handing.document(holds_persons=True)
        for role in (Role.DIRECTOR, Role.BOARD, Role.MR_READER, Role.MEMBER):
            with pytest.raises(BadInput):
                send(handing, document, handing.people[role])
        handed = send(handing, document, handing.stage.trainer)
        assert opened(handed.links[0]) == BYTES
        # The mail does not say that persons are in it.
        plain = send(handing, handing.document(), handing.stage.trainer).links[0]
        texts = {(row.subject, row.body) for row in Mail.objects.all()}
        assert (len(texts), Mail.objects.count(), plain.pk != handed.links[0].pk) == (1, 2, True)

    def test_others_do_not_see_that_it_was_sent(self, handing: Handing) -> None:
        link = sent(handing)
        school = handing.stage.school.pk
        Mail.objects.update(state="failed")
        for role in Role:
            by = access_for(handing.people[role])
            assert not mails_for(by=by, school_id=school).exists()
            assert not failed_mails(by=by).exists()
        assert mails_for(by=access_for(link.recipient), school_id=school).count() == 1

    def test_who_may_send(self, handing: Handing) -> None:
        document, director = handing.document(), handing.stage.director
        for role, refused in (
            (Role.MEMBER, Forbidden),
            (Role.MR_READER, NotFound),
            (Role.SCHOOL_ADMIN, NotFound),
        ):
            with pytest.raises(refused):
                send(handing, document, director, by=access_for(handing.people[role]))
        with pytest.raises(NotFound):
            send(handing, document, director, by=Stage().as_lead)

    def test_without_an_address_of_the_site_there_is_no_link(
        self, handing: Handing, settings: Settings
    ) -> None:
        settings.PUBLIC_ADDRESS = ""
        with pytest.raises(Conflict) as conflict:
            sent(handing)
        assert conflict.value.code == "no_public_address"
        assert not Mail.objects.exists()

    def test_the_days_of_the_settings(self, handing: Handing, settings: Settings) -> None:
        settings.DOCUMENT_LINK_DAYS = 1
        assert sent(handing).expires_at == NOW + timedelta(days=1)


class TestGoingOut:
    def stopped(self, handing: Handing, link: DocumentLink) -> None:
        revoke_link(by=handing.stage.as_lead, link_id=link.pk, now=NOW)

    def left(self, _handing: Handing, link: DocumentLink) -> None:
        RoleGrant.objects.filter(person=link.recipient).delete()

    @pytest.mark.parametrize("what", ["stopped", "left"])
    def test_a_link_that_ended_meanwhile_is_not_mailed(
        self, handing: Handing, mailoutbox: list[Any], what: str
    ) -> None:
        getattr(self, what)(handing, sent(handing))
        deliver()
        assert mailoutbox == []
        assert (Mail.objects.get().state, Mail.objects.get().failure) == ("cancelled", NOT_NEEDED)

    def test_nor_one_that_is_too_late(self, handing: Handing, mailoutbox: list[Any]) -> None:
        sent(handing)
        deliver(UNTIL)
        assert (mailoutbox, Mail.objects.get().state) == ([], "cancelled")


def test_a_board_sends_to_directors_and_sees_only_what_it_sent(handing: Handing) -> None:
    board, stage = access_for(handing.people[Role.BOARD]), handing.stage
    document = handing.document()
    (of_lead,) = send(handing, document, stage.director).links
    with pytest.raises(BadInput) as refused:
        send(handing, document, stage.lead, by=board)
    assert refused.value.code == "may_not_read"
    (own,) = send(handing, document, handing.people[Role.DIRECTOR], by=board).links
    assert opened(own) == BYTES
    assert [link.pk for link in links_of(by=board, document_id=document.pk)] == [own.pk]
    assert {link.pk for link in links_of(by=stage.as_director, document_id=document.pk)} == {
        own.pk,
        of_lead.pk,
    }
    with pytest.raises(NotFound):
        revoke_link(by=board, link_id=of_lead.pk, now=NOW)
    revoke_link(by=board, link_id=own.pk, now=NOW)
    ended(own)
