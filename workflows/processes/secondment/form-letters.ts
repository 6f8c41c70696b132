import { answerOf, day, postOf, streetOf } from '../../../libs/domain/form-words.ts';
import type { FormContract, FormFacts } from '../../../libs/domain/official-form.ts';

const hostOf = (facts: FormFacts): string => answerOf(facts, 'match')?.words.hostId ?? '';
const value = (facts: FormFacts, stage: string, field: string): string => {
  const given = answerOf(facts, stage);
  return given?.words[field] ?? (given?.values[field] as string | undefined) ?? '';
};
const dated = (facts: FormFacts, stage: string, field: string): string => day(answerOf(facts, stage)?.values[field] as string | undefined);

export const dispatchLetter: FormContract = {
  title: '跟岗学习派遣函',
  after: ['dispatch'],
  outside: true,
  build: (facts) => ({
    title: '跟岗学习派遣函（介绍信）',
    number: value(facts, 'dispatch', 'letterNo') || facts.caseNo,
    blocks: [
      {
        letter: {
          to: `${hostOf(facts)}：`,
          paragraphs: [
            `根据东西部协作结对共建安排，兹派${facts.units.community ?? ''}${postOf(facts).title}${facts.person.name}同志到你社区跟岗学习，请于${dated(facts, 'match', 'startOn')}接收报到。`,
            '跟岗学习期为两个月。期间该同志的人事关系、工资和社会保险留在派出单位，不属于劳务派遣；差旅按照出差规定由派出单位报销。',
            `保险和差旅安排：${value(facts, 'dispatch', 'insurance')}`,
            '请安排带教人，期满后两周内填写《跟岗学习鉴定表》。',
          ],
          from: `${streetOf(facts)}（盖章）`,
          on: answerOf(facts, 'dispatch')?.on ?? null,
        },
      },
    ],
  }),
};

export const actingLetter: FormContract = {
  title: '代理书记任命',
  after: ['dispatch'],
  build: (facts) => {
    const returned = answerOf(facts, 'returned');
    return {
      title: '关于代理书记任职的通知',
      number: value(facts, 'dispatch', 'actingNo') || facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${facts.units.community ?? ''}党组织：`,
            paragraphs: [
              `${facts.person.name}同志赴东莞跟岗学习期间，由${value(facts, 'nomination', 'acting')}同志代理社区党组织书记，主持社区工作，自${dated(facts, 'dispatch', 'actingFrom')}起。`,
              returned
                ? `${facts.person.name}同志已于${dated(facts, 'returned', 'returnedOn')}返岗，代理任职于${dated(facts, 'returned', 'actingTo')}免去。`
                : '代理任职至本人返岗交接之日止。',
            ],
            from: `${streetOf(facts)}党（工）委（盖章）`,
            on: returned?.on ?? answerOf(facts, 'dispatch')?.on ?? null,
          },
        },
      ],
    };
  },
};

export const agreementLetter: FormContract = {
  title: '党组织联建共建协议',
  after: ['agreement'],
  outside: true,
  build: (facts) => ({
    title: '党组织联建共建协议',
    number: facts.caseNo,
    blocks: [
      {
        letter: {
          paragraphs: [
            `甲方：${facts.units.community ?? ''}党组织　　乙方：${hostOf(facts)}党组织`,
            '经双方党组织协商，就联建共建达成如下协议。',
            `一、共建目标：${value(facts, 'agreement', 'goals')}`,
            `二、共建内容：${value(facts, 'agreement', 'content')}`,
            '三、本协议一式四份，双方党组织及双方组织部门各执一份，自签字盖章之日起生效。',
          ],
          from: '甲方（盖章）　　　　乙方（盖章）',
          on: (answerOf(facts, 'agreement')?.values.signedOn as string | undefined) ?? null,
        },
      },
    ],
  }),
};

export const summaryLetter: FormContract = {
  title: '跟岗学习总结',
  after: ['summary'],
  build: (facts) => ({
    title: '跟岗学习总结',
    number: facts.caseNo,
    head: [`姓名：${facts.person.name}　单位：${facts.units.community ?? ''}`, `接收社区：${hostOf(facts)}`],
    blocks: [
      {
        letter: {
          paragraphs: [value(facts, 'summary', 'summary'), `拟在本社区推广的做法：${value(facts, 'summary', 'measures')}`],
          from: facts.person.name,
          on: answerOf(facts, 'summary')?.on ?? null,
        },
      },
    ],
  }),
};
