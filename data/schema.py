"""Every table of the portal and every key that Piccolo cannot declare."""

from piccolo.table import Table

from data.access import attempts, devices, keys, links, organisations, roles, sessions, users
from data.catalogue import groups, products, stock
from data.documents import documents
from data.exchange import channel, inbox, journal, node, queue, versions
from data.letters import letters
from data.news import news
from data.ordering import delivery, orders
from data.partners import partners, sellers
from data.pricing import prices
from data.settings import Setting

TABLES: tuple[type[Table], ...] = (
    Setting,
    node.Node,
    queue.QueueRecord,
    versions.TakenVersion,
    versions.SentVersion,
    inbox.Answered,
    inbox.Deferred,
    inbox.SnapshotPart,
    journal.Event,
    journal.EventItem,
    channel.Channel,
    roles.Role,
    organisations.Organisation,
    users.User,
    users.Membership,
    sessions.Session,
    links.Link,
    attempts.FailedSignIn,
    devices.Device,
    keys.Key,
    keys.Token,
    groups.ProductGroup,
    products.Product,
    products.Variant,
    products.Pack,
    products.Barcode,
    products.Picture,
    stock.Warehouse,
    stock.Stock,
    prices.PriceType,
    prices.Price,
    prices.PersonalPrice,
    sellers.Seller,
    partners.Manager,
    partners.Partner,
    partners.Counterparty,
    partners.Contract,
    partners.Agreement,
    partners.Contact,
    partners.Address,
    delivery.DeliveryMethod,
    delivery.CancelReason,
    orders.Order,
    orders.OrderLine,
    orders.OrderEvent,
    orders.OrderVersion,
    documents.Document,
    letters.Letter,
    news.News,
)
KEYS = (*versions.KEYS, *users.KEYS, *products.KEYS, *stock.KEYS, *prices.KEYS, *orders.KEYS)
