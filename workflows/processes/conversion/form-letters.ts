import type { FormContract, FormFacts } from '../../../libs/domain/official-form.ts';
import { formatMoney } from '../../../libs/domain/post-grade.ts';
import { answerOf, day, said, streetOf } from '../../../libs/domain/form-words.ts';
import { knownOf, resultOf } from './form-words.ts';

const yuan = (amount: number): string => `${formatMoney(amount)} 元`;
const orNone = (words: string): string => words || '原标准';

/** 岗位等级档次和每月薪酬, from which day, as a sentence. */
function terms(facts: FormFacts): string {
  const result = resultOf(facts);
  const paid = facts.caused.pay ?? facts.caused['post-grade-step'];
  return result ? `${result.label}，每月薪酬合计 ${yuan(result.after.total)}${paid ? `，自${day(paid.fromOn)}起执行` : ''}` : '';
}

export const confirmation: FormContract = {
  title: '确认书',
  after: ['confirm'],
  build: (facts) => {
    const answer = answerOf(facts, 'confirm');
    const result = resultOf(facts);
    return {
      title: '套改结果确认书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${streetOf(facts)}：`,
            paragraphs: [
              `本人${facts.person.name}，身份证号${facts.person.idNoMasked}，现任${facts.units.community ?? ''}${knownOf(facts)?.postTitle ?? ''}。`,
              `以${day(facts.listed?.cutOffOn)}为基准日，本人参加社区工作时间为${day(knownOf(facts)?.joinedOn)}，套改结果为${terms(facts)}。套改前每月薪酬合计 ${result?.before ? yuan(result.before.total) : orNone('')}。`,
              answer ? `${answer.verdict}。${answer.words.remark ?? ''}` : '',
            ].filter(Boolean),
            from: '确认人（签名）：',
            on: answer?.on ?? null,
          },
        },
      ],
    };
  },
};

export const agreement: FormContract = {
  title: '劳动合同变更协议',
  after: ['approval', 'contract'],
  build: (facts) => {
    const signed = answerOf(facts, 'contract');
    return {
      title: '劳动合同变更协议',
      number: signed?.words.contractNo ?? facts.caseNo,
      blocks: [
        {
          letter: {
            paragraphs: [
              `甲方（用人单位）：${streetOf(facts)}`,
              `乙方（劳动者）：${facts.person.name}，身份证号${facts.person.idNoMasked}`,
              `甲乙双方依照《中华人民共和国劳动合同法》第三十五条，经协商一致，对原劳动合同作如下变更：`,
              `一、乙方的岗位等级档次和劳动报酬变更为：${terms(facts)}。`,
              '二、薪酬中的保留差额随以后增资逐步冲销；其他劳动报酬、社会保险和福利待遇按国家和本市有关规定执行。',
              '三、原劳动合同的其他条款不变。本协议自双方签字盖章之日起生效，一式三份，甲乙双方各执一份，存入乙方档案一份。',
              '乙方（签名）：　　　　　　　　　　　年　　月　　日',
            ],
            from: '甲方（盖章）　法定代表人或委托代理人（签名）：　　　　　　',
            on: signed && signed.values.how === 'signed' ? String(signed.values.signedOn) : null,
          },
        },
      ],
    };
  },
};

export const signingRequest: FormContract = {
  title: '签订劳动合同通知书',
  after: ['request'],
  build: (facts) => {
    const request = answerOf(facts, 'request');
    return {
      title: '签订劳动合同通知书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${facts.person.name}同志：`,
            paragraphs: [
              `经批准，你的岗位等级档次定为${terms(facts)}。依照《中华人民共和国劳动合同法》第十条的规定，请你自收到本通知之日起，到${streetOf(facts)}签订书面劳动合同或变更协议。`,
              '经书面通知后仍不与本单位订立书面劳动合同的，本单位将依照《中华人民共和国劳动合同法实施条例》第五条的规定，书面通知你终止劳动关系，不支付经济补偿，并依法支付你实际工作时间的劳动报酬。',
            ],
            from: `${streetOf(facts)}（盖章）`,
            on: null,
          },
        },
        {
          receipt: {
            title: '送 达 回 证',
            paragraphs: request
              ? [`送达证明：${request.words.proof ?? ''}`, `结果：${request.verdict}（${day(String(request.values.on))}）`]
              : [],
            signed: '受送达人签名：　　　　　　　　　送达人签名：　　　　　　　　',
          },
        },
      ],
    };
  },
};

export const refusalNotice: FormContract = {
  title: '不予认定告知书',
  after: ['appeal'],
  build: (facts) => {
    const refused = [answerOf(facts, 'review'), answerOf(facts, 'preliminary')].find((answer) => answer?.values.verdict === 'notCertified');
    const answered = answerOf(facts, 'appealAnswer');
    return {
      title: '不予认定告知书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${facts.person.name}同志：`,
            paragraphs: [
              `以${day(facts.listed?.cutOffOn)}为基准日，经审核，对你的社区工作者认定结论为：${said(refused)}`,
              '如有异议，可以自收到本告知书之日起十日内申请复核，受理单位在十日内答复。',
              answered ? `复核答复：${said(answered)}` : '',
            ].filter(Boolean),
            from: `${facts.units.county ?? ''}委组织部（盖章）`,
            on: refused?.on ?? null,
          },
        },
        {
          receipt: {
            title: '送 达 回 执',
            paragraphs: [`本人已收到《不予认定告知书》（编号：${facts.caseNo}）。`],
            signed: '收件人签名：　　　　　　　　　年　　月　　日',
          },
        },
      ],
    };
  },
};
