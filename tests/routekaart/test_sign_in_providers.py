"""The providers that an administrator sets up, and what is said of a mistake."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.env import BadEnvironment, Environment
from routekaart.sign_in_providers import PRESETS, as_apps, providers_of
from tests.tiers import examples

MICROSOFT = {
    "OIDC_PROVIDERS": "microsoft",
    "OIDC_MICROSOFT_CLIENT_ID": "abc",
    "OIDC_MICROSOFT_CLIENT_SECRET": "geheim",
    "OIDC_MICROSOFT_TENANT": "11111111-2222-3333-4444-555555555555",
}
OTHER = {
    "OIDC_PROVIDERS": "anders",
    "OIDC_ANDERS_TITLE": "Ons portaal",
    "OIDC_ANDERS_ISSUER": "https://portaal.test/",
    "OIDC_ANDERS_CLIENT_ID": "abc",
    "OIDC_ANDERS_CLIENT_SECRET": "geheim",
    "OIDC_ANDERS_DOMAINS": "school.nl",
}
ENTREE = {
    "OIDC_PROVIDERS": "entree",
    "OIDC_ENTREE_ISSUER": "https://entree.test",
    "OIDC_ENTREE_CLIENT_ID": "abc",
    "OIDC_ENTREE_CLIENT_SECRET": "geheim",
    "OIDC_ENTREE_DOMAINS": "@School.nl, andere-school.nl",
}


def test_none_unless_one_is_named() -> None:
    assert providers_of(Environment({})) == ()


def test_each_has_variables_of_its_own() -> None:
    both = {**MICROSOFT, **OTHER, "OIDC_PROVIDERS": "anders, microsoft"}
    other, microsoft = providers_of(Environment(both))
    assert (other.title, other.issuer) == ("Ons portaal", "https://portaal.test")
    assert microsoft.title == "Microsoft"
    assert microsoft.issuer == (
        "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
    )
    assert as_apps([microsoft])[0]["client_id"] == "abc"
    (entree,) = providers_of(Environment(ENTREE))
    assert entree.domains == ("school.nl", "andere-school.nl")
    assert (entree.preset.school, entree.preset.affiliation) == (
        "nlEduPersonHomeOrganizationId",
        "eduPersonAffiliation",
    )
    (here,) = providers_of(Environment({**OTHER, "OIDC_ANDERS_ISSUER": "http://127.0.0.1:9"}))
    assert here.issuer == "http://127.0.0.1:9"


def test_only_entree_passes_on_what_schools_tell() -> None:
    assert [slug for slug, preset in PRESETS.items() if preset.told_by_schools] == ["entree"]
    assert PRESETS["entree"].claims == {
        "mail", "nlEduPersonHomeOrganizationId", "eduPersonAffiliation", "displayName", "name",
        "givenName", "nlEduPersonTussenvoegsels", "sn",
    }  # fmt: skip
    assert PRESETS["microsoft"].claims == {"email", "xms_edov", "name"}


@pytest.mark.parametrize(
    ("right", "change", "said"),
    [
        (OTHER, {"OIDC_PROVIDERS": "facebook"}, f"kies uit {', '.join(PRESETS)}"),
        (OTHER, {"OIDC_PROVIDERS": "anders,anders"}, "twee keer"),
        (OTHER, {"OIDC_ANDERS_TITLE": ""}, "OIDC_ANDERS_TITLE ontbreekt"),
        (OTHER, {"OIDC_ANDERS_ISSUER": ""}, "OIDC_ANDERS_ISSUER ontbreekt"),
        (OTHER, {"OIDC_ANDERS_ISSUER": "http://portaal.test"}, "moet beginnen met https://"),
        (OTHER, {"OIDC_ANDERS_ISSUER": "portaal.test"}, "moet beginnen met https://"),
        (OTHER, {"OIDC_ANDERS_CLIENT_ID": ""}, "OIDC_ANDERS_CLIENT_ID ontbreekt"),
        (OTHER, {"OIDC_ANDERS_CLIENT_SECRET": " "}, "OIDC_ANDERS_CLIENT_SECRET ontbreekt"),
        (OTHER, {"OIDC_ANDERS_DOMAINS": ""}, "OIDC_ANDERS_DOMAINS ontbreekt: noem de domeinen"),
        (MICROSOFT, {"OIDC_MICROSOFT_TENANT": ""}, "OIDC_MICROSOFT_TENANT ontbreekt"),
        (MICROSOFT, {"OIDC_MICROSOFT_TENANT": "common"}, "tenant van jullie eigen bestuur"),
        (MICROSOFT, {"OIDC_MICROSOFT_TENANT": "x/../common"}, "tenant van jullie eigen bestuur"),
        (MICROSOFT, {"OIDC_MICROSOFT_TENANT": "bestuur.onmicrosoft.com"}, "Een domein werkt niet"),
        (MICROSOFT, {"OIDC_MICROSOFT_DOMAINS": "school"}, "geen domein"),
        (ENTREE, {"OIDC_ENTREE_DOMAINS": ""}, "OIDC_ENTREE_DOMAINS ontbreekt"),
    ],
)
def test_a_mistake_is_a_sentence(right: dict[str, str], change: dict[str, str], said: str) -> None:
    with pytest.raises(BadEnvironment, match=r".*") as caught:
        providers_of(Environment({**right, **change}))
    assert said in str(caught.value)


@pytest.mark.parametrize("issuer", ["https://[::1", "https://", "https://a:veel", "http://a.test"])
def test_an_issuer_that_is_no_address(issuer: str) -> None:
    with pytest.raises(BadEnvironment, match="OIDC_ANDERS_ISSUER"):
        providers_of(Environment(OTHER | {"OIDC_ANDERS_ISSUER": issuer}))


@settings(max_examples=examples(100, 5000))
@given(
    st.sampled_from([MICROSOFT, OTHER, ENTREE]),
    st.sampled_from(sorted({*MICROSOFT, *OTHER, *ENTREE})),
    st.text() | st.text(max_size=9).map("https://{}".format),
)
def test_any_setting_is_a_provider_or_a_sentence(
    usual: dict[str, str], name: str, value: str
) -> None:
    with contextlib.suppress(BadEnvironment):
        found = providers_of(Environment(usual | {name: value}))
        assert all(one.issuer.startswith("http") for one in found)
