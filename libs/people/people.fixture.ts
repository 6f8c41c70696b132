import type { Employment, PostGradeStep } from '../domain/person.ts';
import { UNIFORM_4X2 } from '../domain/post-grade.ts';
import { personKeysFrom } from './keys.ts';
import type { NewPerson } from './people.ts';

// For tests: invented people, with ID numbers of a county code that does not exist.
export const keys = personKeysFrom('0123456789abcdef'.repeat(4));

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** A sound ID number of a place that does not exist, different for each n (0–499). */
export function idNumber(n: number, bornOn = '1992-03-08'): string {
  const digits = `520690${bornOn.replaceAll('-', '')}${String(n * 2).padStart(3, '0')}`;
  return digits + '10X98765432'[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11];
}

export const newPerson = (n: number, changes: Partial<NewPerson> = {}): NewPerson => ({
  name: '向文君',
  sex: '女',
  ethnicity: '土家族',
  bornOn: '1992-03-08',
  idNo: idNumber(n),
  politicalStatus: '中共党员',
  education: '本科',
  certificate: '助理社会工作师',
  phone: '19900000000',
  email: 'w00000@example.org',
  ...changes,
});

export const onProbation: Employment = { status: 'probation', postTitle: '社区专职工作人员', post: 5, joinedOn: '2026-06-01' };
export const formal: Employment = { ...onProbation, status: 'formal' };
export const placed: PostGradeStep = { post: 5, globalStep: 3, profile: UNIFORM_4X2 };
