"""What people type reaches neither 1C nor a letter with characters that no document can carry."""

from data.access.names import is_email


async def test_control_characters_are_left_out_of_every_field(door):
    answer = await door.client().post(
        "/login",
        content=b"login=ol%00g%1Ba%C2%85%EF%BF%BF",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert 'value="olga"' in answer.text


def test_an_address_is_one_address_without_a_name_or_a_list():
    good = ["olga@firma.example", "имя.фамилия+заказы@почта.рф", "o'neil@firma.example"]
    bad = ["a@b,c@d", "Ольга<a@b.example>", "a@b\r\nBcc:x", '"a"@b', "a@[127.0.0.1]", "a;b@c", "a@b@c", "@b", "a@"]

    assert [text for text in [*good, *bad] if is_email(text)] == good
