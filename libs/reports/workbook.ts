import ExcelJS from 'exceljs';

/** One table of a report as a sheet: a title, the head and the rows; what is not a number is text. */
export interface Sheet {
  name: string;
  title: string;
  head: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** Tables as an .xlsx workbook, ready to print on A4: the title row merged, the head repeated on each page. */
export async function reportWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  for (const { name, title, head, rows } of sheets) {
    const sheet = workbook.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: 2 }],
      pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0, printTitlesRow: '1:2' },
    });
    sheet.mergeCells(1, 1, 1, head.length);
    Object.assign(sheet.getCell(1, 1), { value: title, font: { bold: true, size: 14 } });
    sheet.addRow([...head]).font = { bold: true };
    for (const row of rows) sheet.addRow([...row]);
    for (const [i, text] of head.entries()) {
      const longest = Math.max(text.length, ...rows.map((row) => String(row[i] ?? '').length));
      sheet.getColumn(i + 1).width = Math.min(60, Math.max(10, longest * 2 + 2));
    }
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
