import { formatDate, type IsoDate } from '../domain/dates.ts';
import { employmentStatusTitles } from '../domain/person.ts';
import type { PersonAsOf } from '../people/people.ts';
import { facts, html, page, table } from './html.ts';

const span = (fromOn: IsoDate, toOn: IsoDate | null): string => `${formatDate(fromOn)} – ${toOn ? formatDate(toOn) : ''}`;

/** A personnel record as it stands on a day, to be read without the system; the ID number stays masked. */
export function personPage(person: PersonAsOf, cases: readonly { title: string; caseNo: string; path: string }[]): string {
  const { name, staffNo, idNoMasked, on, inForce, units } = person;
  return page(
    `${name} ${staffNo}`,
    html`<h1>${name}</h1>
      ${facts([
        ['工号', staffNo],
        ['截至', formatDate(on)],
        ['性别', person.sex],
        ['出生日期', formatDate(person.bornOn)],
        ['民族', person.ethnicity],
        ['身份证号', idNoMasked],
        ['政治面貌', person.politicalStatus],
        ['学历', person.education],
        ['职业资格', person.certificate],
        ['单位', units.map((unit) => unit.name).join(' · ')],
        ['状态', inForce.employment ? employmentStatusTitles[inForce.employment.value.status] : null],
      ])}
      <h2>履历</h2>
      ${table(person.facts, [
        { title: '起止', cell: ({ fromOn, toOn }) => span(fromOn, toOn) },
        { title: '内容', cell: ({ title, assumed }) => `${title}${assumed ? '（推定）' : ''}` },
        {
          title: '记录',
          cell: ({ recordedAt, endedAt }) => `${recordedAt.toISOString()} 记入${endedAt ? `，${endedAt.toISOString()} 更正` : ''}`,
        },
      ])}
      <h2>办件</h2>
      ${table(cases, [
        { title: '编号', cell: ({ caseNo }) => caseNo },
        { title: '办件', cell: ({ title, path }) => html`<a href="${path}">${title}</a>` },
      ])}`,
  );
}
