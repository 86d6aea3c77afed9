"""The structure tree of a tagged PDF: what a screen reader walks through.

Nodes are built freely and written once, when the whole document is known. ISO 32000-1,
14.7 and 14.8, is the source of every key in here. Knows nothing of HTML or layout.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pydyf

# Tags that may not hold text themselves, only blocks.
GROUPING = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote"})

# Cells and items count, also without content: a row with a hole would shift.
_KEPT_WHEN_EMPTY = frozenset({"TR", "TH", "TD", "LI", "LBody"})


@dataclass(frozen=True, slots=True)
class Content:
    """A marked piece of a page: its page's index and its number on that page."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class LinkArea:
    """The clickable rectangle of a link on the page with this index."""

    page: int
    annotation: pydyf.Dictionary


@dataclass(slots=True, eq=False)
class Node:
    """A structure element; identity counts, equality does not."""

    tag: str
    parent: "Node | None" = None
    kids: list["Node | Content | LinkArea"] = field(default_factory=list)
    # Entries of the element itself (Alt, Lang, E, ID) and of its attribute object.
    texts: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, object] = field(default_factory=dict)
    # A paragraph that the tree needs and the HTML does not have.
    is_implied: bool = False

    def add(self, tag: str, *, first: bool = False) -> "Node":
        node = Node(tag, self)
        self.kids.insert(0 if first else len(self.kids), node)
        return node

    def ancestor(self, tag: str) -> "Node | None":
        """The nearest node with this tag, from this one upwards."""
        node: Node | None = self
        while node is not None and node.tag != tag:
            node = node.parent
        return node

    def text_holder(self) -> "Node":
        """The node that takes text meant for this one: a paragraph in a group."""
        if self.tag not in GROUPING:
            return self
        last = self.kids[-1] if self.kids else None
        if isinstance(last, Node) and last.is_implied:
            return last
        paragraph = self.add("P")
        paragraph.is_implied = True
        return paragraph


def write_structure(pdf: pydyf.PDF, document: Node, marks_per_page: Sequence[int]) -> None:
    """Write the tree below `document`; `marks_per_page` counts the numbers used per page."""
    _prune(document)
    _StructureWriter(pdf, marks_per_page).write(document)


def _prune(node: Node) -> None:
    for kid in node.kids:
        if isinstance(kid, Node):
            _prune(kid)
    node.kids = [kid for kid in node.kids if not _is_hollow(kid)]


def _is_hollow(kid: Node | Content | LinkArea) -> bool:
    return isinstance(kid, Node) and not kid.kids and kid.tag not in _KEPT_WHEN_EMPTY


class _StructureWriter:
    def __init__(self, pdf: pydyf.PDF, marks_per_page: Sequence[int]) -> None:
        self.pdf = pdf
        self.pages = pdf.page_references
        self.owners: list[list[object]] = [["null"] * count for count in marks_per_page]
        self.link_owners: list[object] = []
        self.identifiers: list[tuple[str, object]] = []

    def write(self, document: Node) -> None:
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(root)
        root["K"] = pydyf.Array([self._element(document, root).reference])
        root["ParentTree"] = self._parent_tree()
        root["ParentTreeNextKey"] = len(self.pages) + len(self.link_owners)
        if self.identifiers:
            root["IDTree"] = self._identifier_tree()
        self.pdf.catalog["StructTreeRoot"] = root.reference
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        self.pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        self._point_pages_at_tree()

    def _element(self, node: Node, parent: pydyf.Dictionary) -> pydyf.Dictionary:
        element = pydyf.Dictionary(
            {"Type": "/StructElem", "S": f"/{node.tag}", "P": parent.reference}
        )
        self.pdf.add_object(element)
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if page is not None:
            element["Pg"] = self.pages[page]
        for key, text in node.texts.items():
            element[key] = pydyf.String(text)
        if "ID" in node.texts:
            self.identifiers.append((node.texts["ID"], element.reference))
        if node.attributes:
            element["A"] = pydyf.Dictionary(node.attributes)
        if node.kids:
            element["K"] = pydyf.Array(self._kids(node, element, page))
        return element

    def _kids(self, node: Node, element: pydyf.Dictionary, page: int | None) -> Iterator[object]:
        for kid in node.kids:
            match kid:
                case Node():
                    yield self._element(kid, element).reference
                case Content():
                    yield self._content(kid, element, page)
                case LinkArea():
                    yield self._link_area(kid, element)

    def _content(self, content: Content, element: pydyf.Dictionary, page: int | None) -> object:
        self.owners[content.page][content.mcid] = element.reference
        if content.page == page:
            return content.mcid
        return pydyf.Dictionary(
            {"Type": "/MCR", "Pg": self.pages[content.page], "MCID": content.mcid}
        )

    def _link_area(self, area: LinkArea, element: pydyf.Dictionary) -> pydyf.Dictionary:
        # Pages take the first keys of the parent tree, links those after them.
        area.annotation["StructParent"] = len(self.pages) + len(self.link_owners)
        self.link_owners.append(element.reference)
        return pydyf.Dictionary(
            {
                "Type": "/OBJR",
                "Obj": area.annotation.reference,
                "Pg": self.pages[area.page],
            }
        )

    def _parent_tree(self) -> object:
        numbers = pydyf.Array()
        for key, owners in enumerate(self.owners):
            numbers.extend((key, pydyf.Array(owners)))
        for key, owner in enumerate(self.link_owners, start=len(self.owners)):
            numbers.extend((key, owner))
        tree = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(tree)
        return tree.reference

    def _identifier_tree(self) -> object:
        names = pydyf.Array()
        for identifier, reference in sorted(self.identifiers):
            names.extend((pydyf.String(identifier), reference))
        tree = pydyf.Dictionary({"Names": names})
        self.pdf.add_object(tree)
        return tree.reference

    def _point_pages_at_tree(self) -> None:
        for key, reference in enumerate(self.pages):
            page = self.pdf.objects[int(reference.split()[0])]
            page["Tabs"] = "/S"
            page["StructParents"] = key
