import type { ReactNode } from 'react';
import { dateOf, formatDate } from '../../../../../libs/domain/dates.ts';
import type { routes } from '../../../../../libs/domain/api/routes.ts';
import { householdTitles } from '../../../../../libs/domain/recruitment/posts.ts';
import { exceptionTitles, negativeTitles } from '../../../../../libs/domain/recruitment/rules.ts';
import type { Reply } from '../../shared/api/client.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DataTable } from '../../shared/ui/data-table.tsx';
import css from '../../shared/ui/public.module.css';
import { Facts } from '../../shared/ui/small.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { PhaseTag, registrationText } from './jobs-page.tsx';

const words = text.jobs;
export type Announcement = Reply<typeof routes.announcement>;
type Post = Announcement['table'][number];

/** What a post asks beyond the announcement's own conditions, and where its people choose. */
function conditionsOf({ requirements, communities }: Post): string {
  const { ageMax, education, household, party, other } = requirements;
  const own = [
    ageMax && words.ageMax(ageMax),
    education && words.and(education),
    household !== 'any' && householdTitles[household],
    party && words.party,
    other,
  ].filter(Boolean);
  const choices = communities.map(({ name, number }) => `${name} ${number}`).join('、');
  return [own.join('；') || words.asRules, choices && words.choices(choices)].filter(Boolean).join('。');
}

const numberOf = ({ planned, places, opening }: Post): ReactNode =>
  opening === 'cancelled' ? words.postCancelled : opening === 'reduced' && places !== null ? words.reduced(places) : planned;

/** An announcement as it reads on paper: conditions, how it is examined, and the post table. */
export function AnnouncementPaper({ announcement }: { announcement: Announcement }) {
  return (
    <article className={css.paper}>
      <h1>{announcement.title}</h1>
      <p className={css.by}>
        {[announcement.documentNo, announcement.issuer, formatDate(dateOf(new Date(announcement.postedAt)))]
          .filter(Boolean)
          .join(text.common.dot)}
      </p>
      {announcement.cancelReason && <Notice tone="warning">{words.cancelled(announcement.cancelReason)}</Notice>}
      <div className={css.band}>
        <PhaseTag phase={announcement.phase} />
        <span>{registrationText(announcement)}</span>
        <span className={css.small}>{words.places(announcement.posts, announcement.places)}</span>
      </div>
      <h2>{words.rules}</h2>
      <Conditions announcement={announcement} />
      <h2>{words.table}</h2>
      <DataTable
        label={words.table}
        rows={announcement.table}
        rowKey={({ code }) => code}
        columns={[
          {
            key: 'title',
            title: words.columns.title,
            cell: ({ code, title }): ReactNode => (
              <>
                {code} <b>{title}</b>
              </>
            ),
          },
          { key: 'unit', title: words.columns.unit, cell: ({ unit, street }) => (unit === street ? unit : `${street} ${unit}`) },
          { key: 'planned', title: words.columns.planned, cell: numberOf, right: true },
          { key: 'conditions', title: words.columns.conditions, cell: conditionsOf },
        ]}
      />
    </article>
  );
}

/** Who may apply, and how it is examined. */
function Conditions({ announcement: { rules, exams, contact } }: { announcement: Announcement }) {
  const titles = (of: readonly (keyof typeof exceptionTitles)[]) => of.map((one) => exceptionTitles[one]).join('、');
  return (
    <Facts
      items={[
        {
          label: words.labels.age,
          value: [
            words.ages(rules.ages, formatDate(rules.born.from), formatDate(rules.born.to)),
            words.extended(titles(rules.ages.extendedFor), rules.ages.extendedMax),
          ].join('；'),
        },
        {
          label: words.labels.education,
          value: [
            words.education(rules.education.minimum),
            words.lowered(titles(rules.education.loweredFor), rules.education.loweredTo),
          ].join('；'),
        },
        { label: words.labels.negatives, value: rules.negatives.map((one) => negativeTitles[one]).join('；') },
        {
          label: words.labels.scores,
          value: [words.weights(rules.weights.written, rules.weights.interview), rules.passLine !== null && words.passLine(rules.passLine)]
            .filter(Boolean)
            .join('；'),
        },
        { label: words.labels.ratios, value: words.ratios(rules.openRatio, rules.interviewRatio) },
        {
          label: words.labels.written,
          value: exams.written
            ? `${formatDate(exams.written.on)} ${exams.written.from}—${exams.written.to} ${exams.written.place}`
            : words.later,
        },
        { label: words.labels.contact, value: contact },
      ]}
    />
  );
}
