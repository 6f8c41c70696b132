import { answerOf, said, streetOf } from '../../../libs/domain/form-words.ts';
import type { FormContract, FormFacts } from '../../../libs/domain/official-form.ts';
import { ratingWords, scoreWords, yearWords } from './form-words.ts';

const self = ({ person }: FormFacts): string => `${person.name}同志：`;

export const resultNotice: FormContract = {
  title: '年度考核结果通知书',
  after: ['notice'],
  build: (facts) => ({
    title: '年度考核结果通知书',
    number: facts.caseNo,
    blocks: [
      {
        letter: {
          to: self(facts),
          paragraphs: [
            `经个人述职、测评、街道评定、党（工）委审定和县（区）审核，你${yearWords(facts)}考核等次为：${ratingWords(facts, ['appealAnswer', 'complaintAnswer'])}。`,
            `${scoreWords(facts)}。`.replace(/。+$/, '。'),
            '你对考核结果有异议的，可以自收到本通知之日起十日内向县（区）委组织部书面申请复核，县（区）委组织部十日内答复。逾期不申请的，考核结果即行确定。',
          ],
          from: streetOf(facts),
          on: null,
        },
      },
      {
        receipt: {
          title: '回　　执',
          paragraphs: [`本人已收到${yearWords(facts)}考核结果通知书。${answerOf(facts, 'notified')?.verdict ?? ''}`],
          signed: '本人签名：　　　　　　　年　　月　　日',
        },
      },
    ],
  }),
};

/** A written decision on a request: what was asked, what is decided, what may be done about it. */
const decision = (
  title: string,
  {
    asked,
    answered,
    before,
    office,
    further,
  }: { asked: string; answered: string; before: readonly string[]; office: (facts: FormFacts) => string; further: string },
): FormContract => ({
  title,
  after: [answered],
  build: (facts) => {
    const answer = answerOf(facts, answered);
    return {
      title,
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: self(facts),
            paragraphs: [
              `你对${yearWords(facts)}考核等次“${ratingWords(facts, before)}”提出的请求收悉。理由：${answerOf(facts, asked)?.words.grounds ?? ''}`,
              `经核查：${answer?.words.opinion ?? ''}`,
              `决定：${said(answer && { ...answer, words: {} })}你${yearWords(facts)}考核等次为${ratingWords(facts, before.slice(1))}。`,
              further,
            ],
            from: office(facts),
            on: answer?.on ?? null,
          },
        },
      ],
    };
  },
});

export const reviewDecision = decision('年度考核复核决定书', {
  asked: 'notified',
  answered: 'appealAnswer',
  before: ['appealAnswer', 'complaintAnswer'],
  office: ({ units }) => `${units.county ?? ''}委组织部`,
  further: '对本决定不服的，可以自收到之日起三十日内向市委组织部申诉。',
});

export const complaintDecision = decision('年度考核申诉处理决定书', {
  asked: 'complaint',
  answered: 'complaintAnswer',
  before: ['complaintAnswer'],
  office: ({ units }) => `${units.city ?? ''}委组织部`,
  further: '本决定为最终处理决定。等次改变的，据原等次办理的事项一并更正。',
});
