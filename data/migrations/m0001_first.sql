CREATE TABLE "settings" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "name" VARCHAR(60) UNIQUE NOT NULL DEFAULT '',
    "value" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE "nodes" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "name" VARCHAR(10) UNIQUE NOT NULL DEFAULT '',
    "base" VARCHAR(36) NOT NULL DEFAULT '',
    "epoch" VARCHAR(40) NOT NULL DEFAULT '',
    "seq" INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE "queue" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "kind" VARCHAR(30) NOT NULL DEFAULT '',
    "op" VARCHAR(30) NOT NULL DEFAULT '',
    "object" VARCHAR(36) NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 0,
    "title" VARCHAR(200) NOT NULL DEFAULT '',
    "data" TEXT NOT NULL DEFAULT '',
    "body" TEXT DEFAULT null,
    "state" VARCHAR(12) NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "error" TEXT NOT NULL DEFAULT '',
    "lease" VARCHAR(36) NOT NULL DEFAULT '',
    "lease_until" TIMESTAMPTZ DEFAULT null,
    "holder" VARCHAR(40) NOT NULL DEFAULT '',
    "on_the_way" BOOLEAN NOT NULL DEFAULT false,
    "lost" INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX queue_object ON "queue" ("object");
CREATE INDEX queue_state ON "queue" ("state");
CREATE INDEX queue_lease ON "queue" ("lease");
CREATE TABLE "taken_versions" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "kind" VARCHAR(30) NOT NULL DEFAULT '',
    "object" VARCHAR(36) NOT NULL DEFAULT '',
    "epoch" VARCHAR(40) NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE "sent_versions" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "kind" VARCHAR(30) NOT NULL DEFAULT '',
    "object" VARCHAR(36) NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE "answered" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "queue_id" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "sha256" VARCHAR(64) NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX answered_at ON "answered" ("at");
CREATE TABLE "deferred" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "queue_id" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "kind" VARCHAR(30) NOT NULL DEFAULT '',
    "object" VARCHAR(36) NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 0,
    "item" TEXT NOT NULL DEFAULT '',
    "epoch" VARCHAR(40) NOT NULL DEFAULT '',
    "waits_for" VARCHAR(36) NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX deferred_object ON "deferred" ("object");
CREATE INDEX deferred_waits_for ON "deferred" ("waits_for");
CREATE TABLE "snapshot_parts" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "list_key" VARCHAR(64) NOT NULL DEFAULT '',
    "part" INTEGER NOT NULL DEFAULT 0,
    "ids" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX snapshot_parts_list_key ON "snapshot_parts" ("list_key");
CREATE TABLE "events" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "incoming" BOOLEAN NOT NULL DEFAULT false,
    "channel" VARCHAR(20) NOT NULL DEFAULT '',
    "address" VARCHAR(300) NOT NULL DEFAULT '',
    "kinds" VARCHAR(300) NOT NULL DEFAULT '',
    "items" INTEGER NOT NULL DEFAULT 0,
    "outcome" VARCHAR(12) NOT NULL DEFAULT '',
    "status" INTEGER NOT NULL DEFAULT 0,
    "duration_ms" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT NOT NULL DEFAULT '',
    "request" TEXT NOT NULL DEFAULT '',
    "answer" TEXT NOT NULL DEFAULT '',
    "size" INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX events_at ON "events" ("at");
CREATE INDEX events_size ON "events" ("size");
CREATE TABLE "event_items" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "event" VARCHAR(36) NOT NULL DEFAULT '',
    "queue_id" VARCHAR(36) NOT NULL DEFAULT '',
    "kind" VARCHAR(30) NOT NULL DEFAULT '',
    "op" VARCHAR(30) NOT NULL DEFAULT '',
    "object" VARCHAR(36) NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 0,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "status" VARCHAR(12) NOT NULL DEFAULT '',
    "code" VARCHAR(40) NOT NULL DEFAULT '',
    "message" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX event_items_event ON "event_items" ("event");
CREATE INDEX event_items_queue_id ON "event_items" ("queue_id");
CREATE INDEX event_items_object ON "event_items" ("object");
CREATE TABLE "channels" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "name" VARCHAR(20) UNIQUE NOT NULL DEFAULT '',
    "failures" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ DEFAULT null,
    "failing_since" TIMESTAMPTZ DEFAULT null,
    "error" TEXT NOT NULL DEFAULT '',
    "alarm_at" TIMESTAMPTZ DEFAULT null,
    "last_run_at" TIMESTAMPTZ DEFAULT null,
    "last_run" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE "roles" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) NOT NULL DEFAULT '',
    "code" VARCHAR(30) UNIQUE NOT NULL DEFAULT '',
    "name" VARCHAR(100) NOT NULL DEFAULT '',
    "rights" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE "organisations" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "kind" VARCHAR(10) NOT NULL DEFAULT '',
    "name" VARCHAR(300) NOT NULL DEFAULT '',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE TABLE "users" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "name" VARCHAR(200) NOT NULL DEFAULT '',
    "login" VARCHAR(100) NOT NULL DEFAULT '',
    "email" VARCHAR(254) NOT NULL DEFAULT '',
    "phone" VARCHAR(20) NOT NULL DEFAULT '',
    "password" TEXT NOT NULL DEFAULT '',
    "is_service" BOOLEAN NOT NULL DEFAULT false,
    "may_http" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "last_seen_at" TIMESTAMPTZ DEFAULT null
);
CREATE TABLE "memberships" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "user" INTEGER REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "organisation" INTEGER REFERENCES "organisations" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "role" VARCHAR(30) NOT NULL DEFAULT '',
    "status" VARCHAR(12) NOT NULL DEFAULT 'registration',
    "contact" VARCHAR(36) NOT NULL DEFAULT '',
    "manager" VARCHAR(36) NOT NULL DEFAULT '',
    "is_published" BOOLEAN NOT NULL DEFAULT false
);
CREATE TABLE "sessions" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "token_hash" VARCHAR(64) UNIQUE NOT NULL DEFAULT '',
    "user" INTEGER REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "membership" INTEGER REFERENCES "memberships" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "last_seen_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "address" VARCHAR(60) NOT NULL DEFAULT '',
    "agent" VARCHAR(200) NOT NULL DEFAULT ''
);
CREATE INDEX sessions_user ON "sessions" ("user");
CREATE TABLE "links" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "token_hash" VARCHAR(64) UNIQUE NOT NULL DEFAULT '',
    "purpose" VARCHAR(20) NOT NULL DEFAULT '',
    "user" INTEGER REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "expires_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX links_user ON "links" ("user");
CREATE TABLE "failed_sign_ins" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "account" VARCHAR(64) NOT NULL DEFAULT '',
    "address" VARCHAR(80) NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX failed_sign_ins_account ON "failed_sign_ins" ("account");
CREATE INDEX failed_sign_ins_address ON "failed_sign_ins" ("address");
CREATE INDEX failed_sign_ins_at ON "failed_sign_ins" ("at");
CREATE TABLE "devices" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "token_hash" VARCHAR(64) NOT NULL DEFAULT '',
    "user" INTEGER REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "last_used_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX devices_token_hash ON "devices" ("token_hash");
CREATE INDEX devices_user ON "devices" ("user");
CREATE TABLE "keys" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "client_id" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "secret_hash" VARCHAR(64) NOT NULL DEFAULT '',
    "user" INTEGER REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "last_used_at" TIMESTAMPTZ DEFAULT null,
    "revoked_at" TIMESTAMPTZ DEFAULT null
);
CREATE INDEX keys_user ON "keys" ("user");
CREATE TABLE "tokens" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "token_hash" VARCHAR(64) UNIQUE NOT NULL DEFAULT '',
    "key" INTEGER REFERENCES "keys" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "expires_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX tokens_key ON "tokens" ("key");
CREATE TABLE "product_groups" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "parent" VARCHAR(36) NOT NULL DEFAULT '',
    "name" VARCHAR(300) NOT NULL DEFAULT '',
    "path" TEXT NOT NULL DEFAULT '',
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX product_groups_parent ON "product_groups" ("parent");
CREATE INDEX product_groups_path ON "product_groups" ("path");
CREATE TABLE "products" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "code" VARCHAR(50) NOT NULL DEFAULT '',
    "article" VARCHAR(100) NOT NULL DEFAULT '',
    "article_key" VARCHAR(100) NOT NULL DEFAULT '',
    "name" VARCHAR(500) NOT NULL DEFAULT '',
    "full_name" TEXT NOT NULL DEFAULT '',
    "sort_name" VARCHAR(500) NOT NULL DEFAULT '',
    "group" VARCHAR(36) NOT NULL DEFAULT '',
    "path" TEXT NOT NULL DEFAULT '',
    "unit" VARCHAR(30) NOT NULL DEFAULT 'шт',
    "okei" VARCHAR(10) NOT NULL DEFAULT '',
    "unit_uuid" VARCHAR(36) NOT NULL DEFAULT '',
    "multiple" INTEGER NOT NULL DEFAULT 0,
    "min_quantity" INTEGER NOT NULL DEFAULT 0,
    "vat" VARCHAR(10) NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "properties" TEXT NOT NULL DEFAULT '[]',
    "image" VARCHAR(64) NOT NULL DEFAULT '',
    "shown" BOOLEAN NOT NULL DEFAULT true,
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX products_article_key ON "products" ("article_key");
CREATE INDEX products_group ON "products" ("group");
CREATE TABLE "variants" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "product" INTEGER REFERENCES "products" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "name" VARCHAR(300) NOT NULL DEFAULT '',
    "article" VARCHAR(100) NOT NULL DEFAULT '',
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX variants_product ON "variants" ("product");
CREATE TABLE "packs" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "product" INTEGER REFERENCES "products" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "name" VARCHAR(100) NOT NULL DEFAULT '',
    "factor" INTEGER NOT NULL DEFAULT 0,
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX packs_product ON "packs" ("product");
CREATE TABLE "barcodes" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "code" VARCHAR(60) NOT NULL DEFAULT '',
    "product" INTEGER REFERENCES "products" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "variant" VARCHAR(36) NOT NULL DEFAULT ''
);
CREATE INDEX barcodes_code ON "barcodes" ("code");
CREATE INDEX barcodes_product ON "barcodes" ("product");
CREATE TABLE "pictures" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "product" INTEGER REFERENCES "products" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "sha256" VARCHAR(64) NOT NULL DEFAULT '',
    "kept" VARCHAR(64) NOT NULL DEFAULT '',
    "main" BOOLEAN NOT NULL DEFAULT false,
    "problem" VARCHAR(200) NOT NULL DEFAULT ''
);
CREATE INDEX pictures_product ON "pictures" ("product");
CREATE TABLE "warehouses" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "name" VARCHAR(200) NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE TABLE "stock" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) NOT NULL DEFAULT '',
    "product" INTEGER REFERENCES "products" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "variant" VARCHAR(36) NOT NULL DEFAULT '',
    "warehouse" VARCHAR(36) NOT NULL DEFAULT '',
    "free" INTEGER NOT NULL DEFAULT 0,
    "expected" TEXT NOT NULL DEFAULT '[]',
    "as_of" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX stock_uuid ON "stock" ("uuid");
CREATE TABLE "price_types" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "name" VARCHAR(200) NOT NULL DEFAULT '',
    "currency" VARCHAR(3) NOT NULL DEFAULT 'RUB',
    "vat_included" BOOLEAN NOT NULL DEFAULT true,
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE TABLE "prices" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) NOT NULL DEFAULT '',
    "product" INTEGER REFERENCES "products" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "price_type" VARCHAR(36) NOT NULL DEFAULT '',
    "variant" VARCHAR(36) NOT NULL DEFAULT '',
    "pack" VARCHAR(36) NOT NULL DEFAULT '',
    "valid_from" DATE NOT NULL DEFAULT CURRENT_DATE,
    "price" INTEGER NOT NULL DEFAULT 0,
    "currency" VARCHAR(3) NOT NULL DEFAULT 'RUB'
);
CREATE INDEX prices_uuid ON "prices" ("uuid");
CREATE TABLE "personal_prices" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) NOT NULL DEFAULT '',
    "product" INTEGER REFERENCES "products" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "agreement" VARCHAR(36) NOT NULL DEFAULT '',
    "variant" VARCHAR(36) NOT NULL DEFAULT '',
    "price" INTEGER DEFAULT null,
    "discount" PERCENT DEFAULT null,
    "valid_from" DATE NOT NULL DEFAULT '0001-01-01',
    "valid_to" DATE DEFAULT null
);
CREATE INDEX personal_prices_uuid ON "personal_prices" ("uuid");
CREATE TABLE "sellers" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "name" VARCHAR(300) NOT NULL DEFAULT '',
    "legal_name" VARCHAR(500) NOT NULL DEFAULT '',
    "inn" VARCHAR(12) NOT NULL DEFAULT '',
    "kpp" VARCHAR(9) NOT NULL DEFAULT '',
    "ogrn" VARCHAR(15) NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "phone" VARCHAR(100) NOT NULL DEFAULT '',
    "bank_name" VARCHAR(300) NOT NULL DEFAULT '',
    "bic" VARCHAR(9) NOT NULL DEFAULT '',
    "corr_account" VARCHAR(20) NOT NULL DEFAULT '',
    "account" VARCHAR(20) NOT NULL DEFAULT '',
    "director" VARCHAR(200) NOT NULL DEFAULT '',
    "accountant" VARCHAR(200) NOT NULL DEFAULT '',
    "vat_mode" VARCHAR(30) NOT NULL DEFAULT '',
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE TABLE "managers" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "name" VARCHAR(200) NOT NULL DEFAULT '',
    "phone" VARCHAR(60) NOT NULL DEFAULT '',
    "email" VARCHAR(254) NOT NULL DEFAULT '',
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE TABLE "partners" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "organisation" INTEGER REFERENCES "organisations" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "name" VARCHAR(300) NOT NULL DEFAULT '',
    "manager" VARCHAR(36) NOT NULL DEFAULT '',
    "segments" TEXT NOT NULL DEFAULT '[]',
    "active" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX partners_organisation ON "partners" ("organisation");
CREATE INDEX partners_manager ON "partners" ("manager");
CREATE TABLE "counterparties" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "partner" VARCHAR(36) NOT NULL DEFAULT '',
    "legal_name" VARCHAR(500) NOT NULL DEFAULT '',
    "inn" VARCHAR(12) NOT NULL DEFAULT '',
    "kpp" VARCHAR(9) NOT NULL DEFAULT '',
    "ogrn" VARCHAR(15) NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX counterparties_partner ON "counterparties" ("partner");
CREATE TABLE "contracts" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "counterparty" VARCHAR(36) NOT NULL DEFAULT '',
    "seller" VARCHAR(36) NOT NULL DEFAULT '',
    "number" VARCHAR(100) NOT NULL DEFAULT '',
    "date" DATE DEFAULT null,
    "valid_to" DATE DEFAULT null,
    "active" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX contracts_counterparty ON "contracts" ("counterparty");
CREATE TABLE "agreements" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "kind" VARCHAR(12) NOT NULL DEFAULT '',
    "partner" VARCHAR(36) NOT NULL DEFAULT '',
    "segment" VARCHAR(36) NOT NULL DEFAULT '',
    "counterparty" VARCHAR(36) NOT NULL DEFAULT '',
    "requires_contract" BOOLEAN NOT NULL DEFAULT false,
    "name" VARCHAR(300) NOT NULL DEFAULT '',
    "seller" VARCHAR(36) NOT NULL DEFAULT '',
    "price_type" VARCHAR(36) NOT NULL DEFAULT '',
    "discount" PERCENT NOT NULL DEFAULT 0,
    "warehouse" VARCHAR(36) NOT NULL DEFAULT '',
    "payment_terms" VARCHAR(300) NOT NULL DEFAULT '',
    "credit_limit" INTEGER DEFAULT null,
    "min_order_sum" INTEGER NOT NULL DEFAULT 0,
    "currency" VARCHAR(3) NOT NULL DEFAULT 'RUB',
    "valid_from" DATE DEFAULT null,
    "valid_to" DATE DEFAULT null,
    "active" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX agreements_partner ON "agreements" ("partner");
CREATE TABLE "contacts" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "partner" VARCHAR(36) NOT NULL DEFAULT '',
    "name" VARCHAR(200) NOT NULL DEFAULT '',
    "position" VARCHAR(200) NOT NULL DEFAULT '',
    "phone" VARCHAR(60) NOT NULL DEFAULT '',
    "email" VARCHAR(254) NOT NULL DEFAULT '',
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX contacts_partner ON "contacts" ("partner");
CREATE TABLE "addresses" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "partner" VARCHAR(36) NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "comment" TEXT NOT NULL DEFAULT '',
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX addresses_partner ON "addresses" ("partner");
CREATE TABLE "delivery_methods" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "code" VARCHAR(50) NOT NULL DEFAULT '',
    "name" VARCHAR(200) NOT NULL DEFAULT '',
    "needs_address" BOOLEAN NOT NULL DEFAULT false,
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX delivery_methods_code ON "delivery_methods" ("code");
CREATE TABLE "cancel_reasons" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "name" VARCHAR(300) NOT NULL DEFAULT '',
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE TABLE "orders" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "organisation" INTEGER REFERENCES "organisations" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "author" INTEGER REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE DEFAULT null,
    "author_name" VARCHAR(200) NOT NULL DEFAULT '',
    "origin" VARCHAR(10) NOT NULL DEFAULT 'portal',
    "status" VARCHAR(20) NOT NULL DEFAULT '',
    "state" VARCHAR(200) NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "placed_at" TIMESTAMPTZ DEFAULT null,
    "number" VARCHAR(50) NOT NULL DEFAULT '',
    "guid" VARCHAR(36) NOT NULL DEFAULT '',
    "terms" INTEGER NOT NULL DEFAULT 0,
    "confirmed_terms" INTEGER DEFAULT null,
    "version" INTEGER NOT NULL DEFAULT 0,
    "partner" VARCHAR(36) NOT NULL DEFAULT '',
    "counterparty" VARCHAR(36) NOT NULL DEFAULT '',
    "agreement" VARCHAR(36) NOT NULL DEFAULT '',
    "contract" VARCHAR(36) NOT NULL DEFAULT '',
    "seller" VARCHAR(36) NOT NULL DEFAULT '',
    "contact" VARCHAR(36) NOT NULL DEFAULT '',
    "warehouse" VARCHAR(36) NOT NULL DEFAULT '',
    "delivery_method" VARCHAR(50) NOT NULL DEFAULT 'pickup',
    "delivery_address" TEXT NOT NULL DEFAULT '',
    "delivery_date" DATE DEFAULT null,
    "partner_number" VARCHAR(50) NOT NULL DEFAULT '',
    "comment" TEXT NOT NULL DEFAULT '',
    "manager" VARCHAR(36) NOT NULL DEFAULT '',
    "manager_name" VARCHAR(200) NOT NULL DEFAULT '',
    "manager_phone" VARCHAR(60) NOT NULL DEFAULT '',
    "manager_email" VARCHAR(254) NOT NULL DEFAULT '',
    "total" INTEGER NOT NULL DEFAULT 0,
    "currency" VARCHAR(3) NOT NULL DEFAULT 'RUB',
    "paid" PERCENT NOT NULL DEFAULT 0,
    "shipped" PERCENT NOT NULL DEFAULT 0,
    "reason" TEXT NOT NULL DEFAULT '',
    "sending" VARCHAR(20) NOT NULL DEFAULT '',
    "problem" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX orders_guid ON "orders" ("guid");
CREATE TABLE "order_lines" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "order" INTEGER REFERENCES "orders" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "n" INTEGER NOT NULL DEFAULT 0,
    "product" VARCHAR(36) NOT NULL DEFAULT '',
    "variant" VARCHAR(36) NOT NULL DEFAULT '',
    "name" VARCHAR(1000) NOT NULL DEFAULT '',
    "quantity" INTEGER NOT NULL DEFAULT 0,
    "unit" VARCHAR(30) NOT NULL DEFAULT '',
    "pack" VARCHAR(36) NOT NULL DEFAULT '',
    "pack_name" VARCHAR(100) NOT NULL DEFAULT '',
    "packs" INTEGER NOT NULL DEFAULT 0,
    "price" INTEGER DEFAULT null,
    "discount" PERCENT NOT NULL DEFAULT 0,
    "vat" VARCHAR(10) NOT NULL DEFAULT '',
    "vat_sum" INTEGER NOT NULL DEFAULT 0,
    "sum" INTEGER NOT NULL DEFAULT 0,
    "comment" VARCHAR(500) NOT NULL DEFAULT '',
    "cancelled" BOOLEAN NOT NULL DEFAULT false,
    "cancel_reason" VARCHAR(300) NOT NULL DEFAULT '',
    "shipped" INTEGER NOT NULL DEFAULT 0,
    "ship_date" DATE DEFAULT null
);
CREATE TABLE "order_events" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "order" INTEGER REFERENCES "orders" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "who" VARCHAR(200) NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX order_events_order ON "order_events" ("order");
CREATE TABLE "order_versions" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "order" INTEGER REFERENCES "orders" ("id") ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    "terms" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "lines" TEXT NOT NULL DEFAULT '',
    "total" INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX order_versions_order ON "order_versions" ("order");
CREATE TABLE "documents" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "order" VARCHAR(36) NOT NULL DEFAULT '',
    "counterparty" VARCHAR(36) NOT NULL DEFAULT '',
    "kind" VARCHAR(20) NOT NULL DEFAULT '',
    "number" VARCHAR(50) NOT NULL DEFAULT '',
    "date" DATE DEFAULT null,
    "sum" INTEGER DEFAULT null,
    "sha256" VARCHAR(64) NOT NULL DEFAULT '',
    "file_name" VARCHAR(200) NOT NULL DEFAULT '',
    "mime" VARCHAR(100) NOT NULL DEFAULT '',
    "came_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX documents_order ON "documents" ("order");
CREATE INDEX documents_counterparty ON "documents" ("counterparty");
CREATE TABLE "letters" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "event" VARCHAR(120) UNIQUE NOT NULL DEFAULT '',
    "to" VARCHAR(254) NOT NULL DEFAULT '',
    "subject" VARCHAR(300) NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "state" VARCHAR(10) NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "sent_at" TIMESTAMPTZ DEFAULT null,
    "error" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX letters_state ON "letters" ("state");
CREATE TABLE "news" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "uuid" VARCHAR(36) UNIQUE NOT NULL DEFAULT '',
    "title" VARCHAR(300) NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "published_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "visible" BOOLEAN NOT NULL DEFAULT true
);
CREATE INDEX news_published_at ON "news" ("published_at");
CREATE UNIQUE INDEX taken_versions_key ON taken_versions (kind, object);
CREATE UNIQUE INDEX sent_versions_key ON sent_versions (kind, object);
CREATE UNIQUE INDEX users_login ON users (login) WHERE login <> '';
CREATE UNIQUE INDEX users_email ON users (email) WHERE email <> '';
CREATE UNIQUE INDEX users_phone ON users (phone) WHERE phone <> '';
CREATE UNIQUE INDEX memberships_key ON memberships (user, organisation);
CREATE INDEX memberships_organisation ON memberships (organisation);
CREATE INDEX pictures_waiting ON pictures (sha256) WHERE kept = '' AND problem = '';
CREATE INDEX products_shelf ON products (visible, path, sort_name, id);
CREATE VIRTUAL TABLE product_words USING fts5(words, tokenize='unicode61', prefix='2 3 4');
CREATE UNIQUE INDEX stock_key ON stock (product, warehouse, variant);
CREATE UNIQUE INDEX prices_key ON prices (product, price_type, variant, pack, valid_from);
CREATE UNIQUE INDEX personal_prices_key ON personal_prices (product, agreement, variant, valid_from);
CREATE UNIQUE INDEX orders_cart ON orders (author, organisation) WHERE status = 'cart';
CREATE INDEX orders_list ON orders (organisation, at DESC, id DESC);
CREATE INDEX orders_inbox ON orders (status, at);
CREATE UNIQUE INDEX order_lines_key ON order_lines ("order", n);
CREATE UNIQUE INDEX order_versions_key ON order_versions ("order", terms);
