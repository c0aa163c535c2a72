"""«Проверить интеграцию» says «Сервис доступен» or names the very step that fails."""

import socket
import ssl
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from data.exchange.integration import Integration
from sync import control
from sync.exchange_portal import addresses, failures
from sync.exchange_portal.check import advice_on
from sync.exchange_portal.failures import Unreachable

AVAILABLE = "Сервис доступен"


@pytest.mark.row("C01", "C05")
@pytest.mark.parametrize("text", ["ОК", "OK", "ok", "Оk", '"ОК"', "\ufeffОК", "\ufeff«OK»\r\n", "'ОК'\n", " ok ", "OК"])
async def test_ok_is_understood_however_it_is_written(onec, settings, text):
    onec.ping = text

    verdict = await control.check_integration(settings)

    assert (verdict.ok, verdict.text) == (True, AVAILABLE)
    line, headers, _ = onec.calls[0]
    assert line == "GET /trade/hs/ExchangePortal/ping HTTP/1.1"
    assert headers["authorization"].startswith("Basic ") and headers["host"] == f"127.0.0.1:{onec.port}"


@pytest.mark.row("C05")
@pytest.mark.parametrize(
    ("fault", "step", "words"),
    [
        ("http401", "status", "«Логин» и «Пароль»"),
        ("http404", "status", "Публиковать HTTP-сервисы расширений"),
        ("http500", "status", "500"),
        ("http302", "redirect", "перенаправляет"),
        ("html200", "body", "Это не сервис обмена"),
        ("empty200", "body", "Это не сервис обмена"),
        ("garbage", "body", "не сервис обмена"),
        ("refuse_connection", "connection", "прервалась"),
    ],
)
async def test_the_failing_step_is_named(onec, settings, fault, step, words):
    onec.faults = [fault]

    verdict = await control.check_integration(settings)

    assert not verdict.ok and verdict.step == step and words in verdict.text


async def test_a_stalled_service_is_given_up_in_time(onec, settings, monkeypatch):
    monkeypatch.setattr(failures, "WITHIN", 0.2)
    onec.faults = ["stall"]

    assert (await control.check_integration(settings)).step == "timeout"


async def test_an_answer_that_trickles_does_not_outlive_the_limit(settings, monkeypatch):
    monkeypatch.setattr(failures, "WITHIN", 0.3)
    stop = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))

    def trickle():
        line, _ = server.accept()
        with line:
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while not stop.wait(0.05):
                line.sendall(b"x")

    threading.Thread(target=trickle, daemon=True).start()
    verdict = await control.check_integration(replace(settings, server=f"127.0.0.1:{server.getsockname()[1]}"))
    stop.set()
    server.close()

    assert verdict.step == "timeout"


async def test_a_closed_port_and_an_unknown_name_are_told_apart(onec, settings):
    onec.close()
    refused = await control.check_integration(settings)
    unknown = await control.check_integration(replace(settings, server="http://no-such-host.invalid"))

    assert refused.step == "connect" and "не принимает соединения" in refused.text
    assert unknown.step == "dns" and "«no-such-host.invalid» не найден (DNS)" in unknown.text


@pytest.mark.row("C15")
@pytest.mark.parametrize(
    "server", ["http://127.0.0.1", "localhost", "10.1.2.3:8080", "http://192.168.0.7", "[::1]", "[::ffff:10.0.0.1]",
               "http://[fd00::1]", "100.64.1.1", "[fec0::1]", "[2002:a00:1::1]"],
)  # fmt: skip
async def test_a_private_address_needs_one_explicit_setting_that_is_named(server):
    found = Integration(server=server, path="x")

    verdict = await control.check_integration(found)
    assert verdict.step == "private" and control.CONFIRM_LABEL in verdict.text

    confirmed = replace(found, private_address_confirmed=True)
    assert (await addresses.resolve(confirmed)).ips


@pytest.mark.parametrize(
    "server", ["169.254.169.254", "[fe80::1]", "0.0.0.0", "[fd00:ec2::254]", "224.0.0.1", "[::ffff:169.254.169.254]",
               "100.100.100.200", "168.63.129.16", "[fd20:ce::254]", "2852039166", "0xa9fea9fe", "[::a9fe:a9fe]",
               "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::a9fe:a9fe]", "[2002:a9fe:a9fe::1]",
               "[2001:0:1::5601:5601]"],
)  # fmt: skip
async def test_link_local_and_metadata_addresses_are_never_called(server):
    found = Integration(server=server, path="x", private_address_confirmed=True)

    assert (await control.check_integration(found)).step == "forbidden"


@pytest.mark.parametrize(
    ("server", "path"),
    [
        ("ftp://host", "x"),
        ("http://", "x"),
        ("http://user:pass@host", "x"),
        ("http://host:99999", "x"),
        ("http://[::1", "x"),
        ("http://host?a", "x"),
        ("host", "a b"),
        ("host", "../x"),
        ("host", "x?y"),
        ("", "x"),
        ("host", ""),
    ],
)
async def test_a_wrongly_written_address_is_told_at_once(server, path):
    assert (await control.check_integration(Integration(server=server, path=path))).step == "address"


def test_slashes_and_a_missing_scheme_do_not_matter():
    expected = ("http", "1c.example.com", 8080, "/trade/hs/ExchangePortal")

    for server, path in [
        ("1c.example.com:8080/", "trade/hs/ExchangePortal/"),
        ("http://1c.example.com:8080/trade", "/hs/ExchangePortal"),
    ]:
        assert addresses.parts_of(Integration(server=server, path=path)) == expected
    with pytest.raises(Unreachable):
        addresses.parts_of(Integration(server="http://\u2100", path="x"))


@pytest.mark.parametrize(
    ("server", "is_open"),
    [
        ("http://1c.example.com", True),
        ("http://192.168.1.5:8080", True),
        ("https://1c.example.com", False),
        ("http://127.0.0.1:8080", False),
        ("http://[::1]:8080", False),
        ("http://localhost", False),
    ],
)
def test_plain_http_in_the_network_is_explained(server, is_open):
    advice = advice_on(Integration(server=server, path="/trade/hs/ExchangePortal"))

    assert ("без шифрования" in advice) is is_open


def certificate(folder, name, *, days=1):
    """A self-signed certificate for this name and its key; the path of both in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.now(UTC) - timedelta(days=3)
    made = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(start + timedelta(days=3 + days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / f"{name}{days}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return str(path)


@pytest.fixture
def secure(onec):
    """Make the stand-in speak TLS with a certificate."""

    def use(path):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        onec.wrap = context.wrap_socket

    return use


@pytest.mark.row("C15")
async def test_a_self_signed_certificate_works_after_it_is_named_in_the_settings(onec, settings, secure, tmp_path):
    path = certificate(tmp_path, "localhost")
    secure(path)
    https = replace(settings, server=f"https://localhost:{onec.port}")

    verdict = await control.check_integration(https)
    assert verdict.step == "tls" and control.CERTIFICATE_LABEL in verdict.text and "самоподписанный" in verdict.text

    assert (await control.check_integration(replace(https, certificate_file=path))).text == AVAILABLE


async def test_a_certificate_of_another_name_or_past_its_time_is_told_apart(onec, settings, secure, tmp_path):
    https = replace(settings, server=f"https://localhost:{onec.port}")
    other, old = certificate(tmp_path, "other.example"), certificate(tmp_path, "localhost", days=-1)

    secure(other)
    assert "под тем именем" in (await control.check_integration(replace(https, certificate_file=other))).text
    secure(old)
    assert "Срок" in (await control.check_integration(replace(https, certificate_file=old))).text


async def test_https_where_only_http_answers_is_named(settings):
    server = socket.create_server(("127.0.0.1", 0))

    def answer():
        line, _ = server.accept()
        with line:
            line.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            line.recv(1000)

    threading.Thread(target=answer, daemon=True).start()
    with server:
        found = replace(settings, server=f"https://127.0.0.1:{server.getsockname()[1]}")
        verdict = await control.check_integration(found)

    assert verdict.step == "tls" and "http://" in verdict.text


async def test_a_missing_certificate_file_is_named(settings, tmp_path):
    verdict = await control.check_integration(replace(settings, certificate_file=str(tmp_path / "none.pem")))

    assert verdict.step == "certificate" and control.CERTIFICATE_LABEL in verdict.text
