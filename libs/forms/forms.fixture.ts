import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import yauzl from 'yauzl';
import type { Witnessed } from '../access/records.ts';
import type { DeskRoom } from '../desk/room.ts';
import { isRefusal } from '../domain/refusal.ts';
import { printForm, type FormFile, type FormFormat } from './forms.ts';

// For tests. Prints are kept where FORMS_DIR says, for whoever wants to look at them.

export async function printed(room: DeskRoom, by: Witnessed, caseId: string, form: string, format: FormFormat): Promise<FormFile> {
  const made = await printForm(room, by, { caseId, form, format });
  if (isRefusal(made)) throw new Error(made.refused);
  if (process.env.FORMS_DIR) await writeFile(path.join(process.env.FORMS_DIR, `${form}-${made.name}`), made.bytes);
  return made;
}

/** The words of a Word document, page head and foot included, paragraph by paragraph. */
export async function wordsOf({ bytes }: FormFile): Promise<string> {
  const archive = await yauzl.fromBufferPromise(bytes);
  const xml: string[] = [];
  for await (const entry of archive.eachEntry())
    if (/^word\/(header|document|footer)\d*\.xml$/.test(entry.fileName)) xml.push(await text(await archive.openReadStreamPromise(entry)));
  return xml
    .join('')
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '');
}

/** How many pages a PDF has. */
export const pagesOf = ({ bytes }: FormFile): number => bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

/** Words that a form would show where something was left out. */
export const GAPS = /undefined|null|NaN|Invalid/;
