/** The part of XML that workbooks are written in: elements, attributes, text, CDATA. A document type is refused: no workbook has one, and bombs do. */
export class XmlError extends Error {}

export type Attributes = Record<string, string>;

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text as its characters: entities resolved, and Excel's own `_x000D_` form as well. */
export function decodeText(text: string): string {
  const plain = text.includes('&')
    ? text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex: string, dec: string, name: string) =>
        name ? (NAMED[name] ?? whole) : fromCode(hex ? parseInt(hex, 16) : Number(dec)),
      )
    : text;
  return plain.includes('_x') ? plain.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => fromCode(parseInt(hex, 16))) : plain;
}

const fromCode = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

export function encodeText(text: string): string {
  // Control characters cannot stand in XML 1.0 at all.
  // oxlint-disable-next-line no-control-regex
  const clean = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
  return clean.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
}

/**
 * Walks over the tags of a document. Names are local (`x:row` is `row`): Excel, WPS, LibreOffice and others choose different prefixes.
 * `start` and `end` are places in the text, so that a document can be changed without losing anything of the rest.
 */
export class XmlReader {
  readonly xml: string;
  name = '';
  prefix = '';
  kind: 'open' | 'close' | 'empty' = 'open';
  start = 0;
  end = 0;
  /** What stood between the last tag and this one, entities resolved. Only kept while `keepText` is on. */
  text = '';
  keepText = false;

  constructor(xml: string) {
    this.xml = xml;
  }

  /** Moves to the next tag; false at the end of the document. */
  next(): boolean {
    this.text = '';
    for (;;) {
      const open = this.xml.indexOf('<', this.end);
      if (open < 0) return false;
      if (this.keepText && open > this.end) this.text += decodeText(this.xml.slice(this.end, open));
      const second = this.xml.charCodeAt(open + 1);
      if (second === 33 /* ! */) this.skipDeclaration(open);
      else if (second === 63 /* ? */) this.end = this.after('?>', open);
      else {
        this.readTag(open, second === 47 /* / */);
        return true;
      }
    }
  }

  /** Moves to the next tag inside an element; false at the element's end. A document that ends first is broken. */
  inside(name: string): boolean {
    if (!this.next()) throw new XmlError(`unclosed ${name}`);
    return this.name !== name || this.kind !== 'close';
  }

  /** Attributes of this tag: `xml:space` as `space`, any other prefix kept, so that `r:id` and `id` are two. */
  attributes(): Attributes {
    const found: Attributes = {};
    // The tag alone: a search for a quotation mark that it has not must end with it.
    const tag = this.xml.slice(this.start, this.end);
    let at = 0;
    for (;;) {
      const equals = tag.indexOf('=', at);
      if (equals < 0) break;
      let open = equals + 1;
      while (tag.charCodeAt(open) <= 32) open += 1;
      const quote = tag[open];
      const close = quote === '"' || quote === "'" ? tag.indexOf(quote, open + 1) : -1;
      if (close < 0) break;
      const name = lastWord(tag, equals);
      found[name.startsWith('xml:') ? name.slice(4) : name] = decodeText(tag.slice(open + 1, close));
      at = close + 1;
    }
    return found;
  }

  private readTag(open: number, closing: boolean): void {
    const end = this.tagEnd(open);
    let i = open + (closing ? 2 : 1);
    const from = i;
    let colon = -1;
    for (; i < end; i++) {
      const c = this.xml.charCodeAt(i);
      if (c === 58 /* : */) colon = i;
      else if (c <= 32 || c === 47 /* / */) break;
    }
    this.name = this.xml.slice(colon < 0 ? from : colon + 1, i);
    this.prefix = colon < 0 ? '' : this.xml.slice(from, colon + 1);
    this.kind = closing ? 'close' : this.xml.charCodeAt(end - 1) === 47 /* / */ ? 'empty' : 'open';
    this.start = open;
    this.end = end + 1;
  }

  /** The ">" that ends a tag: one inside an attribute's quotes does not. */
  private tagEnd(open: number): number {
    let quote = 0;
    for (let i = open + 1; i < this.xml.length; i++) {
      const c = this.xml.charCodeAt(i);
      if (quote) quote = c === quote ? 0 : quote;
      else if (c === 34 /* " */ || c === 39 /* ' */) quote = c;
      else if (c === 62 /* > */) return i;
    }
    throw new XmlError('unclosed tag');
  }

  private skipDeclaration(open: number): void {
    if (this.xml.startsWith('<!--', open)) this.end = this.after('-->', open);
    else if (this.xml.startsWith('<![CDATA[', open)) {
      this.end = this.after(']]>', open);
      if (this.keepText) this.text += this.xml.slice(open + 9, this.end - 3);
    } else throw new XmlError('document type');
  }

  private after(mark: string, from: number): number {
    const at = this.xml.indexOf(mark, from);
    if (at < 0) throw new XmlError(`no ${mark}`);
    return at + mark.length;
  }
}

/** The word that ends before a place, blanks between left out. */
function lastWord(text: string, before: number): string {
  let end = before;
  while (end > 0 && text.charCodeAt(end - 1) <= 32) end -= 1;
  let start = end;
  while (start > 0 && text.charCodeAt(start - 1) > 32) start -= 1;
  return text.slice(start, end);
}
