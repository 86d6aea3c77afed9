"""Tags for a rendered document: from WeasyPrint's boxes to a structure tree.

WeasyPrint's own tags pass a validator and still mislead a listener: a table over three
pages is read as three tables, its repeated header row as data. Here one HTML element is
one structure element, on however many pages it stands.

Uses private parts of WeasyPrint 70.0 (`Stream._tags`, `Page._page_box`, the box classes)
and replaces none of them. `reports.pdf_engine` refuses every other version.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pydyf
from weasyprint import Document  # noqa: TID253 (only the render process comes here)
from weasyprint.formatting_structure import boxes  # noqa: TID253
from weasyprint.layout.absolute import AbsolutePlaceholder  # noqa: TID253

from reports.pdf_job import PdfError
from reports.pdf_structure import Content, LinkArea, Node, write_structure

_SVG = "{http://www.w3.org/2000/svg}"

_TAGS = {
    "article": "Art",
    "blockquote": "BlockQuote",
    "code": "Code",
    "figcaption": "Caption",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "figure": "Div",
    "main": "Part",
    "p": "P",
    "q": "Quote",
    "section": "Sect",
    "table": "Table",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "thead": "THead",
    "tr": "TR",
}
_LIST_NUMBERING = {
    "circle": "/Circle",
    "decimal": "/Decimal",
    "disc": "/Disc",
    "lower-alpha": "/LowerAlpha",
    "lower-roman": "/LowerRoman",
    "none": "/None",
    "square": "/Square",
    "upper-alpha": "/UpperAlpha",
    "upper-roman": "/UpperRoman",
}


class PageMarks:
    """The marked content of one page: which box was painted under which number."""

    def __init__(self, index: int, page: Any) -> None:
        self.index = index
        self.page = page
        self.count = 0
        self._marks: dict[Any, dict[str, Any]] = {}
        self._stream: Any = None

    def paint(self, paint: Callable[..., None], stream: Any, scale: float = 1) -> None:
        """Paint the page while WeasyPrint notes and numbers what it paints."""
        self._stream = stream
        stream._tags = self._marks
        paint(stream, scale)
        self.count = len(self._marks)

    def claim(self, box: Any) -> int | None:
        """The number of this box's content, once; None where it painted nothing."""
        mark = self._marks.pop(box, None)
        return None if mark is None else mark["mcid"]

    def rest(self) -> Iterator[Any]:
        """Boxes that were painted and never claimed."""
        return iter(self._marks)

    def turn_into_artifacts(self, properties: dict[int, dict[str, str]]) -> None:
        """Take content out of the tree: page furniture that is not to be read."""
        operations = self._stream.stream
        found = 0
        for position, operation in enumerate(operations):
            if isinstance(operation, pydyf.Dictionary) and "MCID" in operation:
                found += 1
                if artifact := properties.get(operation["MCID"]):
                    operations[position - 1] = b"/Artifact"
                    operations[position] = pydyf.Dictionary(artifact)
        if found != self.count:
            # WeasyPrint paints what is partly transparent as a drawing of its own, and
            # the numbers in there are not the page's.
            raise RuntimeError("Text with an opacity below 1 cannot be tagged.")


class TagTree:
    """Build the tree of a document: `watch` before it is painted, `write` after it."""

    def __init__(self, document: Document) -> None:
        self.pages = [PageMarks(index, page) for index, page in enumerate(document.pages)]
        self.root = Node("Document")

    def watch(self) -> None:
        for marks in self.pages:
            marks.page.paint = partial(marks.paint, marks.page.paint)

    def write(self, pdf: pydyf.PDF) -> None:
        elements = ElementTags()
        for marks in self.pages:
            reader = PageReader(pdf, marks, elements)
            for box in marks.page._page_box.children:
                reader.read(box, self.root)
            reader.finish()
        elements.check_links()
        write_structure(pdf, self.root, [marks.count for marks in self.pages])


class PageReader:
    """Walk the boxes of one page and hang what was painted into the tree."""

    def __init__(self, pdf: pydyf.PDF, marks: PageMarks, elements: "ElementTags") -> None:
        self.pdf = pdf
        self.marks = marks
        self.elements = elements
        self.artifacts: dict[int, dict[str, str]] = {}

    def read(self, box: Any, parent: Node, *, in_link: bool = False) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._add_content(box, parent.text_holder())
        elif isinstance(box, boxes.MarginBox) or self._is_silent(box):
            self._silence(box, _artifact_properties(box))
        else:
            node = self.elements.node_for(box, parent)
            in_link = self._read_link(box, node, in_link=in_link)
            if isinstance(box, boxes.ReplacedBox):
                self._add_picture(box, node)
            for child in box.children:
                self.read(child, node, in_link=in_link)

    def finish(self) -> None:
        if box := next(self.marks.rest(), None):
            raise RuntimeError(f"Painted on page {self.marks.index + 1}, not tagged: {box}")
        self.marks.turn_into_artifacts(self.artifacts)

    def _is_silent(self, box: Any) -> bool:
        if box.element is None:
            return False
        is_repeated_group = isinstance(box, boxes.TableRowGroupBox) and (
            box.is_header or box.is_footer
        )
        if is_repeated_group and self.elements.knows(box):
            return True
        is_decoration = box.element_tag == "img" and box.element.get("alt") == ""
        return is_decoration or bool(box.element.get("aria-hidden") == "true")

    def _silence(self, box: Any, properties: dict[str, str]) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        mcid = self.marks.claim(box)
        if mcid is not None:
            self.artifacts[mcid] = properties
        self._drop_link(box)
        for child in box.children:
            self._silence(child, properties)

    def _add_content(self, box: Any, node: Node) -> None:
        mcid = self.marks.claim(box)
        if mcid is not None:
            node.kids.append(Content(self.marks.index, mcid))

    def _add_picture(self, box: Any, node: Node) -> None:
        if node.tag != "Figure":
            # From the stylesheet (a list marker, ::before), so without a meaning.
            self._silence(box, _artifact_properties(box))
            return
        self._add_content(box, node)
        node.attributes = {"O": "/Layout", "BBox": self._bounding_box(box)}

    def _read_link(self, box: Any, node: Node, *, in_link: bool) -> bool:
        if not box.link_annotation:
            return in_link
        link = node.ancestor("Link")
        # Every box inside a link repeats its area; a picture may stick out of it.
        if link is None or (in_link and not isinstance(box, boxes.ReplacedBox)):
            self._drop_link(box)
        else:
            box.link_annotation["Contents"] = pydyf.String(self.elements.link_texts[link])
            link.kids.append(LinkArea(self.marks.index, box.link_annotation))
        return True

    def _drop_link(self, box: Any) -> None:
        if not box.link_annotation:
            return
        page = self.pdf.objects[int(self.pdf.page_references[self.marks.index].split()[0])]
        page["Annots"].remove(box.link_annotation.reference)
        box.link_annotation = None

    def _bounding_box(self, box: Any) -> pydyf.Array:
        """In points from the lower left corner; WeasyPrint counts pixels from the top."""
        points = 0.75
        left, top = box.content_box_x() * points, box.content_box_y() * points
        width, height = box.width * points, box.height * points
        bottom = self.marks.page.height * points - top - height
        corners = (left, bottom, left + width, bottom + height)
        return pydyf.Array([round(corner, 2) for corner in corners])


class ElementTags:
    """The node of each HTML element, made when its first box is met."""

    def __init__(self) -> None:
        self.link_texts: dict[Node, str] = {}
        self._nodes: dict[tuple[Any, str], Node] = {}
        self._contents: set[Node] = set()
        self._notes = 0
        self._rules: dict[str, Callable[[Any, Node], Node]] = {
            "a": self._link,
            "caption": self._caption,
            "dd": self._description,
            "dl": self._list,
            "dt": self._term,
            "img": self._figure,
            "li": self._item,
            "nav": self._navigation,
            "ol": self._list,
            "td": self._cell,
            "th": self._cell,
            "ul": self._list,
            f"{_SVG}svg": self._figure,
        }

    def knows(self, box: Any) -> bool:
        return (box.element, box.element_tag) in self._nodes

    def node_for(self, box: Any, parent: Node) -> Node:
        """The node of the box's element; `parent` itself where it needs none."""
        if box.element is None or box.element_tag in ("html", "body"):
            return parent
        key = (box.element, box.element_tag)
        if key not in self._nodes:
            self._nodes[key] = self._make(box, parent)
        return self._nodes[key]

    def check_links(self) -> None:
        """WeasyPrint 70.0 forgets the target of a link that is a flex or grid item."""
        for link, text in self.link_texts.items():
            if not any(isinstance(kid, LinkArea) for kid in link.kids):
                raise PdfError(
                    f"De koppeling ‘{text}’ zou in de pdf niet werken; zet in het sjabloon "
                    "een span om een koppeling die zelf een flex- of gridvak is."
                )

    def _make(self, box: Any, parent: Node) -> Node:
        kind = box.element_tag
        if "::" in kind:
            return self._generated(box, parent)
        if rule := self._rules.get(kind):
            node = rule(box, parent)
        elif tag := _TAGS.get(kind):
            node = parent.add(tag)
        else:
            node = self._plain(box, parent)
        if node is not parent and (language := box.element.get("lang")):
            node.texts["Lang"] = language
        return node

    def _plain(self, box: Any, parent: Node) -> Node:
        """Elements without a meaning of their own: a node only where it says something."""
        if isinstance(box, boxes.BlockLevelBox):
            holds_text = any(isinstance(child, boxes.LineBox) for child in box.children)
            is_part_of_list = parent.tag in ("TOCI", "L")
            return parent.add("P") if holds_text and not is_part_of_list else parent
        expansion = box.element.get("title") if box.element_tag == "abbr" else None
        if not expansion and not box.element.get("lang"):
            return parent
        node = parent.text_holder().add("Span")
        if expansion:
            node.texts["E"] = expansion
        return node

    def _generated(self, box: Any, parent: Node) -> Node:
        pseudo = box.element_tag.partition("::")[2]
        if pseudo == "footnote-call":
            return self._footnote(box.element, parent.text_holder())
        if pseudo == "footnote-marker":
            return parent.add("Lbl", first=True)
        if pseudo == "marker" and parent.tag in ("LBody", "TOCI"):
            item = parent.parent if parent.tag == "LBody" else parent
            assert item is not None
            return item.add("Lbl", first=True)
        return parent

    def _footnote(self, element: Any, host: Node) -> Node:
        """The call is a reference; the note stands beside it, not at the page's end."""
        reference = host.add("Reference")
        note = host.add("Note")
        self._notes += 1
        note.texts["ID"] = f"noot-{self._notes:04d}"
        self._nodes[element, element.tag] = note
        return reference

    def _navigation(self, box: Any, parent: Node) -> Node:
        if box.element.get("role") != "doc-toc":
            return parent
        node = parent.add("Sect")
        self._contents.add(node)
        return node

    def _list(self, box: Any, parent: Node) -> Node:
        is_contents = parent in self._contents or parent.tag in ("TOC", "TOCI")
        if is_contents or box.element.get("role") == "doc-toc":
            return parent.add("TOC")
        node = parent.add("L")
        unknown = "/Decimal" if box.element_tag == "ol" else "/Disc"
        style = "none" if box.element_tag == "dl" else box.style["list_style_type"]
        # A style of its own (a string or symbols()) is a tuple, and is not in the table.
        numbering = _LIST_NUMBERING.get(style, unknown)
        node.attributes = {"O": "/List", "ListNumbering": numbering}
        return node

    def _item(self, _box: Any, parent: Node) -> Node:
        if parent.tag == "TOC":
            return parent.add("TOCI")
        return parent.add("LI").add("LBody") if parent.tag == "L" else parent.add("P")

    def _term(self, _box: Any, parent: Node) -> Node:
        return parent.add("LI").add("Lbl")

    def _description(self, _box: Any, parent: Node) -> Node:
        last = parent.kids[-1] if parent.kids else None
        item = last if isinstance(last, Node) and last.tag == "LI" else parent.add("LI")
        return item.add("LBody")

    def _link(self, box: Any, parent: Node) -> Node:
        if not box.element.get("href"):
            return parent
        holder = parent.text_holder()
        node = (holder.add("Reference") if holder.tag == "TOCI" else holder).add("Link")
        text = box.element.get("title") or _text_of(box.element)
        if not text:
            raise PdfError("Een koppeling in het document heeft geen tekst; geef elke er een.")
        self.link_texts[node] = text
        return node

    def _cell(self, box: Any, parent: Node) -> Node:
        node = parent.add(box.element_tag.upper())
        attributes: dict[str, object] = {}
        if node.tag == "TH":
            attributes["Scope"] = _scope(box.element, node)
        if box.colspan != 1:
            attributes["ColSpan"] = box.colspan
        if box.rowspan != 1:
            attributes["RowSpan"] = box.rowspan
        if attributes:
            node.attributes = {"O": "/Table", **attributes}
        return node

    def _caption(self, _box: Any, parent: Node) -> Node:
        """First in its table, also when it is out of the flow and so comes later."""
        table = parent.ancestor("Table")
        return table.add("Caption", first=True) if table else parent.add("P")

    def _figure(self, box: Any, parent: Node) -> Node:
        node = parent.add("Figure")
        node.texts["Alt"] = _alternative(box.element)
        return node


def _artifact_properties(box: Any) -> dict[str, str]:
    properties = {"Type": "/Pagination"}
    if isinstance(box, boxes.MarginBox):
        is_header = box.at_keyword.startswith("@top")
        properties["Subtype"] = "/Header" if is_header else "/Footer"
    return properties


def _scope(cell: Any, node: Node) -> str:
    scope = cell.get("scope") or ("col" if node.ancestor("THead") else "row")
    return "/Row" if scope in ("row", "rowgroup") else "/Column"


def _alternative(element: Any) -> str:
    """What stands for a picture: title and desc of a drawing, alt of an image."""
    if element.tag == f"{_SVG}svg":
        found = (element.find(f"{_SVG}{name}") for name in ("title", "desc"))
        parts = [_text_of(part) for part in found if part is not None]
        text = ". ".join(part.rstrip(".") for part in parts if part)
    else:
        text = element.get("alt", "").strip()
    if not text:
        raise PdfError(
            "Een figuur in het document heeft geen beschrijving; geef een tekening een "
            "title en een afbeelding een alt."
        )
    return text


def _text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
