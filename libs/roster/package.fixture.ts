import { ZipFile } from 'yazl';

// For tests: workbooks written part by part, as other makers than exceljs write them, and as no maker would.
const NS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export async function zipOf(parts: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name, { compress: content.length > 0 });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export interface PackageParts {
  /** What stands inside <sheetData>. */
  rows: string;
  /** What follows <sheetData>. */
  after?: string;
  shared?: string;
  styles?: string;
  book?: string;
  extra?: Record<string, string | Buffer>;
  /** Prefix of every element of the sheet, such as "x:". */
  prefix?: string;
}

/** A workbook with one sheet, 花名册, from the XML of its rows. */
export function packageOf({
  rows,
  after = '',
  shared = '',
  styles = '',
  book = '',
  extra = {},
  prefix = '',
}: PackageParts): Promise<Buffer> {
  const prefixed = (xml: string) => (prefix === '' ? xml : xml.replace(/<(\/?)(?=\w)/g, `<$1${prefix}`));
  const namespace = prefix === '' ? `xmlns="${NS}"` : `xmlns:${prefix.slice(0, -1)}="${NS}"`;
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${REL}/${type}" Target="${target}"/>`;
  return zipOf({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    'xl/workbook.xml': `<workbook xmlns="${NS}" xmlns:r="${REL}">${book}<sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}${relation('rId2', 'sharedStrings', 'sharedStrings.xml')}${relation('rId3', 'styles', 'styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${NS}">${shared}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${NS}">${styles}</styleSheet>`,
    'xl/worksheets/sheet1.xml': prefixed(`<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`).replace(
      /worksheet>/,
      `worksheet ${namespace}>`,
    ),
    ...extra,
  });
}

/** A cell with its text in place. */
export const inline = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
export const row = (...texts: string[]): string => `<row>${texts.map(inline).join('')}</row>`;
