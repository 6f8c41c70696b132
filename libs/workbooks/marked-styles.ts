import { XmlReader } from './xml.ts';

/** The ground of a faulty cell. No palette has exactly this red, so that a workbook that comes back is known by it. */
const MARK = 'FFFFC7C3';

interface Span {
  start: number;
  end: number;
}

/**
 * The styles of a workbook, and in them the same styles on a red ground. `marked` and `unmarked` give the number of a style's twin;
 * `text` is the part with all twins that were asked for.
 */
export interface Styles {
  marked: (style: number) => number;
  /** The style that a cell marked by us had, so far as it is known: the same without the red. The style itself where it is none of ours. */
  unmarked: (style: number) => number;
  text: () => string;
}

export function openStyles(xml: string): Styles {
  const source = xml === '' ? EMPTY_STYLES : xml;
  const { fills, fillCount, formats, xfs, prefix, red } = locate(source);
  const fillId = red ?? fillCount;
  const added: string[] = [];
  const twins = new Map<string, number>();
  const raw = (style: number) => (style < xfs.length ? xfs[style]! : (added[style - xfs.length] ?? xfs[0] ?? `<${prefix}xf/>`));
  const twin = (style: number, fill: number) => {
    const key = `${style} ${fill}`;
    const known = twins.get(key);
    if (known !== undefined) return known;
    const number = xfs.length + added.push(withFill(raw(style), fill)) - 1;
    twins.set(key, number);
    return number;
  };
  const isRed = (style: number) => new RegExp(`\\sfillId="${fillId}"`).test(openingTag(raw(style)));
  return {
    marked: (style) => (isRed(style) ? style : twin(style, fillId)),
    unmarked: (style) => (red !== null && isRed(style) ? twin(style, 0) : style),
    text: () => (added.length === 0 ? source : rewritten()),
  };

  function rewritten(): string {
    const fill = `<${prefix}fill><${prefix}patternFill patternType="solid"><${prefix}fgColor rgb="${MARK}"/></${prefix}patternFill></${prefix}fill>`;
    const withFormats = `${source.slice(0, formats.end)}${added.join('')}${source.slice(formats.end)}`;
    const whole = red === null ? `${withFormats.slice(0, fills.end)}${fill}${withFormats.slice(fills.end)}` : withFormats;
    return whole.replace(/(<(?:\w+:)?(?:fills|cellXfs)\b[^>]*?)\scount="\d+"/g, '$1');
  }
}

const openingTag = (xf: string) => xf.slice(0, xf.indexOf('>') + 1);

function withFill(xf: string, fillId: number): string {
  const tag = openingTag(xf).replace(/\s(?:fillId|applyFill)="[^"]*"/g, '');
  return tag.replace(/\s*(\/?)>$/, ` fillId="${fillId}" applyFill="1"$1>`) + xf.slice(xf.indexOf('>') + 1);
}

/** Where fills and cell formats end, what formats there are, and which fill is ours already. Counts are left out when written: they are optional. */
function locate(xml: string) {
  const reader = new XmlReader(xml);
  const found = {
    fills: { start: 0, end: 0 } as Span,
    fillCount: 0,
    formats: { start: 0, end: 0 } as Span,
    xfs: [] as string[],
    prefix: '',
    red: null as number | null,
  };
  let inside = '';
  let xfStart = 0;
  let depth = 0;
  while (reader.next()) {
    const { name, kind, start, end } = reader;
    if (name === 'styleSheet') found.prefix = reader.prefix;
    if (name === 'fills' || name === 'cellXfs') {
      inside = kind === 'open' ? name : '';
      if (kind === 'close') (name === 'fills' ? found.fills : found.formats).end = start;
    } else if (inside === 'fills') {
      if (name === 'fill' && kind !== 'close') found.fillCount += 1;
      if (name === 'fgColor' && reader.attributes()['rgb'] === MARK) found.red = found.fillCount - 1;
    } else if (inside === 'cellXfs' && name === 'xf') {
      if (kind !== 'close' && depth === 0) xfStart = start;
      if (kind === 'open') depth += 1;
      if (kind === 'close') depth -= 1;
      if (kind !== 'open' && depth === 0) found.xfs.push(xml.slice(xfStart, end));
    }
  }
  return found;
}

const EMPTY_STYLES =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<fonts><font/></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/></cellXfs></styleSheet>';
