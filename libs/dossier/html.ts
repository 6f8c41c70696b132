/** Markup that is safe to put into a page as it is. */
export interface Html {
  markup: string;
}
type Part = string | number | Html | null | false | undefined | readonly Part[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const markupOf = (part: Part): string => {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'object') return 'markup' in part ? part.markup : part.map(markupOf).join('');
  return String(part).replace(/[&<>"']/g, (sign) => entities[sign]!);
};

/** Whatever is put into the text is escaped, unless it is markup itself. */
export const html = (text: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: text.map((piece, i) => piece + (i < parts.length ? markupOf(parts[i]) : '')).join(''),
});

export interface Column<T> {
  title: string;
  cell: (row: T) => Part;
}

/** A table, or a word when there is nothing to show. */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[]): Html {
  if (rows.length === 0) return html`<p class="none">无</p>`;
  return html`<table>
    <thead>
      <tr>
        ${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${columns.map(({ cell }) => html`<td>${cell(row)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const STYLE = `body{font:14px/1.7 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:#1f1f1f;max-width:960px;margin:24px auto;padding:0 16px}
h1{font-size:22px}h2{font-size:16px;margin-top:28px;border-bottom:1px solid #d9d9d9}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #d9d9d9;padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f5f5f5;font-weight:600}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px}dt{color:#595959}dd{margin:0}.none,.small{color:#595959}code{font-size:12px;overflow-wrap:anywhere}
pre{background:#f5f5f5;padding:12px;white-space:pre-wrap}@media print{body{margin:0;max-width:none}}`;

/** A whole page that needs nothing besides itself. */
export const page = (title: string, body: Html, script = ''): string =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${{ markup: STYLE }}
        </style>
      </head>
      <body>
        ${body}${{ markup: script && `<script type="module">${script}</script>` }}
      </body>
    </html>`.markup;

/** Names and what they say, without what is not there. */
export const facts = (rows: readonly (readonly [string, Part])[]): Html =>
  html`<dl>
    ${rows
      .filter(([, said]) => said !== null && said !== '')
      .map(
        ([name, said]) =>
          html`<dt>${name}</dt>
            <dd>${said}</dd>`,
      )}
  </dl>`;
