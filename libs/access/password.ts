import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { refuse, type Refusal } from '../domain/refusal.ts';

// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane; about 20 ms. It is also the library's default, named here so that it stays.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST);

// What a password of nobody is compared with, so that an unknown account takes as long as a known one.
const nobody: Promise<string> = hashPassword('nobody has this password');

/** Takes the same time whether or not there is a hash to compare with. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const same = await verify(passwordHash ?? (await nobody), password.normalize('NFKC'));
  return same && passwordHash !== null;
}

const LEAST = 10;
/** The stems of what people choose first; what stands before and after them does not help. */
const COMMON = [
  'password',
  'passw0rd',
  'qwerty',
  'qwertyuiop',
  'asdfghjkl',
  '1qaz2wsx',
  'abcdefg',
  'iloveyou',
  'woaini',
  'admin',
  'administrator',
  'miaopu',
  'tongren',
  'letmein',
  'welcome',
];

/** At least ten characters, not the account's own name, not one of the common ones, not a run or a repetition. */
export function passwordFault(password: string, userName: string): Refusal | null {
  const plain = password.normalize('NFKC').toLowerCase();
  const letters = plain.replace(/[^a-z]/g, '');
  const weak =
    [...plain].length < LEAST ||
    plain.includes(userName.toLowerCase()) ||
    new Set(plain).size < 5 ||
    COMMON.some((stem) => letters === stem || plain === stem) ||
    isRun(plain);
  return weak ? refuse('WeakPassword') : null;
}

const RUNS = ['01234567890', '09876543210', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];
/** 1234567890, abcdefghij: each character follows from the one before. */
const isRun = (plain: string) => RUNS.some((run) => `${run}${run}`.includes(plain));

// Without 0 O 1 I L, which are mistaken for each other when read aloud or from paper.
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A secret that people type off a page: groups of five characters, about 4.9 bits each. */
export const readableSecret = (groups: number): string =>
  Array.from({ length: groups }, () => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')).join('-');
