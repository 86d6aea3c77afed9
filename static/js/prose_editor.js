/* The editor of running text: django-prose-editor (ProseMirror), which may hold what the plan
   can say. What is pasted goes through the server, which knows Word and leaves out the rest. */

export const make = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

export const button = (label, act) => {
  const made = make("button", { type: "button", class: "button quiet" }, label);
  made.addEventListener("click", act);
  return made;
};

/* Into the editor at once, with the cursor in sight: its own command gives the focus a frame
   later, and what is typed before that is lost. */
export const enter = (editor) => {
  editor.view.focus();
  editor.commands.scrollIntoView();
};
export const enterAtEnd = (editor) => {
  editor.commands.setTextSelection(editor.state.doc.content.size);
  enter(editor);
};

const MAY_LINK = /^(https?:\/\/|mailto:)[^\s()<>"]+$/;

const extensions = (t) => {
  const alone = { excludes: "_" }; // one mark on a word, as the text has it
  return [
    t.Document, t.Paragraph, t.Text, t.HardBreak, t.History,
    t.Heading.configure({ levels: [3] }),
    t.Bold.extend(alone), t.Italic.extend(alone),
    t.Link.extend(alone).configure({ openOnClick: false, autolink: false, isAllowedUri: (url) => MAY_LINK.test(url ?? "") }),
    t.BulletList, t.OrderedList, t.ListItem.extend({ content: "paragraph" }),
    t.Blockquote.extend({ content: "paragraph+" }),
    t.Table.extend({
      addNodeView: null, // its own have styles
      renderHTML: () => ["table", ["tbody", 0]],
      addKeyboardShortcuts() { // the last Tab leaves
        return { Tab: () => this.editor.commands.goToNextCell(), "Shift-Tab": () => this.editor.commands.goToPreviousCell() };
      },
    }),
    // The first row is the heading, whatever its cells are.
    t.TableRow.extend({ content: "tableCell+" }), t.TableCell.extend({ content: "paragraph", parseHTML: () => [{ tag: "td" }, { tag: "th" }] }),
    t.Gapcursor,
  ];
};

/* Paste what the server made of it; when it cannot be reached, the words alone. Taken
   before the component reads it: that would try the styles of Word, which the policy of
   the page refuses aloud. */
const paste = (editor, post, event) => {
  const html = event.clipboardData?.getData("text/html") ?? "";
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (html.includes("data-pm-slice") || (!html && !text.includes("\n"))) return false;
  event.preventDefault();
  // A cell takes one line of words, unless cells are pasted.
  if (editor.isActive("table") && !/<t[dh]\b/i.test(html)) return editor.view.pasteText(text.replace(/\s+/g, " "));
  post(html ? { html } : { text }).then(
    // A heading or list stays one, also when the cursor stands behind other words.
    (said) => (said.html.startsWith("<p>") ? editor.view.pasteHTML(said.html) : editor.commands.insertContent(said.html)),
    () => editor.view.pasteText(text),
  );
  return true;
};

/* Behind what is chosen. */
const note = (editor) => {
  const numbers = [...editor.getText().matchAll(/\[\^(\d{1,3})\]/g)].map((found) => Number(found[1]));
  const mark = `[^${Math.max(0, ...numbers) + 1}]`;
  const { doc, selection } = editor.state;
  editor.commands.insertContentAt(Math.min(selection.to, doc.content.size - 1), mark);
  editor.commands.insertContentAt(editor.state.doc.content.size, {
    type: "paragraph", content: [{ type: "text", text: `${mark}: ` }],
  });
  enterAtEnd(editor);
};

/* What each says, the command of the editor that it gives, and the state that it shows. */
const BUTTONS = [
  ["Vet", "toggleBold", "bold"],
  ["Nadruk", "toggleItalic", "italic"],
  ["Kopje", "toggleHeading", "heading", { level: 3 }],
  ["Opsomming", "toggleBulletList", "bulletList"],
  ["Nummers", "toggleOrderedList", "orderedList"],
  ["Citaat", "toggleBlockquote", "blockquote"],
  ["Link", "link", "link"],
  ["Tabel", "insertTable", "", { withHeaderRow: false }],
  ["Noot", "note"],
  ["Ongedaan maken", "undo"],
  ["Opnieuw", "redo"],
];
const TABLE = 7;
const IN_TABLE = [
  ["Rij erbij", "addRowAfter"], ["Kolom erbij", "addColumnAfter"],
  ["Rij weg", "deleteRow"], ["Kolom weg", "deleteColumn"], ["Tabel weg", "deleteTable"],
];

const buttons = (editor, said, own = {}) => said.map(([label, act, state, how]) => {
  const made = button(label, () => {
    if (own[act]) own[act](editor);
    else if (made.ariaDisabled !== "true") { enter(editor); editor.commands[act](how); }
  });
  made.state = state;
  return made;
});

/* Where the address of a link is typed, and what opens it. */
const linkRow = (editor, id) => {
  const input = make("input", { id: `${id}_link`, type: "url", placeholder: "https://" });
  const fault = make("p", { class: "fault", role: "alert" });
  const row = make("div", { class: "prose-link", hidden: "" }, make("label", { for: input.id }, "Adres van de link"), input, button("Maak de link", () => apply()), fault);
  const close = () => { row.hidden = true; enter(editor); };
  const apply = () => {
    if (!MAY_LINK.test(input.value.trim())) {
      fault.textContent = "Begin het adres met https:// of mailto:, zonder spaties of haakjes.";
      return input.focus();
    }
    editor.chain().extendMarkRange("link").setLink({ href: input.value.trim() }).run();
    close();
  };
  input.addEventListener("keydown", (event) => {
    const act = { Enter: apply, Escape: close }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  const open = () => {
    if (editor.isActive("link")) {
      enter(editor);
      return editor.chain().extendMarkRange("link").unsetLink().run();
    }
    fault.textContent = editor.state.selection.empty ? "Kies eerst de woorden die de link worden." : "";
    row.hidden = false;
    return input.focus();
  };
  return [row, open];
};

const toolbar = (editor, name, id) => {
  const bar = make("div", { class: "prose-bar", role: "toolbar", "aria-label": `Opmaak van ${name}`, "aria-controls": id });
  const [row, link] = linkRow(editor, id);
  const all = buttons(editor, BUTTONS, { link, note });
  const cells = make("div", { class: "prose-link", role: "group", "aria-label": "Tabel" }, ...buttons(editor, IN_TABLE));
  const stop = (one) => { for (const other of all) other.tabIndex = other === one ? 0 : -1; };
  stop(all[0]);
  bar.append(...all);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = all.indexOf(document.activeElement);
    const next = all[(at + step + all.length) % all.length];
    stop(next);
    next.focus();
  });
  const show = () => {
    for (const one of all) if (one.state) one.ariaPressed = editor.isActive(one.state);
    all[TABLE].ariaDisabled = editor.isActive("table"); // none within another
    cells.hidden = !editor.isActive("table");
  };
  editor.on("transaction", show);
  show();
  return [bar, row, cells];
};

/* An editor in `box`, which holds `content`. `post` asks the server what is made of a text;
   `attributes` are those of the field itself, among them its id. */
export const mount = (tiptap, { box, content, name, post, attributes, onUpdate }) => {
  const editor = new tiptap.Editor({
    element: box,
    injectCSS: false, // the policy of the page allows no style but from a file
    content,
    extensions: extensions(tiptap),
    editorProps: {
      attributes: { class: "prose-field", role: "textbox", "aria-multiline": "true", ...attributes },
      handleDOMEvents: { paste: (_view, event) => paste(editor, post, event) },
    },
    onUpdate: () => onUpdate?.(editor),
  });
  box.prepend(...toolbar(editor, name, attributes.id));
  return editor;
};
