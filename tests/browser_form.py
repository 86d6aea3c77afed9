"""What a browser would send back: the fields of a page's form as they stand there."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


class _Form(HTMLParser):
    """Collects the successful controls of every form of a page, by HTML's own rules."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.textarea: str | None = None
        self.select: str | None = None
        self.text = ""
        self.first_option: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name")
        if tag == "input" and name and "disabled" not in said:
            kind = said.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in said:
                    self._add(name, said.get("value", "on") or "")
            elif kind not in ("submit", "button", "file"):
                self._add(name, said.get("value") or "")
        elif tag == "textarea" and name and "disabled" not in said:
            self.textarea, self.text = name, ""
        elif tag == "select" and name and "disabled" not in said:
            self.select, self.first_option = name, None
            self.multiple = "multiple" in said
        elif tag == "option" and self.select:
            value = said.get("value") or ""
            if self.first_option is None:
                self.first_option = value
            if "selected" in said:
                self._add(self.select, value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.textarea:
            # The first line feed is not part of the value; the others are sent as CR LF.
            self._add(self.textarea, self.text.removeprefix("\n").replace("\n", "\r\n"))
            self.textarea = None
        elif tag == "select" and self.select:
            if self.select not in self.fields and not self.multiple:
                self._add(self.select, self.first_option or "")
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data.replace("\r\n", "\n")

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def filled_in(response: HttpResponse, **changes: Any) -> dict[str, list[str]]:
    """The fields of the page, with these changed; None takes a field away."""
    form = _Form()
    form.feed(response.content.decode())
    fields = {name: values for name, values in form.fields.items() if "__prefix__" not in name}
    for name, value in changes.items():
        if value is None:
            fields.pop(name, None)
        else:
            fields[name] = [str(value)]
    return fields


def import_list(desk: Client, model: str, content: str | bytes, name: str) -> str:
    """Send a list to the admin of a model (`funds_envelope`) and, where the preview asks
    for it, confirm; gives the last page."""
    data = content.encode() if isinstance(content, str) else content
    upload = {"resource": "0", "import_file": SimpleUploadedFile(name, data)}
    preview = desk.post(reverse(f"admin:{model}_import"), upload)
    assert preview.status_code == 200
    if "Bevestig en sla op" not in preview.content.decode():
        return str(preview.content.decode())
    confirm = reverse(f"admin:{model}_process_import")
    return str(desk.post(confirm, filled_in(preview), follow=True).content.decode())
