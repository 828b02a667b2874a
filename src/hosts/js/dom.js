/* dom.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* XML as a tree of nodes, by the names of DOM Level 2. A document is read when it
 * is first looked into. Nothing here recurses: trees may be deep. */
(function (tools, host) {
  "use strict";

  const { parse, stringify } = JSON;
  const { freeze } = Object;
  const ELEMENT = 1, ATTRIBUTE = 2, TEXT = 3, CDATA = 4, INSTRUCTION = 7, COMMENT = 8, DOCUMENT = 9;
  const XMLNS = "http://www.w3.org/2000/xmlns/";
  const XML = "http://www.w3.org/XML/1998/namespace";
  const nameRule = /^[\p{L}_][\p{L}\p{N}\p{M}_.-]*(?::[\p{L}_][\p{L}\p{N}\p{M}_.-]*)?$/u;
  const charRule = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

  function fail (message)
  {
    throw tools.error ("DOMException", message);
  }

  function checkName (name)
  {
    name = `${name}`;
    if (!nameRule.test (name))
      fail (`“${name}” is no name in XML`);
    return name;
  }

  function checkText (text)
  {
    text = `${text ?? ""}`.toWellFormed ();
    if (!charRule.test (text))
      fail ("a text has a character that XML cannot hold");
    return text;
  }

  function localPart (name)
  {
    return name.slice (name.indexOf (":") + 1);
  }

  function prefixPart (name)
  {
    return name.includes (":") ? name.slice (0, name.indexOf (":")) : null;
  }

  class NodeList extends Array {
    item (index) { return this[index] ?? null; }

    getNamedItem (name) { return this.find (one => one.nodeName === name) ?? null; }
  }

  function listOf (nodes)
  {
    const list = new NodeList ();

    for (const node of nodes)
      list.push (node);
    return list;
  }

  class Node {
    #type;
    #document; /* of a document: itself */
    #name;
    #namespace;
    #value;
    #attributes = [];
    #parent = null;
    #first = null;
    #last = null;
    #next = null;
    #previous = null;
    #text;     /* of a document that has not been changed: what it was read from */
    #isRead = true;

    constructor (type, document, name, namespace, value)
    {
      this.#type = type;
      this.#document = document ?? this;
      this.#name = name;
      this.#namespace = namespace;
      this.#value = value;
    }

    /* --- What is there ----------------------------------------------------- */

    static isNode (object) { return #type in object; }

    static fromText (text)
    {
      const document = new Node (DOCUMENT, null, "#document", null, null);

      document.#text = text;
      document.#isRead = false;
      return document;
    }

    #read ()
    {
      if (this.#isRead)
        return this;

      let parent = this;
      const text = host.parseXml (this.#text);
      if (text[0] !== "[")
        fail (text);
      const events = parse (text);

      for (const [type, name, namespace, attributes] of events)
        {
          if (type === 0)
            {
              parent = parent.#parent;
              continue;
            }
          const node = type === ELEMENT ? new Node (ELEMENT, this, name, namespace, null)
                                        : new Node (type, this, name, null, namespace);

          for (let i = 0; type === ELEMENT && i < attributes.length; i += 3)
            node.#addAttribute (attributes[i], attributes[i + 1], attributes[i + 2]);
          parent.#link (node, null);
          if (type === ELEMENT)
            parent = node;
        }
      this.#isRead = true;
      return this;
    }

    #changed () { this.#document.#text = undefined; }

    get nodeType () { return this.#type; }
    get nodeName () { return this.#name; }
    get tagName () { return this.#type === ELEMENT ? this.#name : undefined; }
    get name () { return this.#type === ATTRIBUTE ? this.#name : undefined; }
    get target () { return this.#type === INSTRUCTION ? this.#name : undefined; }
    get localName () { return this.#type <= ATTRIBUTE ? localPart (this.#name) : null; }
    get prefix () { return this.#type <= ATTRIBUTE ? prefixPart (this.#name) : null; }
    get namespaceURI () { return this.#namespace; }
    get ownerDocument () { return this.#type === DOCUMENT ? null : this.#document; }
    get ownerElement () { return this.#type === ATTRIBUTE ? this.#parent : undefined; }
    get parentNode () { return this.#type === ATTRIBUTE ? null : this.#parent; }
    get firstChild () { return this.#read ().#first; }
    get lastChild () { return this.#read ().#last; }
    get nextSibling () { return this.#next; }
    get previousSibling () { return this.#previous; }
    get childNodes () { return listOf (this.#children ()); }
    get children () { return listOf (this.#children ().filter (one => one.#type === ELEMENT)); }
    get attributes () { return this.#type === ELEMENT ? listOf (this.#attributes) : null; }
    get documentElement ()
    {
      return this.#type === DOCUMENT ? this.#children ().find (one => one.#type === ELEMENT) ?? null : undefined;
    }

    hasChildNodes () { return this.firstChild !== null; }
    hasAttributes () { return this.#attributes.length > 0; }

    #children ()
    {
      const list = [];

      for (let node = this.#read ().#first; node !== null; node = node.#next)
        list.push (node);
      return list;
    }

    /* The next in the order of the document, of those in @root; without what is
     * in this one, if it is left. */
    #following (root, leave)
    {
      let node = this;

      if (!leave && node.#first !== null)
        return node.#first;
      while (node !== root && node.#next === null)
        node = node.#parent;
      return node === root ? null : node.#next;
    }

    #descendants (matches)
    {
      const list = new NodeList ();

      for (let node = this.#read ().#first; node !== null; node = node.#following (this, false))
        if (node.#type === ELEMENT && matches (node))
          list.push (node);
      return list;
    }

    getElementsByTagName (name)
    {
      name = `${name}`;
      return this.#descendants (node => name === "*" || node.#name === name);
    }

    getElementsByTagNameNS (namespace, name)
    {
      name = `${name}`;
      namespace = namespace === "" ? null : namespace;
      return this.#descendants (node => (name === "*" || localPart (node.#name) === name)
                                        && (namespace === "*" || node.#namespace === namespace));
    }

    getElementById (id)
    {
      id = `${id}`;
      return this.#descendants (node => node.getAttribute ("id") === id || node.getAttribute ("xml:id") === id)[0] ?? null;
    }

    /* --- Texts -------------------------------------------------------------- */

    get nodeValue () { return this.#value; }
    set nodeValue (text) { this.#setValue (text); }
    get data () { return this.#value ?? undefined; }
    set data (text) { this.#setValue (text); }
    get value () { return this.#type === ATTRIBUTE ? this.#value : undefined; }
    set value (text) { this.#setValue (text); }
    get length () { return this.#value?.length; }

    #setValue (text)
    {
      if (this.#value === null)
        return;
      this.#value = checkText (text);
      this.#changed ();
    }

    get textContent ()
    {
      let out = "";

      if (this.#type === DOCUMENT)
        return null;
      if (this.#value !== null)
        return this.#value;
      for (let node = this.#first; node !== null; node = node.#following (this, false))
        if (node.#type === TEXT || node.#type === CDATA)
          out += node.#value;
      return out;
    }

    set textContent (text)
    {
      if (this.#type !== ELEMENT)
        {
          this.#setValue (text);
          return;
        }
      text = checkText (text);
      while (this.#first !== null)
        this.#first.#unlink ();
      if (text !== "")
        this.#link (new Node (TEXT, this.#document, "#text", null, text), null);
      this.#changed ();
    }

    /* --- Attributes ---------------------------------------------------------- */

    #addAttribute (name, value, namespace)
    {
      const attribute = new Node (ATTRIBUTE, this.#document, name, namespace, value);

      attribute.#parent = this;
      this.#attributes.push (attribute);
    }

    getAttributeNode (name) { return this.#attributes.find (one => one.#name === `${name}`) ?? null; }

    getAttributeNodeNS (namespace, name)
    {
      return this.#attributes.find (one => one.#namespace === (namespace || null) && localPart (one.#name) === `${name}`) ?? null;
    }

    getAttribute (name) { return this.getAttributeNode (name)?.value ?? null; }
    getAttributeNS (namespace, name) { return this.getAttributeNodeNS (namespace, name)?.value ?? null; }
    hasAttribute (name) { return this.getAttributeNode (name) !== null; }
    hasAttributeNS (namespace, name) { return this.getAttributeNodeNS (namespace, name) !== null; }
    setAttribute (name, value) { this.#put (this.getAttributeNode (name), checkName (name), value, null); }

    setAttributeNS (namespace, name, value)
    {
      name = checkName (name);
      this.#put (this.getAttributeNodeNS (namespace, localPart (name)), name, value, namespace || null);
    }

    #put (attribute, name, value, namespace)
    {
      value = checkText (value);
      if (this.#type !== ELEMENT)
        fail ("only elements have attributes");
      if (attribute === null)
        this.#addAttribute (name, value, name === "xmlns" || name.startsWith ("xmlns:") ? XMLNS : namespace);
      else
        attribute.#value = value;
      this.#changed ();
    }

    removeAttribute (name) { this.#drop (this.getAttributeNode (name)); }
    removeAttributeNS (namespace, name) { this.#drop (this.getAttributeNodeNS (namespace, name)); }

    #drop (attribute)
    {
      if (attribute === null)
        return;
      this.#attributes.splice (this.#attributes.indexOf (attribute), 1);
      attribute.#parent = null;
      this.#changed ();
    }

    /* --- Changing the tree ---------------------------------------------------- */

    #link (node, before)
    {
      node.#parent = this;
      node.#next = before;
      node.#previous = before === null ? this.#last : before.#previous;
      if (node.#previous === null)
        this.#first = node;
      else
        node.#previous.#next = node;
      if (before === null)
        this.#last = node;
      else
        before.#previous = node;
    }

    #unlink ()
    {
      const parent = this.#parent;

      if (parent === null)
        return;
      if (this.#previous === null)
        parent.#first = this.#next;
      else
        this.#previous.#next = this.#next;
      if (this.#next === null)
        parent.#last = this.#previous;
      else
        this.#next.#previous = this.#previous;
      this.#parent = this.#next = this.#previous = null;
    }

    #adopt (document)
    {
      for (let node = this; node !== null; node = node.#following (this, false))
        {
          node.#document = document;
          for (const attribute of node.#attributes)
            attribute.#document = document;
        }
    }

    #checkChild (node, leaving)
    {
      if (typeof node !== "object" || node === null || !Node.isNode (node))
        fail ("only a node can be put into another");
      if (this.#type !== ELEMENT && this.#type !== DOCUMENT)
        fail (`a ${this.#name} has no children`);
      if (node.#type === DOCUMENT || node.#type === ATTRIBUTE)
        fail (`a ${node.#name} cannot be put into another node`);
      /* One without children is around nothing */
      for (let above = this; above !== null; above = node.#first === null ? null : above.#parent)
        if (above === node)
          fail ("a node cannot be put into itself");
      if (this.#type !== DOCUMENT)
        return;
      if (node.#type === TEXT || node.#type === CDATA)
        fail ("a document has no text outside its element");
      if (node.#type === ELEMENT && this.#children ().some (one => one.#type === ELEMENT && one !== node && one !== leaving))
        fail ("a document has one element");
    }

    #checkIsChild (node)
    {
      if (typeof node !== "object" || node === null || !Node.isNode (node) || node.#parent !== this
          || node.#type === ATTRIBUTE)
        fail ("it is no child of this node");
    }

    insertBefore (node, before)
    {
      this.#read ().#checkChild (node);
      if (before !== null && before !== undefined)
        this.#checkIsChild (before);
      if (before === node)
        return node;
      node.#changed ();
      node.#unlink ();
      if (node.#document !== this.#document)
        node.#adopt (this.#document);
      this.#link (node, before ?? null);
      this.#changed ();
      return node;
    }

    appendChild (node) { return this.insertBefore (node, null); }

    removeChild (node)
    {
      this.#read ().#checkIsChild (node);
      node.#changed ();
      node.#unlink ();
      return node;
    }

    replaceChild (node, old)
    {
      this.#read ().#checkIsChild (old);
      this.#checkChild (node, old);
      if (node !== old)
        {
          const before = old.#next === node ? node.#next : old.#next;

          this.removeChild (old);
          this.insertBefore (node, before);
        }
      return old;
    }

    #copy (document)
    {
      const copy = new Node (this.#type, document, this.#name, this.#namespace, this.#value);

      for (const one of this.#attributes)
        copy.#addAttribute (one.#name, one.#value, one.#namespace);
      return copy;
    }

    cloneNode (deep)
    {
      const copy = this.#copy (this.#type === DOCUMENT ? null : this.#document);
      const document = this.#type === DOCUMENT ? copy : this.#document;
      let parent = copy;

      if (!deep)
        return copy;
      for (let node = this.#read ().#first; node !== null;)
        {
          const child = node.#copy (document);

          parent.#link (child, null);
          if (node.#first !== null)
            {
              parent = child;
              node = node.#first;
              continue;
            }
          for (; node !== this && node.#next === null; node = node.#parent)
            if (node.#parent !== this)
              parent = parent.#parent;
          node = node === this ? null : node.#next;
        }
      return copy;
    }

    /* --- Making nodes -------------------------------------------------------- */

    createElement (name) { return new Node (ELEMENT, this.#document, checkName (name), null, null); }

    createElementNS (namespace, name)
    {
      return new Node (ELEMENT, this.#document, checkName (name), namespace ? checkText (namespace) : null, null);
    }

    createTextNode (text) { return new Node (TEXT, this.#document, "#text", null, checkText (text)); }

    createCDATASection (text) { return this.createTextNode (text); }

    createComment (text)
    {
      text = checkText (text);
      if (text.includes ("--") || text.endsWith ("-"))
        fail ("a comment in XML has no “--” in it");
      return new Node (COMMENT, this.#document, "#comment", null, text);
    }

    /* --- As text --------------------------------------------------------------- */

    #declared (scope)
    {
      for (const one of this.#attributes)
        if (one.#name === "xmlns" || one.#name.startsWith ("xmlns:"))
          scope = { prefix: one.#name === "xmlns" ? "" : one.#name.slice (6), namespace: one.#value, around: scope };
      return scope;
    }

    static #find (scope, prefix)
    {
      for (; scope !== null; scope = scope.around)
        if (scope.prefix === prefix)
          return scope.namespace;
      return prefix === "xml" ? XML : "";
    }

    /* The beginning of an element, and what names stand for in it. */
    #begin (scope)
    {
      let out = `<${this.#name}`;

      scope = this.#declared (scope);
      for (const one of [this, ...this.#attributes])
        {
          const prefix = prefixPart (one.#name) ?? "";

          if (one.#namespace === XMLNS || (one !== this && prefix === "") || (one.#namespace === null && prefix !== "")
              || Node.#find (scope, prefix) === (one.#namespace ?? ""))
            continue;
          scope = { prefix, namespace: one.#namespace ?? "", around: scope };
          out += ` xmlns${prefix === "" ? "" : ":"}${prefix}="${escapeText (scope.namespace)}"`;
        }
      for (const one of this.#attributes)
        out += ` ${one.#name}="${escapeText (one.#value)}"`;
      return { out: out + (this.#first === null ? "/>" : ">"), scope };
    }

    #asText ()
    {
      switch (this.#type)
        {
        case TEXT:
        case CDATA:
          return escapeText (this.#value);
        case COMMENT:
          return `<!--${this.#value}-->`;
        case INSTRUCTION:
          return `<?${this.#name}${this.#value === "" ? "" : " "}${this.#value}?>`;
        default:
          return "";
        }
    }

    static toMarkup (root)
    {
      let out = "";
      let scope = null;
      const scopes = [];

      if (root.#text !== undefined)
        return root.#text;
      for (let node = root; node !== null;)
        {
          if (node.#type === ELEMENT)
            {
              const begun = node.#begin (scope);

              out += begun.out;
              scopes.push (scope);
              scope = begun.scope;
            }
          else
            out += node.#asText ();
          if (node.#first !== null)
            {
              node = node.#first;
              continue;
            }
          if (node.#type === ELEMENT)
            scope = scopes.pop ();
          while (node !== root && node.#next === null)
            {
              node = node.#parent;
              if (node.#type === ELEMENT)
                {
                  out += `</${node.#name}>`;
                  scope = scopes.pop ();
                }
            }
          node = node === root ? null : node.#next;
        }
      return out;
    }

    toString () { return this.#type === ATTRIBUTE ? this.#value : Node.toMarkup (this); }
  }

  function escapeText (text)
  {
    return text.replace (/[&<>"\t\n\r]/g, c => escapes[c]);
  }

  const escapes = {
    __proto__: null,
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "\t", "\n": "\n", "\r": "&#13;",
  };

  tools.extraNatives = [Node, NodeList];
  tools.isNode = object => Node.isNode (object);
  tools.decodeNode = text => Node.fromText (text);

  /* What is no element on its own is its text. */
  tools.encodeNode = function (node, place) {
    if (node.nodeType !== ELEMENT && node.nodeType !== DOCUMENT)
      return stringify (node.nodeValue);

    const text = Node.toMarkup (node);
    if (text === "")
      throw tools.error ("FermataResult", `${place ()} is a document without an element, which cannot be kept`);
    return `{"$xml":${stringify (text)}}`;
  };

  freeze (escapes);
})
