/** A strict reader of iCalendar by the grammar of RFC 5545: whatever is not written there is an error. It knows the two components that a list of deadlines has. */

interface Line {
  name: string;
  params: Record<string, string>;
  value: string;
}
export interface Component {
  kind: string;
  /** Texts without their escapes; times as they stand. */
  props: Record<string, { value: string; params: Record<string, string> }>;
}

const TEXTS = new Set(['UID', 'SUMMARY', 'DESCRIPTION', 'NAME', 'X-WR-CALNAME', 'PRODID']);
/** Of each component: what must stand once, and what may. */
const GRAMMAR: Record<string, { must: string[]; may: string[] }> = {
  VCALENDAR: { must: ['VERSION', 'PRODID'], may: ['CALSCALE', 'METHOD', 'NAME', 'REFRESH-INTERVAL', 'X-WR-CALNAME'] },
  VEVENT: {
    must: ['UID', 'DTSTAMP', 'DTSTART'],
    may: ['DTEND', 'SUMMARY', 'DESCRIPTION', 'URL', 'TRANSP', 'STATUS', 'CREATED', 'LAST-MODIFIED', 'SEQUENCE'],
  },
  VTODO: {
    must: ['UID', 'DTSTAMP'],
    may: ['DUE', 'DTSTART', 'SUMMARY', 'DESCRIPTION', 'URL', 'STATUS', 'CREATED', 'LAST-MODIFIED', 'SEQUENCE'],
  },
};
const STATUS: Record<string, string[]> = {
  VEVENT: ['TENTATIVE', 'CONFIRMED', 'CANCELLED'],
  VTODO: ['NEEDS-ACTION', 'COMPLETED', 'IN-PROCESS', 'CANCELLED'],
};

const fail = (what: string): never => {
  throw new Error(`Not an iCalendar object: ${what}`);
};

/** The calendar's own properties and its components in order. Throws at the first thing that the grammar does not have. */
export function readCalendar(bytes: Uint8Array): { calendar: Component; components: Component[] } {
  const lines = contentLines(bytes);
  if (lines[0]?.name !== 'BEGIN' || lines[0].value !== 'VCALENDAR') fail('does not begin with one');
  const calendar: Component = { kind: 'VCALENDAR', props: {} };
  const components: Component[] = [];
  const open: Component[] = [calendar];
  for (const line of lines.slice(1)) {
    const within = open.at(-1) ?? fail(`${line.name} after the end`);
    if (line.name === 'BEGIN') {
      if (within !== calendar || !GRAMMAR[line.value] || line.value === 'VCALENDAR') fail(`${line.value} within ${within.kind}`);
      const begun: Component = { kind: line.value, props: {} };
      components.push(begun);
      open.push(begun);
    } else if (line.name === 'END') {
      if (line.value !== within.kind) fail(`END:${line.value} of ${within.kind}`);
      check(within);
      open.pop();
    } else {
      if (within === calendar && components.length > 0) fail(`${line.name} of the calendar after a component`);
      take(within, line);
    }
  }
  if (open.length > 0) fail('no end');
  if (components.length === 0) return { calendar, components };
  const uids = components.map(({ props }) => props.UID!.value);
  if (new Set(uids).size !== uids.length) fail('a UID twice');
  return { calendar, components };
}

/** Lines end with CRLF, have at most 75 octets, and each octet sequence is whole UTF-8; a line that begins with a space goes on with the one before. */
function contentLines(bytes: Uint8Array): Line[] {
  const raw = Buffer.from(bytes);
  if (raw.subarray(-2).toString('latin1') !== '\r\n') fail('no CRLF at the end');
  const physical: Buffer[] = [];
  for (let from = 0; from < raw.length;) {
    const to = raw.indexOf('\r\n', from);
    const line = raw.subarray(from, to);
    if (line.length > 75) fail(`a line of ${line.length} octets`);
    if (line.includes(0x0d) || line.includes(0x0a)) fail('a bare CR or LF');
    physical.push(line);
    from = to + 2;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const logical: string[] = [];
  for (const line of physical) {
    const text = decoder.decode(line);
    if (text.startsWith(' ') || text.startsWith('\t')) {
      if (logical.length === 0) fail('a continuation of nothing');
      logical[logical.length - 1] += text.slice(1);
    } else logical.push(text);
  }
  return logical.map(contentLine);
}

// name *(";" param) ":" value, where a param's value is a token here, and no value holds a control character but TAB
function contentLine(text: string): Line {
  const [whole, name, params, value] =
    /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=[A-Za-z0-9/+-]+)*):((?:\P{Cc}|\t|[\u0080-\u009F])*)$/u.exec(text) ?? fail(`line ${JSON.stringify(text)}`);
  const pairs = params!
    .split(';')
    .slice(1)
    .map((pair) => pair.split('=') as [string, string]);
  if (new Set(pairs.map(([key]) => key)).size !== pairs.length) fail(`a parameter twice: ${whole}`);
  return { name: name!, params: Object.fromEntries(pairs), value: value! };
}

function take({ kind, props }: Component, { name, params, value }: Line): void {
  const { must, may } = GRAMMAR[kind]!;
  if (![...must, ...may].includes(name)) fail(`${name} in ${kind}`);
  if (name in props) fail(`${name} twice in ${kind}`);
  props[name] = { params, value: TEXTS.has(name) ? textOf(value) : value };
}

/** TEXT: a backslash stands before a backslash, a semicolon, a comma or an n, and nowhere else; none of the three stands alone. */
function textOf(value: string): string {
  if (!/^(?:[^\\;,]|\\[\\;,nN])*$/.test(value)) fail(`text ${JSON.stringify(value)}`);
  return value.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
}

/** The moment of a time in UTC, or the first moment in UTC of a date; the calendar has no other forms. */
export function timeOf({ value, params }: { value: string; params: Record<string, string> }): Date {
  const date = /^(\d{4})(\d\d)(\d\d)$/.exec(value);
  const moment = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value);
  if (params.VALUE === 'DATE' ? !date : !moment || 'VALUE' in params) fail(`time ${JSON.stringify(params)} ${value}`);
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = (date ?? moment)!;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const at = new Date(iso);
  if (Number.isNaN(at.getTime()) || at.toISOString() !== iso) fail(`no such time: ${value}`);
  return at;
}

function check({ kind, props }: Component): void {
  for (const name of GRAMMAR[kind]!.must) if (!props[name]) fail(`${kind} without ${name}`);
  if (kind === 'VCALENDAR') return void (props.VERSION!.value === '2.0' || fail(`version ${props.VERSION!.value}`));
  for (const name of ['DTSTAMP', 'DTSTART', 'DTEND', 'DUE'] as const) if (props[name]) timeOf(props[name]);
  if (props.DTSTAMP!.params.VALUE) fail('DTSTAMP is a date');
  if (props.DTEND && props.DTEND.params.VALUE !== props.DTSTART!.params.VALUE) fail('DTEND and DTSTART of two types');
  if (props.DTEND && timeOf(props.DTEND) <= timeOf(props.DTSTART!)) fail('DTEND not after DTSTART');
  if (props.STATUS && !STATUS[kind]!.includes(props.STATUS.value)) fail(`status ${props.STATUS.value}`);
  if (props.TRANSP && !['OPAQUE', 'TRANSPARENT'].includes(props.TRANSP.value)) fail(`TRANSP ${props.TRANSP.value}`);
  if (props.URL && !URL.canParse(props.URL.value)) fail(`URL ${props.URL.value}`);
}
