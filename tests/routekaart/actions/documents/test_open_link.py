"""Opening a link: until when, by whom, and what is written down."""

from pathlib import Path

import pytest
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import NotFound, Role
from routekaart.actions.documents.links import open_link, revoke_link
from routekaart.models import AuditEntry, Document, Person, RoleGrant
from routekaart.queries.documents.link_tokens import token_of
from routekaart.queries.documents.links import link_in_hand
from tests.handing_over import BYTES, NOW, SECOND, SITE, UNTIL, Handing, ended, opened, send, sent
from tests.makers import access_for
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def handing(settings: Settings, tmp_path: Path) -> Handing:
    settings.STORAGE_DIR = tmp_path
    settings.PUBLIC_ADDRESS = SITE
    return Handing()


class TestOpening:
    def test_it_is_written_down_each_time_and_the_first_is_kept(self, handing: Handing) -> None:
        link = sent(handing)
        link_in_hand(token=token_of(link.pk), now=NOW)
        assert handing.link(link.pk).opened_at is None
        assert opened(link, NOW + SECOND) == BYTES
        assert opened(link, NOW + 2 * SECOND) == BYTES
        assert handing.link(link.pk).opened_at == NOW + SECOND
        with scopes_disabled():
            entries = AuditEntry.objects.filter(action="open_document")
            assert [(row.person, row.object_kind, row.object_id) for row in entries] == [
                (link.recipient, "DocumentLink", str(link.pk))
            ] * 2

    def test_it_works_until_the_second(self, handing: Handing) -> None:
        link = sent(handing)
        assert opened(link, UNTIL - SECOND) == BYTES
        ended(link, UNTIL)

    def test_stopped_at_once_and_only_once(self, handing: Handing) -> None:
        link = sent(handing)
        for later in (NOW, NOW + SECOND):
            revoke_link(by=handing.stage.as_trainer, link_id=link.pk, now=later)
        ended(link)
        assert handing.link(link.pk).revoked_at == NOW
        with scopes_disabled():
            assert AuditEntry.objects.filter(action="revoke_link").count() == 1

    def test_who_may_stop_it(self, handing: Handing) -> None:
        link = sent(handing)
        (hidden,) = send(handing, handing.document(holds_persons=True), handing.stage.trainer).links
        for by, one in (
            (handing.stage.as_member, link),
            (Stage().as_lead, link),
            (access_for(handing.people[Role.BOARD]), link),
            (handing.stage.as_director, hidden),
        ):
            with pytest.raises(NotFound):
                revoke_link(by=by, link_id=one.pk, now=NOW)
        assert opened(link) == opened(hidden) == BYTES

    def test_who_lost_the_role_or_the_account(self, handing: Handing) -> None:
        first = sent(handing)
        (other,) = send(handing, handing.document(), handing.stage.trainer).links
        RoleGrant.objects.filter(person=handing.stage.director).delete()
        ended(first)
        Person.objects.filter(pk=handing.stage.trainer.pk).update(is_active=False)
        ended(other)

    def test_who_became_director_no_longer_opens_what_holds_persons(self, handing: Handing) -> None:
        (link,) = send(handing, handing.document(holds_persons=True), handing.stage.trainer).links
        RoleGrant.objects.filter(person=handing.stage.trainer).update(role="director")
        ended(link)

    def test_a_document_that_is_gone(self, handing: Handing) -> None:
        link = sent(handing)
        token = token_of(link.pk)
        with scopes_disabled():
            Document.objects.all().delete()
        with pytest.raises(NotFound):
            open_link(token=token, now=NOW)
