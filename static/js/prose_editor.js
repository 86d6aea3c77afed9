/* The editor of running text: django-prose-editor (ProseMirror), which may hold what the plan
   can say. What is pasted goes through the server, which knows Word and leaves out the rest. */

export const make = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

const MAY_LINK = /^(https?:\/\/|mailto:)[^\s()<>"]+$/;

const extensions = (tiptap) => {
  const alone = { excludes: "_" }; // one mark on a word, as the text has it
  return [
    tiptap.Document, tiptap.Paragraph, tiptap.Text, tiptap.HardBreak, tiptap.History,
    tiptap.Heading.configure({ levels: [3] }),
    tiptap.Bold.extend(alone), tiptap.Italic.extend(alone),
    tiptap.Link.extend(alone).configure({ openOnClick: false, autolink: false, isAllowedUri: (url) => MAY_LINK.test(url ?? "") }),
    tiptap.BulletList, tiptap.OrderedList, tiptap.ListItem.extend({ content: "paragraph" }),
    tiptap.Blockquote.extend({ content: "paragraph+" }),
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
  editor.commands.insertContentAt(editor.state.selection.to, mark);
  editor.chain().insertContentAt(editor.state.doc.content.size, {
    type: "paragraph", content: [{ type: "text", text: `${mark}: ` }],
  }).focus("end").run();
};

const BUTTONS = [
  ["Vet", "bold", (editor) => editor.chain().focus().toggleBold().run()],
  ["Nadruk", "italic", (editor) => editor.chain().focus().toggleItalic().run()],
  ["Kopje", "heading", (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run()],
  ["Opsomming", "bulletList", (editor) => editor.chain().focus().toggleBulletList().run()],
  ["Nummers", "orderedList", (editor) => editor.chain().focus().toggleOrderedList().run()],
  ["Citaat", "blockquote", (editor) => editor.chain().focus().toggleBlockquote().run()],
  ["Link", "link", null],
  ["Noot", "", note],
  ["Ongedaan maken", "", (editor) => editor.chain().focus().undo().run()],
  ["Opnieuw", "", (editor) => editor.chain().focus().redo().run()],
];

/* Where the address of a link is typed, and what opens it. */
const linkRow = (editor, id) => {
  const input = make("input", { id: `${id}_link`, type: "url", placeholder: "https://" });
  const done = make("button", { type: "button", class: "button" }, "Maak de link");
  const fault = make("p", { class: "fault", role: "alert" });
  const row = make("div", { class: "prose-link", hidden: "" }, make("label", { for: input.id }, "Adres van de link"), input, done, fault);
  const close = () => { row.hidden = true; editor.commands.focus(); };
  const apply = () => {
    if (!MAY_LINK.test(input.value.trim())) {
      fault.textContent = "Begin het adres met https:// of mailto:, zonder spaties of haakjes.";
      return input.focus();
    }
    editor.chain().extendMarkRange("link").setLink({ href: input.value.trim() }).run();
    close();
  };
  done.addEventListener("click", apply);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    (event.key === "Enter" ? apply : close)();
  });
  const openLink = () => {
    if (editor.isActive("link")) return editor.chain().focus().extendMarkRange("link").unsetLink().run();
    fault.textContent = editor.state.selection.empty ? "Kies eerst de woorden die de link worden." : "";
    row.hidden = false;
    return input.focus();
  };
  return [row, openLink];
};

const toolbar = (editor, name, id) => {
  const bar = make("div", { class: "prose-bar", role: "toolbar", "aria-label": `Opmaak van ${name}`, "aria-controls": id });
  const [row, openLink] = linkRow(editor, id);
  const all = BUTTONS.map(([label, state, act], turn) => {
    const button = make("button", { type: "button", class: "button quiet", tabindex: turn ? -1 : 0 }, label);
    if (state) button.dataset.state = state;
    button.addEventListener("click", () => (act ? act(editor) : openLink()));
    return button;
  });
  bar.append(...all);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = all.indexOf(document.activeElement);
    const next = all[(at + step + all.length) % all.length];
    for (const button of all) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
  const show = () => {
    for (const button of all) if (button.dataset.state) button.setAttribute("aria-pressed", editor.isActive(button.dataset.state));
  };
  editor.on("transaction", show);
  show();
  return [bar, row];
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
