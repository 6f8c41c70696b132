import ExcelJS from 'exceljs';
import { recordScores, type ScoresVerdict } from '../../../libs/appraisal/record-scores.ts';
import { ratingNow, appraisalResult } from '../../../libs/domain/appraisal/result.ts';
import type { IsoDate } from '../../../libs/domain/dates.ts';
import { isRefusal, type Refusal } from '../../../libs/domain/refusal.ts';
import { keys } from '../../../libs/people/people.fixture.ts';
import { place, type Officer, type Worker } from '../../../test/support/cast.ts';
import { posting } from '../../../test/support/announcement.ts';
import { BatchHere, type BatchKind } from '../certification/batch.fixture.ts';
import { ratingStory } from '../rating/workflow.ts';
import { appraisalStory } from './workflow.ts';

const agreed = { verdict: 'asProposed' };

/** The appraisal of a year as a kind of batch. */
export const yearKind = (year: number): BatchKind => ({
  process: 'appraisal',
  people: 'rating',
  story: appraisalStory,
  personStory: ratingStory,
  input: (unitCode) => ({ unitCode, year }),
  usual: {
    scoring: { who: 'street', answer: agreed },
    committee: { who: 'chair', answer: agreed },
    review: { who: 'countyOrg2', answer: agreed },
  },
  done: { scheme: { done: 'done', schemeNo: '环办〔2026〕9号', panel: '12' } },
});

export const selfReport = { duties: '全年走访群众、调解纠纷、代办事项，按时完成各项工作任务。', shortcomings: '学习还不够，今后改进。' };

/** Points of the three evaluations that come to this total: all the same. */
export type Points = number | null;

/** A year's appraisal of the cast's street at the real desk. */
export class YearHere {
  private constructor(
    readonly batch: BatchHere,
    readonly workers: Worker[],
  ) {}

  /** Opened with so many workers of the usual community who came years ago, and some on other days; plan and scheme made. */
  static async opened(
    count: number,
    { plan = {}, also = [] }: { plan?: Record<string, unknown>; also?: readonly IsoDate[] } = {},
  ): Promise<YearHere> {
    const batch = await BatchHere.at('2026-12-01', yearKind(2026));
    const workers: Worker[] = [];
    for (let n = 0; n < count; n += 1) workers.push(await batch.worker());
    for (const joinedOn of also) workers.push(await batch.worker({ joinedOn }));
    const here = new YearHere(batch, workers);
    await batch.open(place.street);
    await batch.must('plan', 'countyOrg2', { planNo: '碧组〔2026〕12号', ...plan });
    await batch.must('scheme', 'street', yearKind(2026).done!.scheme!);
    return here;
  }

  get db() {
    return this.batch.db;
  }
  close = () => this.batch.close();

  /** Everybody reports, and the street says so. */
  async reported(): Promise<void> {
    for (const worker of this.workers) await this.reports(worker);
    await this.batch.must('selfReport', 'street');
  }

  reports = async (worker: Worker) => {
    const refused = await this.batch.answers('selfReport', worker.accountId, selfReport, await this.batch.caseOf(worker));
    if (refused) throw new Error(refused);
  };

  /** A workbook of evaluations: each worker's three means, or none. */
  async workbook(points: readonly Points[], workers: readonly Worker[] = this.workers): Promise<Buffer> {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('测评汇总表');
    sheet.addRow(['工号', '姓名', '街道评价得分', '街道评价人数', '居民评议得分', '居民评议人数', '社区测评得分', '社区测评人数']);
    for (const [i, point] of points.entries())
      if (point !== null) sheet.addRow([workers[i]!.staffNo, workers[i]!.name, point, 12, point, 60, point, 8]);
    return Buffer.from(await book.xlsx.writeBuffer());
  }

  async upload(
    points: readonly Points[],
    { who = 'street', goodRowsOnly = false }: { who?: Officer; goodRowsOnly?: boolean } = {},
  ): Promise<ScoresVerdict | Refusal> {
    const by = await this.batch.cast.by(this.batch.cast.ids[who], this.batch.now);
    return recordScores(this.batch.room, keys, {
      ...by,
      batchId: this.batch.batchId,
      bytes: await this.workbook(points),
      fileName: '测评.xlsx',
      goodRowsOnly,
    });
  }

  /** The street's evaluations are recorded and said to be complete. */
  async evaluated(points: readonly Points[]): Promise<void> {
    const verdict = await this.upload(points);
    if (isRefusal(verdict)) throw new Error(verdict.refused);
    await this.batch.must('evaluation', 'street');
  }

  /** From the self-reports up to the opening of the notice (or, where nobody is 优秀, of the telling). */
  async rated(points: readonly Points[]): Promise<void> {
    await this.reported();
    await this.evaluated(points);
    for (const stage of ['scoring', 'committee', 'review']) await this.batch.listPasses(stage);
  }

  /** The notice is posted and over. */
  async announced(): Promise<void> {
    await this.batch.must('notice', 'countyOrg2', posting);
    await this.batch.noticeEnds();
  }

  async answers(stage: string, worker: Worker, who: string, answer: Record<string, unknown>): Promise<void> {
    await this.batch.must(stage, who, answer, await this.batch.caseOf(worker));
  }

  accepts = (worker: Worker) => this.answers('notified', worker, worker.accountId, { wish: 'accepts' });

  /** The rating on record for the year; null before it is final. */
  async onRecord({ personId }: Worker): Promise<string | null> {
    const facts = await this.db.personFact.findMany({ where: { personId, kind: 'rating', endedAt: null } });
    return facts.map(({ value }) => (value as { rating: string }).rating)[0] ?? null;
  }

  /** The rating as it stands for somebody, before it is final. */
  async proposed(worker: Worker): Promise<string | null> {
    const caseId = await this.batch.caseOf(worker);
    const { result } = await this.db.batchItem.findUniqueOrThrow({ where: { caseId } });
    const runs = await this.db.stageRun.findMany({ where: { caseId, status: 'closed' } });
    return ratingNow(
      appraisalResult.parse(result),
      Object.fromEntries(runs.map((run) => [run.stage, run.result as Record<string, unknown>])),
    );
  }
}
