import { z } from 'zod';
import { catalogue } from '../../../../../workflows/catalogue.ts';
import { countText, faultsOf } from './faults.ts';
import { blocksOf, fieldsOf, given, startingFrom, sumOf } from './model.ts';

const street = catalogue.probation!.stages.street!.answer;
const committee = catalogue.probation!.stages.committee!.answer;
const good = {
  result: 'pass',
  talkedOn: '2026-11-23',
  political: 18,
  skill: 22,
  work: 22,
  residents: 18,
  discipline: 10,
  opinion: '经考核，该同志试用期表现合格，同意按期转正为正式人员。',
};
const faults = (schema: z.ZodObject, values: Record<string, unknown>) => faultsOf(schema, fieldsOf(schema), values);

describe('a form read from its contract', () => {
  test('every stage, event and start of every process can be drawn: each field has a Chinese title, each choice a Chinese label', () => {
    const schemas = Object.values(catalogue).flatMap(({ input, stages, events, ofBatch, caused }) => [
      // what another case starts has no form
      ...(ofBatch || caused ? [] : [input]),
      ...Object.values(stages).map(({ answer }) => answer),
      ...Object.values(events).map(({ answer }) => answer),
    ]);
    expect(schemas.length).toBeGreaterThan(10);
    for (const field of schemas.flatMap(fieldsOf)) {
      expect(field.title).toMatch(/\p{Script=Han}/u);
      for (const choice of field.choices ?? []) expect(choice.label).toMatch(/\p{Script=Han}/u);
    }
  });

  test('the widgets, limits and choices of the street appraisal are its contract’s', () => {
    const fields = Object.fromEntries(fieldsOf(street).map((field) => [field.name, field]));
    expect(fields.result).toMatchObject({
      widget: 'radio',
      required: true,
      choices: [
        { value: 'pass', label: '合格' },
        { value: 'fail', label: '不合格' },
      ],
    });
    expect(fields.talkedOn).toMatchObject({ widget: 'date', required: true });
    expect(fields.political).toMatchObject({ widget: 'score', min: 0, max: 20 });
    expect(fields.opinion).toMatchObject({ widget: 'textarea', minLength: 20, required: true });
  });

  test('scores that follow each other are one table whose full marks are 100', () => {
    const blocks = blocksOf(fieldsOf(street));
    const tables = blocks.filter(({ kind }) => kind === 'scores');
    expect(tables).toHaveLength(1);
    expect(tables[0]).toMatchObject({
      fields: [{ name: 'political' }, { name: 'skill' }, { name: 'work' }, { name: 'residents' }, { name: 'discipline' }],
    });
    const fields = fieldsOf(street).filter(({ widget }) => widget === 'score');
    expect(fields.reduce((sum, { max = 0 }) => sum + max, 0)).toBe(100);
    expect(sumOf(fields, { political: '18', skill: 22 })).toBe(40);
    expect(sumOf(fields, { political: '' })).toBeNull();
  });

  test('optional, nullable and many-valued fields keep what they are', () => {
    const schema = z.object({
      a: z.string().optional().meta({ title: '甲' }),
      b: z.string().min(2).nullable().meta({ title: '乙', widget: 'textarea' }),
      c: z.enum(['1', '2', '3', '4', '5', '6']).meta({ title: '丙' }),
    });
    expect(fieldsOf(schema)).toMatchObject([
      { name: 'a', required: false, widget: 'text' },
      { name: 'b', widget: 'textarea', minLength: 2 },
      { name: 'c', widget: 'select' },
    ]);
  });
});

describe('what is still wrong, beside its field', () => {
  test('a good answer has no fault, scores typed as text included', () => {
    expect(faults(street, { ...good, political: '18' })).toEqual({});
  });

  test('a short opinion says how many characters are missing; spaces at its ends do not count', () => {
    expect(faults(street, { ...good, opinion: '  同意按期转正。 ' })).toEqual({ opinion: '还差 13 个字（至少 20 个字）' });
  });

  test('an empty form names each required field and no other', () => {
    const named = Object.keys(faults(street, {})).sort();
    expect(named).toEqual(
      fieldsOf(street)
        .filter(({ required }) => required)
        .map(({ name }) => name)
        .sort(),
    );
  });

  test('a score left empty is missing, never nought', () => {
    expect(faults(street, { ...good, skill: '' })).toHaveProperty('skill');
    expect(faults(street, { ...good, skill: null })).toHaveProperty('skill');
  });

  test('a score above its full marks is refused at its own field', () => {
    expect(Object.keys(faults(street, { ...good, residents: 21 }))).toEqual(['residents']);
  });

  test('what one field demands of another stands at the other: failing someone needs its grounds', () => {
    const failing = { result: 'fail', opinion: '不同意转正' };
    expect(faults(committee, failing).reasons).toContain('至少 10 个字');
    expect(faults(committee, { ...failing, reasons: '多次无故脱岗，经两次谈话仍未改正，有签到记录。' })).toEqual({});
    expect(faults(committee, { result: 'pass', opinion: '同意' })).toEqual({});
  });

  test('sentences of the console’s own stand in for a contract that has none', () => {
    const schema = z.object({
      a: z.string().min(8).meta({ title: '甲' }),
      b: z.enum(['x']).meta({ title: '乙' }),
      c: z.coerce.number().max(5).meta({ title: '丙' }),
      d: z.string().max(2).optional().meta({ title: '丁' }),
    });
    expect(faults(schema, { a: '写了三', c: '9', d: '写多了' })).toEqual({
      a: '还差 5 个字（至少 8 个字）',
      b: '请选择一项',
      c: '不能大于 5',
      d: '最多 2 个字',
    });
  });
});

describe('the count under a text', () => {
  const opinion = fieldsOf(street).find(({ name }) => name === 'opinion')!;
  test.each([
    [undefined, '至少 20 个字'],
    ['同意按期转正。', '还差 13 个字（至少 20 个字）'],
    [good.opinion, `${good.opinion.length} 字（至少 20 个字）`],
  ])('of %j', (value, words) => {
    expect(countText(opinion, value)).toBe(words);
  });

  test('is not drawn for words of two or three characters', () => {
    expect(countText({ ...opinion, minLength: 2 }, '')).toBeNull();
  });
});

describe('a new round', () => {
  test('starts from the last one’s values, but draws its conclusion anew', () => {
    expect(startingFrom(good, 'result')).toEqual({ ...good, result: undefined });
    expect(startingFrom(null, 'result')).toEqual({});
  });

  test('hands over nothing that was left empty', () => {
    expect(given({ a: '', b: '  ', c: null, d: undefined, e: 0, f: false, g: '写了' })).toEqual({ e: 0, f: false, g: '写了' });
  });
});
