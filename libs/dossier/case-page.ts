import type { CaseView } from '../desk/case-view.ts';
import { dateOf, formatDate, formatMoment, timeOf } from '../domain/dates.ts';
import { facts, html, page, table, type Html } from './html.ts';

const statusTitles = { running: '办理中', withdrawing: '正在撤回', ended: '已办结' } as const;
const roundTitles = { open: '办理中', closed: '已办', superseded: '已被取代', expired: '到期截止' } as const;

const moment = (iso: string): string => {
  const at = new Date(iso);
  return `${formatDate(dateOf(at))} ${timeOf(at)}`;
};

/** A case as its page shows it, to be read without the system. `root` leads from the page to the dossier's top. */
export function casePage(one: CaseView, pathOfDocument: (sha256: string) => string, root: string): string {
  const { title, caseNo, timeline, attachments, comments, dates, stages } = one;
  return page(
    `${title} ${caseNo}`,
    html`<h1>${title}</h1>
      ${headOf(one)}
      <h2>重要日期</h2>
      ${table(dates, [
        { title: '日期', cell: ({ on }) => on && formatDate(on) },
        { title: '事项', cell: ({ label }) => label },
      ])}
      <h2>环节</h2>
      ${table(
        stages.flatMap(({ title: stage, rounds }) => rounds.map((round) => ({ ...round, stage }))),
        [
          { title: '环节', cell: ({ stage, round }) => (round > 1 ? `${stage}（第 ${round} 轮）` : stage) },
          { title: '状态', cell: ({ status }) => roundTitles[status] },
          { title: '结论', cell: ({ verdict }) => verdict },
          { title: '办理人', cell: ({ who }) => who },
          { title: '开始', cell: ({ openedAt }) => moment(openedAt) },
          { title: '结束', cell: ({ closedAt }) => closedAt && moment(closedAt) },
        ],
      )}
      <h2>办理经过</h2>
      ${table(timeline, [
        { title: '时间', cell: ({ at }) => moment(at) },
        {
          title: '经办人',
          cell: ({ who, posts, actingFor }) => html`${who}${actingFor && `（代 ${actingFor}）`} <span class="small">${posts}</span>`,
        },
        { title: '事项', cell: timelineWords },
      ])}
      <h2>附件</h2>
      ${table(attachments, [
        { title: '文件', cell: ({ name, sha256 }) => html`<a href="${root}${pathOfDocument(sha256)}">${name}</a>` },
        { title: '交来', cell: ({ who, at }) => `${who} ${moment(at)}` },
        { title: '指纹（SHA-256）', cell: ({ sha256 }) => html`<code>${sha256}</code>` },
      ])}
      <h2>评论</h2>
      ${table(comments, [
        { title: '时间', cell: ({ at }) => moment(at) },
        { title: '谁', cell: ({ who }) => who },
        { title: '内容', cell: ({ text }) => text },
      ])}`,
  );
}

function headOf({
  caseNo,
  processTitle,
  unitLine,
  status,
  outcomeTitle,
  starter,
  subject,
  startedAt,
  effectiveAt,
  endedAt,
}: CaseView): Html {
  return facts([
    ['办件编号', caseNo],
    ['流程', processTitle],
    ['单位', unitLine],
    ['状态', `${statusTitles[status]}${outcomeTitle ? `：${outcomeTitle}` : ''}`],
    ['当事人', subject?.name ?? null],
    ['发起人', starter && `${starter.name} ${starter.posts}`],
    ['发起', moment(startedAt)],
    ['生效', effectiveAt && moment(effectiveAt)],
    ['办结', endedAt && moment(endedAt)],
  ]);
}

function timelineWords({ title, accepted, refusal, words, changes }: CaseView['timeline'][number]): Html {
  return html`${accepted ? '' : '〔未受理〕'}${title}${refusal && html`<br />${refusal}`}${words && html`<br />${words}`}
  ${changes.map(({ label, before, after }) => html`<br /><span class="small">${label}：${before ?? '（空）'} → ${after ?? '（空）'}</span>`)}`;
}

/** When a dossier was made and by whom, and how to check it. */
export function aboutPage(of: {
  title: string;
  number: string;
  madeAt: Date;
  madeBy: string;
  keyId: string;
  pages: readonly { title: string; path: string }[];
}): string {
  return page(
    `卷宗 ${of.title}`,
    html`<h1>卷宗：${of.title}</h1>
      ${facts([
        ['编号', of.number],
        ['生成', `${formatDate(dateOf(of.madeAt))} ${formatMoment(of.madeAt).slice(-5)}`],
        ['生成人', of.madeBy],
        ['公钥编号', html`<code>${of.keyId}</code>`],
      ])}
      <h2>内容</h2>
      <ul>
        ${of.pages.map(({ title, path }) => html`<li><a href="${path}">${title}</a></li>`)}
        <li><a href="ledger.json">账本记录、证明与封存</a></li>
      </ul>
      <h2>怎样核验</h2>
      <p>本卷宗可以脱离苗圃系统核验：每份文件与清单、清单与账本、账本各条的次序与封存、封存的签名，逐项重算。</p>
      <p>办法一：用浏览器打开 <a href="verify.html">verify.html</a>，选取卷宗的 ZIP 文件。办法二：安装 Node.js 18 以上，在本文件夹运行</p>
      <pre>node verify.mjs</pre>
      <p>
        卷宗里的公钥只能证明各部分彼此一致。请把公钥编号与审计部门留存的核对，或用自己留存的公钥核验：<code
          >node verify.mjs 卷宗.zip --key 公钥.pem</code
        >。核验程序若也可能被换过，请用另一份可信的。
      </p>`,
  );
}

/** The page that checks a dossier in a browser: the same program, with a place to choose the file. */
export const verifyPage = (program: string): string =>
  page(
    '核验卷宗',
    html`<h1>核验卷宗</h1>
      <p><label for="file">卷宗（ZIP 文件）</label> <input type="file" id="file" accept=".zip" /></p>
      <p class="small">在您的电脑上核验，文件不会发送到任何地方。</p>
      <pre id="report" role="status"></pre>`,
    program,
  );
