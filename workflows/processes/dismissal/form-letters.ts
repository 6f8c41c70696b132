import { addDays, completedYears } from '../../../libs/domain/dates.ts';
import { answerOf, day, postOf, streetOf, termOf } from '../../../libs/domain/form-words.ts';
import type { FormContract, FormFacts } from '../../../libs/domain/official-form.ts';
import { failingYears, groundsOf, heldEnd } from './form-words.ts';

const sealed = (facts: FormFacts): string => `${streetOf(facts)}（盖章）`;
const to = ({ person }: FormFacts): string => `${person.name}同志：`;
const signed = '受送达人签名：　　　　　　　　　送达人签名：　　　　　　　　';

export const improvementNotice: FormContract = {
  title: '限期改进通知书',
  after: ['warning'],
  build: (facts) => {
    const talk = answerOf(facts, 'warning');
    return {
      title: '限期改进通知书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: to(facts),
            paragraphs: [
              `你在 ${String(facts.input.year)} 年度考核中被评为不合格，主要问题是：${talk?.words.matters ?? ''}`,
              `现要求你限期改进：${talk?.words.plan ?? ''}`,
              '改进期间，本单位将安排你参加培训或者为你调整工作岗位，并在年中进行复查。下一年度考核仍为不合格的，将依照规定的程序处理。',
            ],
            from: sealed(facts),
            on: talk?.on ?? null,
          },
        },
        { receipt: { title: '送 达 回 证', paragraphs: ['本人已收到《限期改进通知书》。本人拒收的，由两名见证人签名。'], signed } },
      ],
    };
  },
};

export const informing: FormContract = {
  title: '解聘事先告知书',
  after: ['proposal', 'statement'],
  build: (facts) => {
    const proposal = answerOf(facts, 'proposal');
    return {
      title: '解聘事先告知书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: to(facts),
            paragraphs: [
              `你的年度考核结果为：${failingYears(facts)}。${proposal?.words.facts ?? ''}`,
              `本单位拟依照${groundsOf(facts)}与你解除劳动合同，理由是：${proposal?.words.reasons ?? ''}`,
              '你可以自收到本告知书之日起五个工作日内，在系统中或者以书面形式陈述、申辩；对考核结果有异议的，可以申请复核。',
            ],
            from: sealed(facts),
            on: proposal?.on ?? null,
          },
        },
        { receipt: { title: '送 达 回 证', paragraphs: ['本人已收到《解聘事先告知书》。'], signed } },
      ],
    };
  },
};

export const askingUnion: FormContract = {
  title: '征求工会意见函',
  after: ['proposal'],
  build: (facts) => {
    const [proposal, statement] = [answerOf(facts, 'proposal'), answerOf(facts, 'statement')];
    return {
      title: '征求工会意见函',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${facts.units.street ?? ''}工会：`,
            paragraphs: [
              `本单位拟与${facts.person.name}同志解除劳动合同。该同志${failingYears(facts)}，${proposal?.words.facts ?? ''}`,
              `理由和依据：${proposal?.words.reasons ?? ''}`,
              statement?.words.statement ? `本人陈述：${statement.words.statement}` : '',
              '依照《中华人民共和国劳动合同法》第四十三条、《中华人民共和国工会法》第二十二条的规定，现将理由通知你会，请研究后书面提出意见。',
            ].filter(Boolean),
            from: sealed(facts),
            on: statement?.on ?? proposal?.on ?? null,
          },
        },
      ],
    };
  },
};

export const unionLetter: FormContract = {
  title: '工会意见函',
  after: ['union'],
  build: (facts) => {
    const union = answerOf(facts, 'union');
    return {
      title: '工会意见函',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${streetOf(facts)}：`,
            paragraphs: [
              `你单位关于拟与${facts.person.name}同志解除劳动合同的理由收悉。经研究，答复如下：`,
              union ? `${union.verdict ?? ''}。${union.words.opinion ?? ''}` : '',
            ],
            from: `${facts.units.street ?? ''}工会（盖章）`,
            on: union?.on ?? null,
          },
        },
      ],
    };
  },
};

export const replyToUnion: FormContract = {
  title: '关于工会意见的复函',
  after: ['unionReply'],
  build: (facts) => {
    const [union, reply] = [answerOf(facts, 'union'), answerOf(facts, 'unionReply')];
    return {
      title: '关于工会意见的复函',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${facts.units.street ?? ''}工会：`,
            paragraphs: [
              `你会${day(union?.on)}对拟与${facts.person.name}同志解除劳动合同提出的意见收悉。`,
              `经研究，${reply?.verdict ?? ''}。${reply?.words.reply ?? ''}`,
              '现依照《中华人民共和国劳动合同法》第四十三条的规定，将处理结果书面通知你会。',
            ],
            from: sealed(facts),
            on: reply?.on ?? null,
          },
        },
      ],
    };
  },
};

export const endNotice: FormContract = {
  title: '解除劳动合同通知书',
  after: ['county', 'service'],
  build: (facts) => {
    const [proposal, union, service] = (['proposal', 'union', 'service'] as const).map((stage) => answerOf(facts, stage));
    const inLieu = service?.values.how === 'inLieu';
    const ends = service ? day(String(service.values.endsOn)) : '　　　年　　月　　日';
    return {
      title: '解除劳动合同通知书',
      number: answerOf(facts, 'county')?.words.docNo ?? facts.caseNo,
      blocks: [
        {
          letter: {
            to: to(facts),
            paragraphs: [
              `你与本单位订立的劳动合同期限为${termOf(facts)}。你${failingYears(facts)}，经过培训或者调整工作岗位，仍不能胜任工作：${proposal?.words.reasons ?? ''}`,
              `本单位已将理由事先通知工会${union ? `，工会于${day(union.on)}答复：${union.verdict ?? ''}` : ''}，并听取了你的陈述申辩。现依照${groundsOf(facts)}的规定，${inLieu ? '额外支付你一个月工资，' : '提前三十日书面通知你，'}与你解除劳动合同，劳动合同于${ends}解除。`,
              '请于解除之日前办理工作交接。本单位将依照第四十六、四十七条的规定，在办结工作交接时向你支付经济补偿，并在解除后十五日内出具解除劳动合同的证明，办理档案和社会保险关系转移手续。',
              '如有异议，可以自知道或者应当知道权利被侵害之日起一年内，依法向劳动人事争议仲裁委员会申请仲裁。',
            ],
            from: sealed(facts),
            on: service ? String(service.values.servedOn) : null,
          },
        },
        {
          receipt: {
            title: '送 达 回 证',
            paragraphs: service
              ? [
                  `送达日期：${day(String(service.values.servedOn))}　　送达方式：${service.words.way ?? ''}`,
                  `送达证明：${service.words.proof ?? ''}`,
                ]
              : ['送达日期：　　　年　　月　　日　　送达方式：'],
            signed,
          },
        },
      ],
    };
  },
};

/** Must state the term, the day of the end, the post and the years of service (Regulation art. 24). */
export const endCertificate: FormContract = {
  title: '解除劳动合同证明',
  after: ['certificate'],
  build: (facts) => {
    const certificate = answerOf(facts, 'certificate');
    const ended = facts.caused.employment;
    const lastOn = ended ? addDays(ended.fromOn, -1) : (heldEnd(facts)?.lastOn ?? facts.startedOn);
    const joined = (facts.person.facts.employment?.value as { joinedOn?: string } | undefined)?.joinedOn;
    const why = facts.events.resign ? '因本人提出' : facts.events.agree ? '经双方协商一致' : '依法';
    return {
      title: '解除劳动合同证明书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            paragraphs: [
              `兹证明${facts.person.name}（身份证号${facts.person.idNoMasked}）与本单位订立的劳动合同期限为${termOf(facts)}，工作岗位为${facts.units.community ?? ''}${postOf(facts).title}，自${day(joined)}起在本单位工作，${joined ? `工作年限满 ${completedYears(joined, addDays(lastOn, 1))} 年，` : ''}劳动合同于${day(lastOn)}${why}解除。`,
              '本证明依照《中华人民共和国劳动合同法》第五十条、《中华人民共和国劳动合同法实施条例》第二十四条出具。',
              certificate ? `档案和社会保险关系已于${day(String(certificate.values.transferredOn))}办理转移。` : '',
            ].filter(Boolean),
            from: sealed(facts),
            on: certificate ? String(certificate.values.issuedOn) : null,
          },
        },
      ],
      copies: '本证明一式三份：用人单位、本人、本人档案各一份。',
    };
  },
};

export const reinstatementNotice: FormContract = {
  title: '恢复劳动关系通知书',
  after: ['reinstatement'],
  build: (facts) => {
    const [answer, verdict] = [answerOf(facts, 'reinstatement'), answerOf(facts, 'litigation')];
    const because = verdict
      ? `根据${verdict.words.documentNo ?? ''}，${verdict.verdict ?? ''}。`
      : '因作为解除依据的年度考核结果已被改变，原解除决定予以撤销。';
    const then =
      answer?.values.how === 'compensated'
        ? `经与你确认，不再恢复劳动关系，支付赔偿金 ${answer.words.amount ?? ''} 元。`
        : `请于${day(answer?.values.on as string | undefined)}到岗，劳动合同继续履行，工作年限连续计算，补发工资 ${answer?.words.amount ?? ''} 元。`;
    return {
      title: answer?.values.how === 'compensated' ? '支付赔偿金通知书' : '恢复劳动关系通知书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: to(facts),
            paragraphs: [because, then, `计算说明：${answer?.words.basis ?? ''}`],
            from: sealed(facts),
            on: answer?.on ?? null,
          },
        },
        { receipt: { title: '送 达 回 证', paragraphs: ['本人已收到本通知。'], signed } },
      ],
    };
  },
};
