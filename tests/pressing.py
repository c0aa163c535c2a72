"""Pages as a person without JavaScript uses them: forms are found by the words on their buttons and sent as shown."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin


@dataclass
class Button:
    label: str
    name: str = ""
    value: str = ""
    action: str = ""


@dataclass
class Form:
    action: str
    method: str
    fields: list = field(default_factory=list)
    buttons: list = field(default_factory=list)

    def as_dict(self):
        return dict(self.fields)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.by_id, self.outside = [], {}, []
        self.form = self.button = self.area = self.select = None

    def handle_starttag(self, tag, pairs):
        attrs = {name: value or "" for name, value in pairs}
        if tag == "form":
            self.form = Form(attrs.get("action", ""), attrs.get("method", "get"))
            self.forms.append(self.form)
            if attrs.get("id"):
                self.by_id[attrs["id"]] = self.form
        elif tag == "input":
            self._input(attrs)
        elif tag == "button":
            self.button = Button(attrs.get("aria-label", ""), attrs.get("name", ""), attrs.get("value", ""))
            self.button.action = attrs.get("formaction", "")
            if attrs.get("type", "submit") == "submit":
                self._to(attrs, "buttons", self.button)
        elif tag == "textarea":
            self.area = [attrs.get("name", ""), "", attrs]
        elif tag == "select":
            self.select = [attrs.get("name", ""), None, attrs]
        elif tag == "option" and self.select and (self.select[1] is None or "selected" in attrs):
            self.select[1] = attrs.get("value", "")

    def _input(self, attrs):
        kind = attrs.get("type", "text")
        if kind in {"radio", "checkbox"} and "checked" not in attrs:
            return
        if kind in {"submit", "button"} or not attrs.get("name"):
            return
        default = "on" if kind == "checkbox" else ""
        self._to(attrs, "fields", (attrs["name"], attrs.get("value", default)))

    def _to(self, attrs, what, thing):
        if attrs.get("form"):
            self.outside.append((attrs["form"], what, thing))
        elif self.form is not None:
            getattr(self.form, what).append(thing)

    def handle_data(self, data):
        if self.button is not None and data.strip():
            self.button.label = " ".join(f"{self.button.label} {data}".split())
        if self.area is not None:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "button":
            self.button = None
        elif tag == "textarea" and self.area:
            self._to(self.area[2], "fields", (self.area[0], self.area[1].removeprefix("\n")))
            self.area = None
        elif tag == "select" and self.select:
            self._to(self.select[2], "fields", (self.select[0], self.select[1] or ""))
            self.select = None


def forms_of(html):
    """Every form of a page with its fields as they stand there."""
    reader = _Reader()
    reader.feed(html)
    for owner, what, thing in reader.outside:
        if owner in reader.by_id:
            getattr(reader.by_id[owner], what).append(thing)
    return reader.forms


def find(html, label, *, action=""):
    """The form and the button with this label (of those whose address contains ``action``)."""
    for form in forms_of(html):
        for button in form.buttons:
            if label in button.label and action in (button.action or form.action):
                return form, button
    raise LookupError(f"no button «{label}» among {[b.label for f in forms_of(html) for b in f.buttons]}")


def has(html, label):
    try:
        find(html, label)
    except LookupError:
        return False
    return True


def press(client, answer, label, /, action="", follow=True, **typed):
    """Press the button with this label on the page that was answered, with these fields typed over those shown."""
    form, button = find(answer.text, label, action=action)
    fields = [(name, value) for name, value in form.fields if name not in typed] + list(typed.items())
    if button.name:
        fields = [(name, value) for name, value in fields if name != button.name or name in typed]
        if button.name not in typed:
            fields.append((button.name, button.value))
    url = urljoin(str(answer.url), button.action or form.action or str(answer.url))
    pairs = {}
    for name, value in fields:
        pairs.setdefault(name, []).append(value)
    if form.method.lower() == "get":
        return client.get(url, params=pairs, follow_redirects=follow)
    return client.post(url, data=pairs, follow_redirects=follow)
