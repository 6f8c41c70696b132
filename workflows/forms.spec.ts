import { catalogue } from './catalogue.ts';

const withForms = Object.values(catalogue).filter(({ forms }) => forms);

test.each(withForms)('$title: each form that a stage names is one that the process prints', ({ stages, forms }) => {
  const titles = Object.values(forms!).map(({ title }) => title);
  const named = Object.values(stages).flatMap(({ form }) => form ?? []);
  expect(named.filter((title) => !titles.includes(title))).toEqual([]);
});

test.each(withForms)('$title: a form comes after stages that there are', ({ stages, forms }) => {
  for (const { after } of Object.values(forms!)) expect(after.filter((stage) => !(stage in stages))).toEqual([]);
});
