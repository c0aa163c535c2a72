"""The session is found among whatever other cookies the same host has, and in no other cookie than its own."""

import pytest

AMONG = [
    "session={}",
    "sessionid=of-another-program; session={}",
    "session_mark=1;session={}",
    "xsession=1; session={}; device=x",
    "note=session; session={}",
]
NOT_OURS = ["sessionid={}", "xsession={}", "note=session={}", "session ={}", "session=planted; session={}", "session"]


@pytest.mark.parametrize("header", AMONG)
async def test_other_programs_on_the_same_host_end_nobodys_session(door, header):
    browser = await door.signed_in("olga@firma.example")
    token = browser.cookies["session"]

    answer = await door.client().get("/more", headers={"Cookie": header.format(token)})

    assert answer.status_code == 200


@pytest.mark.parametrize("header", NOT_OURS)
async def test_a_token_in_another_cookie_opens_nothing(door, header):
    browser = await door.signed_in("olga@firma.example")
    token = browser.cookies["session"]

    answer = await door.client().get("/more", headers={"Cookie": header.format(token)})

    assert answer.status_code == 303
