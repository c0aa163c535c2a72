"""The lists around partners that 1C keeps whole: legal entities, contracts, agreements, people, addresses, sellers."""

from data.mirror import Mirror
from data.partners.partners import Address, Agreement, Contact, Contract, Counterparty, Manager
from data.partners.sellers import Seller

MANAGERS = Mirror(Manager, named_in=[("partners", "manager"), ("memberships", "manager"), ("orders", "manager")])
COUNTERPARTIES = Mirror(
    Counterparty,
    named_in=[(table, "counterparty") for table in ("contracts", "agreements", "orders", "documents")],
)
CONTRACTS = Mirror(Contract, shown="active", revives=False, named_in=[("orders", "contract")])
AGREEMENTS = Mirror(Agreement, shown="active", named_in=[("personal_prices", "agreement"), ("orders", "agreement")])
CONTACTS = Mirror(Contact, named_in=[("memberships", "contact"), ("orders", "contact")])
ADDRESSES = Mirror(Address)
SELLERS = Mirror(Seller, named_in=[("contracts", "seller"), ("agreements", "seller"), ("orders", "seller")])
