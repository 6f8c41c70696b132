import { text } from '../../shared/text/zh-CN.ts';

const words = text.session.activation;
const SHORTEST = 10;

export interface Activation {
  userName: string;
  code: string;
  password: string;
  again: string;
}

/** What is missing or wrong before the server is asked. */
export function activationFaults({ userName, code, password, again }: Activation): Partial<Record<keyof Activation, string>> {
  return {
    ...(!userName.trim() && { userName: words.userNameMissing }),
    ...(!code.trim() && { code: words.codeMissing }),
    ...(password.length < SHORTEST
      ? { password: words.passwordShort(SHORTEST - password.length) }
      : password === userName.trim()
        ? { password: words.passwordSame }
        : {}),
    ...(again !== password && { again: words.againDiffers }),
  };
}
