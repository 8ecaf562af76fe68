import { boot } from './boot.ts';
import type { Session, SignInAnswer } from './session.ts';

/** Why signing in was refused. */
export class SignInError extends Error {
  /** The code of the problem: `UNAUTHENTICATED`, `RATE_LIMITED`. */
  readonly code: string;
  /** After how many seconds it may be tried again, where waiting helps. */
  readonly retryAfter: number | null;

  constructor(code: string, message: string, retryAfter: number | null) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Every way in and out. */
export interface SignIn {
  withPassword(email: string, password: string): Promise<SignInAnswer>;
  withSecondFactor(challenge: string, method: 'TOTP' | 'RECOVERY_CODE', code: string): Promise<SignInAnswer>;
  /** On one's own machine: with a token of `jetbridge token`. */
  withToken(token: string): Promise<SignInAnswer>;
  register(account: {
    email: string;
    password: string;
    givenName?: string;
    familyName: string;
    language: string;
  }): Promise<void>;
  verify(token: string): Promise<void>;
  forgot(email: string): Promise<void>;
  reset(token: string, password: string): Promise<void>;
  /** Shows again who one is: by a second factor where there is one, else by the password. */
  stepUp(method: 'TOTP' | 'RECOVERY_CODE' | 'PASSWORD', code: string): Promise<Session>;
  current(): Promise<Session | null>;
  out(): Promise<void>;
}

/** The ways in and out of this server. */
export const signIn: SignIn = {
  withPassword: (email, password) => post('/auth/login', { email, password }),
  withSecondFactor: (challenge, method, code) =>
    post('/auth/login/second-factor', { challenge, method, code }),
  withToken: (token) => post('/_app/development/sign-in', { token }),
  register: (account) => post('/auth/register', account),
  verify: (token) => post('/auth/verify', { token }),
  forgot: (email) => post('/auth/forgot', { email }),
  reset: (token, password) => post('/auth/reset', { token, password }),
  stepUp: (method, code) => post('/auth/step-up', { method, code }),
  current: () => get('/_app/session'),
  out: async () => {
    if (boot().signIn.token) await post('/_app/development/sign-out', {});
    if (boot().signIn.account) await post('/auth/logout', {});
  },
};

async function get<Answer>(path: string): Promise<Answer> {
  return read(await fetch(path, { headers: { Accept: 'application/json' } }));
}

/** Asks an endpoint of this server, as no page of another origin can. */
export async function post<Answer>(path: string, body: unknown): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'jetbridge' };
  return read(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function read<Answer>(response: Response): Promise<Answer> {
  const text = await response.text();
  const answer = text === '' ? undefined : JSON.parse(text);
  if (response.ok) return answer as Answer;
  const retryAfter = Number(response.headers.get('Retry-After')) || null;
  throw new SignInError(
    answer?.code ?? 'INTERNAL_SERVER_ERROR',
    answer?.detail ?? response.statusText,
    retryAfter,
  );
}
