"""«Главная»: the person's orders, the way to a new one, what waits for him, and what is new."""

from litestar import get
from litestar.response import Template

from data import clock
from data.exchange import integration
from data.news.reading import latest
from data.ordering.overview import counts
from data.ordering.showing import waiting_for
from data.ordering.summary import summary
from web.answers import AnyRequest, page
from web.badges import badges_of, may_order
from web.people import the_person
from web.rich_text import rich


@get("/", name="home")
async def home(request: AnyRequest) -> Template:
    who = the_person(request)
    news = [(one, rich(one.text)) for one in await latest(clock.now())]
    cart = await summary(who) if may_order(who) else None
    counted, waiting = await counts(who), await waiting_for(who)
    is_new = who.may("settings") and not await integration.is_set()
    badges = await badges_of(who)
    return page("home/show", cart=cart, news=news, counts=counted, waiting=waiting, badges=badges, is_new=is_new)
