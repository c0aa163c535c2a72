"""Every kind of object that travels between the portal and 1C, by its name on the wire."""

from sync.kinds import (
    address,
    agreement,
    cancel_reason,
    contact,
    contract,
    counterparty,
    delivery_method,
    document,
    manager,
    news,
    order,
    organization,
    partner,
    personal_price,
    price,
    price_type,
    product,
    product_group,
    role,
    stock,
    user,
    warehouse,
)
from sync.kinds.kind import Sent, Taken

TAKEN: dict[str, Taken] = {
    "organization": organization.KIND,
    "warehouse": warehouse.KIND,
    "price_type": price_type.KIND,
    "product_group": product_group.KIND,
    "product": product.KIND,
    "price": price.KIND,
    "personal_price": personal_price.KIND,
    "stock": stock.KIND,
    "partner": partner.KIND,
    "counterparty": counterparty.KIND,
    "contract": contract.KIND,
    "agreement": agreement.KIND,
    "contact": contact.KIND,
    "address": address.KIND,
    "role": role.KIND,
    "user": user.KIND,
    "manager": manager.KIND,
    "cancel_reason": cancel_reason.KIND,
    "delivery_method": delivery_method.KIND,
    "order": order.TAKEN,
    "document": document.KIND,
    "news": news.KIND,
}

SENT: dict[str, Sent] = {
    "order": order.SENT,
    "user_status": Sent(),
}

# Kinds of the contract whose rooms on the portal are not open yet: 1C is told «disabled» and stops offering them.
SWITCHED_OFF = frozenset({"message", "settlement", "task"})
