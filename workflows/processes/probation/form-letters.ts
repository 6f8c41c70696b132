import { addDays } from '../../../libs/domain/dates.ts';
import type { FormContract } from '../../../libs/domain/official-form.ts';
import { contractKindTitles, type ContractKind } from '../../../libs/domain/person.ts';
import { answerOf, day, postOf, streetOf, termOf } from '../../../libs/domain/form-words.ts';
import { lastDayOf, probationOf } from './form-words.ts';

export const conditionsForm: FormContract = {
  title: '录用条件确认书',
  after: ['conditions'],
  build: (facts) => {
    const answer = answerOf(facts, 'conditions');
    const term = facts.person.facts.contract?.value as { kind: ContractKind } | undefined;
    return {
      title: '录用条件确认书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${streetOf(facts)}：`,
            paragraphs: [
              `本人${facts.person.name}，${facts.person.sex}，身份证号${facts.person.idNoMasked}，应聘${facts.units.community ?? ''}${postOf(facts).title}岗位（${postOf(facts).post}），合同期限${termOf(facts)}${term ? `（${contractKindTitles[term.kind]}）` : ''}，其中试用期${probationOf(facts)}。`,
              '用人单位已向本人书面告知该岗位的录用条件、考核办法、工作内容、劳动报酬和规章制度，并说明试用期内被证明不符合录用条件的，用人单位可以依照《中华人民共和国劳动合同法》第三十九条第一项解除劳动合同。',
              answer ? `本人确认：${answer.words.acknowledged ?? ''}。` : '',
              answer?.words.remark ? `需要说明的情况：${answer.words.remark}` : '',
            ].filter(Boolean),
            from: '确认人（签名）：',
            on: answer?.on ?? null,
          },
        },
      ],
      copies: '本确认书一式两份：用人单位、本人各一份。',
    };
  },
};

export const passNotice: FormContract = {
  title: '转正通知书',
  after: ['filing'],
  build: (facts) => {
    const [filing, placed] = [answerOf(facts, 'filing'), facts.caused['post-grade-step']];
    const from = facts.caused.employment?.fromOn ?? addDays(lastDayOf(facts), 1);
    return {
      title: '试用期转正通知书',
      number: filing?.words.docNo ?? facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${facts.person.name}同志：`,
            paragraphs: [
              `你的试用期为${probationOf(facts)}。经考核并报${facts.units.county ?? ''}委组织部备案，现通知你自${day(from)}起转为正式聘用。`,
              placed
                ? `岗位等级档次定为${placed.title}，自${day(placed.fromOn)}起执行。试用期薪酬已按正式聘用标准全额发放，转正后不作调整。`
                : '',
              '如对上述内容有疑问，请在收到本通知之日起向所在街道提出。',
            ].filter(Boolean),
            from: `${streetOf(facts)}（盖章）`,
            on: filing?.on ?? null,
          },
        },
        {
          receipt: {
            title: '送 达 回 执',
            paragraphs: [`本人已收到《试用期转正通知书》（编号：${filing?.words.docNo ?? facts.caseNo}）。`],
            signed: '收件人签名：　　　　　　　　　年　　月　　日',
          },
        },
      ],
    };
  },
};

export const terminationNotice: FormContract = {
  title: '试用期解除通知书',
  after: ['committee', 'service'],
  build: (facts) => {
    const [service, union] = [answerOf(facts, 'service'), answerOf(facts, 'union')];
    const reasons = facts.answers.committee?.find(({ words }) => words.reasons)?.words.reasons ?? '';
    return {
      title: '试用期解除劳动合同通知书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${facts.person.name}同志：`,
            paragraphs: [
              `你与本单位订立的劳动合同期限为${termOf(facts)}，试用期为${probationOf(facts)}。经考核，你在试用期内被证明不符合录用条件：${reasons}`,
              `本单位已将解除理由事先通知工会${union ? `，工会于${day(union.on)}答复：${union.verdict}` : ''}。依照《中华人民共和国劳动合同法》第三十九条第一项、第二十一条的规定，现决定与你解除劳动合同，自本通知送达之日起生效。`,
              '请于十五日内办理工作交接。本单位将依照第五十条的规定出具解除劳动合同的证明，并在十五日内为你办理档案和社会保险关系转移手续。',
              '如有异议，可以自知道或者应当知道权利被侵害之日起一年内，依法向劳动人事争议仲裁委员会申请仲裁。',
            ],
            from: `${streetOf(facts)}（盖章）`,
            on: service ? String(service.values.servedOn) : null,
          },
        },
        {
          receipt: {
            title: '送 达 回 证',
            paragraphs: service
              ? [
                  `送达日期：${day(String(service.values.servedOn))}　　送达方式：${service.words.how ?? ''}`,
                  `送达证明：${service.words.proof ?? ''}`,
                ]
              : ['送达日期：　　　年　　月　　日　　送达方式：'],
            signed: '受送达人签名：　　　　　　　　　送达人签名：　　　　　　　　',
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
    const reasons = facts.answers.committee?.find(({ words }) => words.reasons)?.words.reasons ?? '';
    return {
      title: '工会意见函',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${streetOf(facts)}：`,
            paragraphs: [
              `你单位关于拟与${facts.person.name}同志解除劳动合同的理由收悉（${reasons}）。依照《中华人民共和国劳动合同法》第四十三条、《中华人民共和国工会法》第二十二条的规定，经研究，答复如下：`,
              union ? `${union.verdict}。${union.words.opinion ?? ''}` : '',
            ].filter(Boolean),
            from: `${facts.units.street ?? ''}工会（盖章）`,
            on: union?.on ?? null,
          },
        },
      ],
    };
  },
};

export const leavingCertificate: FormContract = {
  title: '离职证明',
  after: ['certificate'],
  build: (facts) => {
    const certificate = answerOf(facts, 'certificate');
    const ended = facts.caused.employment;
    const joined = (facts.person.facts.employment?.value as { joinedOn?: string } | undefined)?.joinedOn;
    return {
      title: '解除（终止）劳动合同证明书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            paragraphs: [
              `兹证明${facts.person.name}（身份证号${facts.person.idNoMasked}）与本单位订立的劳动合同期限为${termOf(facts)}，工作岗位为${facts.units.community ?? ''}${postOf(facts).title}，自${day(joined)}起在本单位工作，劳动合同已于${ended ? day(addDays(ended.fromOn, -1)) : ''}${facts.outcome === 'resigned' ? '因本人提出' : '依法'}解除。`,
              '本证明依照《中华人民共和国劳动合同法》第五十条、《中华人民共和国劳动合同法实施条例》第二十四条出具。',
              certificate ? `档案和社会保险关系已于${day(String(certificate.values.transferredOn))}办理转移。` : '',
            ].filter(Boolean),
            from: `${streetOf(facts)}（盖章）`,
            on: certificate ? String(certificate.values.issuedOn) : null,
          },
        },
      ],
      copies: '本证明一式三份：用人单位、本人、本人档案各一份。',
    };
  },
};
