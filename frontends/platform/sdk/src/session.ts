import { boot } from './boot.ts';

/** Who is signed in. */
export interface User {
  id: string;
  displayName: string;
  /** Masked. */
  email: string | null;
  role: string;
  /** The customer whose account this is; null for staff. */
  customerId: string | null;
  language: string;
}

/** A session, as `GET /auth/session` gives it. */
export interface Session {
  user: User;
  /** Scopes of the graph: `customer:read`. */
  permissions: string[];
  expiresAt: string;
  steppedUpUntil: string | null;
  secondFactor: boolean;
}

/** What a frontend or a slot needs: all of `allOf`, and one of `anyOf`. */
export interface Requirement {
  allOf?: string[];
  anyOf?: string[];
}

/** A second factor that is asked for. */
export interface Challenge {
  state: 'SECOND_FACTOR' | 'ENROL_SECOND_FACTOR';
  methods: ('TOTP' | 'PASSKEY' | 'RECOVERY_CODE')[];
  challenge: string;
}

/** What signing in comes to. */
export type SignInAnswer = { state: 'SIGNED_IN'; session: Session } | Challenge;

/** The session that this page was made for; null for nobody. */
export function session(): Session | null {
  return boot().session;
}

/** Whether the session holds the permission. The server decides; this only hides what would be refused. */
export function can(permission: string): boolean {
  return session()?.permissions.includes(permission) ?? false;
}

/** Whether the session holds one of them. */
export function canAny(...permissions: string[]): boolean {
  return permissions.some(can);
}
