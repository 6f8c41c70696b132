import { formatAllowance } from './calendar.ts';
import type { Audience, ProcessContract, StageContract } from './contract.ts';
import { roleTitles } from './roles.ts';

const kinds: Record<StageContract['kind'], string> = { task: '办理', opinion: '意见', decision: '决定', filing: '备案', receipt: '本人' };

function audienceWords(audience: Audience): string {
  if ('subject' in audience) return '当事人本人';
  if ('named' in audience) return '前面环节指定的人员';
  return roleTitles[audience.role];
}

function panelWords({ panel }: StageContract): string {
  if (!panel) return '';
  if (panel.rule === 'all') return '会签，须全部同意';
  if (panel.rule === 'any') return '或签';
  return `票签，赞成超过 ${Math.round((panel.share ?? 0.5) * 100)}%，投票达 ${Math.round((panel.quorum ?? 0.5) * 100)}%，不少于 ${panel.minMembers ?? 1} 人`;
}

/** The page of a process in docs/processes/, in Markdown, from its contract alone; a test holds the files to it. */
export function processPage(contract: ProcessContract): string {
  const title = (name: string) => contract.stages[name]?.title ?? name;
  const stages = contract.order.map((name) => {
    const stage = contract.stages[name]!;
    const marks = [
      panelWords(stage),
      stage.fourEyes ? '同一人不得兼办同组环节' : '',
      stage.takesEffectWhen ? '可使办件生效' : '',
      stage.noReturn ? '不退回' : '',
    ]
      .filter(Boolean)
      .join('；');
    return `| ${stage.title} | \`${name}\` | ${kinds[stage.kind]} | ${audienceWords(stage.audience)} | ${formatAllowance(stage.within)} | ${stage.form ?? '—'} | ${marks || '—'} |`;
  });
  const events = Object.entries(contract.events).map(
    ([name, event]) =>
      `| ${event.title} | \`${name}\` | ${event.by.map(audienceWords).join('、')} | ${event.refusedWith ? `一律不受理（\`${event.refusedWith}\`），记录在案` : event.takesEffect ? '生效' : '—'} |`,
  );
  return [
    `# ${contract.title} (\`${contract.name}\`)`,
    '',
    '<!-- Written by `npm run docs` from the contract. Change the contract, not this page. -->',
    '',
    contract.summary,
    '',
    `- 用时：${contract.takes}`,
    `- 依据：${contract.laws.map((law) => `《${law.title}》${law.articles}`).join('；')}`,
    `- 发起：${contract.startedBy.map((role) => roleTitles[role]).join('、')}`,
    '',
    '## 环节',
    '',
    '| 环节 | 代码 | 性质 | 办理范围 | 时限（默认） | 表单 | 说明 |',
    '|---|---|---|---|---|---|---|',
    ...stages,
    '',
    '## 走向',
    '',
    ...contract.map.map(({ from, to, when }) => `- ${title(from)} → ${title(to)}${when ? `（${when}）` : ''}`),
    '',
    '## 可以申报的事项',
    '',
    '| 事项 | 代码 | 谁可以申报 | 效果 |',
    '|---|---|---|---|',
    ...events,
    '',
    '## 结果',
    '',
    ...Object.entries(contract.outcomes).map(([name, outcome]) => `- ${outcome.title}（\`${name}\`）`),
    '',
  ].join('\n');
}
