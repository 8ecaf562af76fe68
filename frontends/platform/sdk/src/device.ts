import { post } from './sign-in.ts';

/** What a device keeps of itself. The private half of its key cannot be read, by this page neither. */
interface Kept {
  keys: CryptoKeyPair;
  deviceId: string;
  audience: string;
}

const database = 'jetbridge-device';
const store = 'device';
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
/** For how long what is signed holds, in seconds. */
const fresh = 60;

/** A device of the airline, that signs in by itself. */
export const device = {
  /** Whether this browser holds the key of a device. */
  async isEnrolled(): Promise<boolean> {
    return (await kept()) !== undefined;
  },

  /**
   * Makes a key, and shows it with the code that somebody at the airline has made for this device.
   *
   * @throws SignInError when the code does not work
   */
  async enrol(code: string): Promise<void> {
    const keys = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
    const proof = await sign(keys, { nonce: code, exp: now() + fresh });
    const publicKey = { kty, crv, x, y };
    const said = await post<{ deviceId: string; audience: string }>('/auth/device/enrol', {
      code,
      publicKey,
      proof,
    });
    await keep({ keys, deviceId: said.deviceId, audience: said.audience });
  },

  /**
   * Shows that this device holds its key, for a few minutes. Whatever journey was at hand is so no more.
   *
   * @returns false where this browser holds no key
   * @throws SignInError when the device is revoked
   */
  async signIn(): Promise<boolean> {
    const own = await kept();
    if (!own) return false;
    const { keys, deviceId, audience } = own;
    const assertion = await sign(keys, {
      iss: deviceId,
      sub: deviceId,
      aud: audience,
      exp: now() + fresh,
      jti: crypto.randomUUID(),
    });
    await post('/auth/device/session', { assertion });
    return true;
  },

  /**
   * Has the journey of a booking at hand, for a few minutes.
   *
   * @throws SignInError when there is none to come
   */
  async lookUp(booking: { recordLocator: string; familyName: string }): Promise<void> {
    await post('/auth/device/journey', booking);
  },
};

const now = () => Math.floor(Date.now() / 1000);

const base64 = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** A JSON Web Signature over the claims (RFC 7515), by ES256. */
async function sign(keys: CryptoKeyPair, claims: Record<string, unknown>): Promise<string> {
  const part = (value: unknown) => base64(new TextEncoder().encode(JSON.stringify(value)));
  const text = `${part({ alg: 'ES256', typ: 'JWT' })}.${part(claims)}`;
  const how = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(how, keys.privateKey, new TextEncoder().encode(text));
  return `${text}.${base64(new Uint8Array(signature))}`;
}

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function kept(): Promise<Kept | undefined> {
  const opened = await open();
  return answer(opened.transaction(store).objectStore(store).get(store) as IDBRequest<Kept | undefined>);
}

async function keep(own: Kept): Promise<void> {
  const opened = await open();
  await answer(opened.transaction(store, 'readwrite').objectStore(store).put(own, store));
}

function answer<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}
