"""Pictures of goods: by hash, before or after the product, drawn anew."""

import hashlib
import io
import subprocess
import sys

import pytest
from PIL import Image

from data.catalogue import pictures
from data.exchange import files
from tests.running import ROOT
from tests.sync.kinds.conftest import NOW, row, rows


def png(width=1600, height=400, mode="RGBA"):
    packed = io.BytesIO()
    Image.new(mode, (width, height), 1 if mode == "1" else None).save(packed, "PNG")
    return packed.getvalue()


def named(content):
    return hashlib.sha256(content).hexdigest()


async def send(onec, *contents, key="bolt"):
    images = [{"sha256": named(content), "main": place == 0} for place, content in enumerate(contents)]
    await onec.send("product", key, {"name": "Болт", "images": images})


async def test_a_picture_is_drawn_small_whenever_its_file_comes(onec):
    content = png()
    await send(onec, content)
    before = await pictures.prepare(NOW)
    await files.keep(named(content), content)

    after = await pictures.prepare(NOW)

    ((kept,),) = await rows("SELECT kept FROM pictures")
    with Image.open(io.BytesIO(await files.content_of(kept))) as image:
        assert (image.format, image.size) == ("WEBP", (800, 200))
    assert (before, after) == (0, 1)
    assert await row("SELECT image FROM products") == (kept,)
    assert await pictures.prepare(NOW) == 0


async def test_a_picture_is_turned_as_the_camera_meant_and_tells_nothing_else(onec):
    packed = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "secret place"
    Image.new("RGB", (300, 100)).save(packed, "JPEG", exif=exif)

    drawn = pictures.redrawn(packed.getvalue())

    assert b"secret" not in drawn
    with Image.open(io.BytesIO(drawn)) as image:
        assert image.size == (100, 300)


BROKEN = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "html": b"<html>",
    "empty": b"",
    "cut": png()[:60],
    "huge": png(50_000, 1_000, "1"),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
async def test_a_picture_that_cannot_be_shown_is_passed_over(onec, content):
    good = png(10, 10)
    await send(onec, content, good)
    for one in (content, good):
        await files.keep(named(one), one)

    assert await pictures.prepare(NOW) == 1

    problem, image = await row("SELECT problem, image FROM pictures p JOIN products ON 1 WHERE p.main")
    assert problem
    assert image == (await row("SELECT kept FROM pictures WHERE NOT main"))[0]
    assert await pictures.prepare(NOW) == 0


async def test_pictures_are_replaced_as_a_list(onec):
    first, second = png(10, 10), png(20, 20)
    await send(onec, first, second)
    for one in (first, second):
        await files.keep(named(one), one)
    await pictures.prepare(NOW)

    await send(onec, second)

    ((sha256, kept),) = await rows("SELECT sha256, kept FROM pictures")
    assert sha256 == named(second)
    assert await row("SELECT image FROM products") == (kept,)
    await onec.send("product", "bolt", {"images": None})
    assert await row("SELECT image FROM products") == ("",)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "RGB", "RGBA"])
def test_every_mode_of_colour_is_drawn(mode):
    packed = io.BytesIO()
    Image.new(mode, (30, 30)).save(packed, "TIFF")

    with Image.open(io.BytesIO(pictures.redrawn(packed.getvalue()))) as image:
        assert image.size == (30, 30)


MEMORY = """
import io, sys, resource
from PIL import Image
from data.catalogue import pictures
packed = io.BytesIO()
Image.new("RGBA", (6300, 6300)).save(packed, "PNG")
content, before = packed.getvalue(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
pictures.redrawn(content)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kilobytes of memory are told by Linux only")
def test_the_largest_picture_is_not_copied_over_and_over():
    told = subprocess.run([sys.executable, "-c", MEMORY], cwd=ROOT, capture_output=True, text=True, check=True)

    assert int(told.stdout) < 250_000, "kB above the one copy that making the picture took"
