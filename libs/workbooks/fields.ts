import { normaliseText } from '../domain/person-words.ts';
import { appraisalWords } from './appraisal-words.ts';
import { recruitmentWords } from './recruitment-words.ts';
import { rosterWords, type FieldWords } from './roster-words.ts';

const fieldWords = { ...rosterWords, ...recruitmentWords, ...appraisalWords };
/** What a column of a workbook may hold. Ratings are one field a year: `rating:2024`. */
export type PlainField = keyof typeof fieldWords;
export type SheetField = PlainField | `rating:${number}`;
const plainFields = Object.keys(fieldWords) as PlainField[];

/** A kind of workbook: the columns that it may have, and by which its header and its lines are told from the rest of a sheet. */
export interface SheetKind {
  fields: readonly PlainField[];
  /** A row without it is refused, so a workbook without its column is not read at all. */
  required: readonly PlainField[];
  /** A line with the first is a row whatever else it says; with the second unless it looks like a footer. A header has one of them. */
  certain: PlainField;
  likely: PlainField;
  /** Fewer known columns than this is no header. */
  fewest: number;
  /** Whether it has a column of ratings a year. */
  ratings: boolean;
}

export const rosterFields = Object.keys(rosterWords) as PlainField[];
export const rosterSheet: SheetKind = {
  fields: rosterFields,
  required: ['community', 'name', 'idNo', 'postTitle', 'joinedOn'],
  certain: 'idNo',
  likely: 'name',
  fewest: 4,
  ratings: true,
};

/** Read and shown, and not imported. */
export const unusedFields: readonly SheetField[] = ['seq', 'note'];

export const isRatingField = (field: SheetField): field is `rating:${number}` => field.startsWith('rating:');
export const ratingYear = (field: `rating:${number}`): number => Number(field.slice('rating:'.length));
export const fieldTitle = (field: SheetField): string => (isRatingField(field) ? `${ratingYear(field)}年度考核` : fieldWords[field].title);
export const isRequired = ({ required }: SheetKind, field: SheetField): boolean => required.some((one) => one === field);

/** Whether a text names a field, as requests and kept mappings do. */
export function readField(text: string): SheetField | null {
  if (/^rating:20\d\d$/.test(text)) return text as SheetField;
  return plainFields.find((field) => field === text) ?? null;
}

/** No header is longer; a cell may hold 32,767 characters. */
export const LONGEST_HEADER = 120;

/** A header without what does not tell it from others: width, blanks, line breaks, signs, "（必填）". */
export function headerKey(text: string): string {
  return normaliseText(text.slice(0, LONGEST_HEADER))
    .toLowerCase()
    .replace(/[（(【[](必填|选填|可填|单选|下拉|文本|格式.*?|如.*?|例.*?|yyyy.*?)[)）】\]]/g, '')
    .replace(/[*＊:：、，,.。/\\|·\-—_()（）【】[\]<>《》?？!！]/g, '');
}

/** The same without anything in brackets: 联系电话（手机） is 联系电话. */
export const headerKeyWithoutBrackets = (text: string): string =>
  headerKey(
    text
      .slice(0, LONGEST_HEADER)
      .normalize('NFKC')
      .replace(/[(【[][^)】\]]*[)】\]]/g, ''),
  );

const RATING = /(20\d\d)(?:年)?(?:度)?.{0,6}(?:考核|考评|等次)|(?:考核|考评|等次).{0,6}?(20\d\d)/;

/** How surely a header means what an officer once said that it means. */
export const LEARNED = 0.99;

/** A field that a header may mean, and how surely: 1 is the field's own title. */
export interface Candidate {
  field: SheetField;
  confidence: number;
}

/** What a header may mean, the likeliest first. */
export function candidates(kind: SheetKind, header: string, learned: ReadonlyMap<string, SheetField>): Candidate[] {
  const key = headerKey(header);
  const bare = headerKeyWithoutBrackets(header);
  if (key === '') return [];
  const taught = learned.get(key);
  if (taught) return [{ field: taught, confidence: LEARNED }];
  const year = kind.ratings ? RATING.exec(key) : null;
  if (year) return [{ field: `rating:${Number(year[1] ?? year[2])}`, confidence: 0.95 }];
  const found: Candidate[] = [];
  for (const field of kind.fields) {
    const { spellings, looseness }: FieldWords = fieldWords[field];
    const confidence = Math.max(
      spelt(spellings, key),
      spelt(spellings, bare) - 0.02,
      looseness?.test(key) || looseness?.test(bare) ? 0.5 : 0,
    );
    if (confidence > 0) found.push({ field, confidence });
  }
  return found.sort((a, b) => b.confidence - a.confidence);
}

function spelt(spellings: readonly string[], key: string): number {
  const at = spellings.indexOf(key);
  return at < 0 ? 0 : 1 - at * 0.015;
}
