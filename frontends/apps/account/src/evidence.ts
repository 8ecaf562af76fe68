import { gql } from '@app/sdk';
import { AddEvidenceDocument, type AddEvidenceMutation, type EvidenceKind } from './gql/graphql.ts';

/** What the server takes of one file, in bytes: a request is at most 256 KiB, and Base64 makes a file a third larger. */
const largest = 180 * 1024;
const documents = new Set(['application/pdf', 'text/plain']);

/** A file that is ready to be sent. */
export interface Prepared {
  id: string;
  /** The key under which it is sent, however often. */
  key: string;
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

/** Why a file is not taken. */
export type Unfit = 'large' | 'kind' | 'broken';

/** What evidence accepts in a file chooser. */
export const accepted = 'image/*,application/pdf,text/plain';

/**
 * Makes a file small enough to be sent. A photograph is drawn again in fewer pixels, which also leaves behind where and when
 * it was taken; other files go as they are.
 */
export async function prepare(file: File): Promise<Prepared | Unfit> {
  const known = { id: crypto.randomUUID(), key: crypto.randomUUID() };
  if (documents.has(file.type)) {
    if (file.size > largest) return 'large';
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { ...known, name: file.name, contentType: file.type, bytes };
  }
  if (!file.type.startsWith('image/')) return 'kind';
  try {
    const bytes = await shrink(file);
    const name = `${file.name.replace(/\.[^.]*$/, '')}.jpg`;
    return bytes ? { ...known, name, contentType: 'image/jpeg', bytes } : 'large';
  } catch {
    return 'broken';
  }
}

/** Adds a file to a claim; the outcome says whether it was taken. */
export async function send(
  claimId: string,
  kind: EvidenceKind,
  description: string,
  file: Prepared,
): Promise<AddEvidenceMutation['addClaimEvidence']> {
  const { addClaimEvidence } = await gql(AddEvidenceDocument, {
    input: {
      claimId,
      kind,
      description,
      file: { name: file.name, contentType: file.contentType, content: base64(file.bytes) },
      idempotencyKey: file.key,
    },
  });
  return addClaimEvidence;
}

const sides = [1600, 1200, 900, 640];

async function shrink(file: File): Promise<Uint8Array | null> {
  const image = await createImageBitmap(file);
  try {
    for (const side of sides) {
      const bytes = await draw(image, side);
      if (bytes.length <= largest) return bytes;
    }
    return null;
  } finally {
    image.close();
  }
}

async function draw(image: ImageBitmap, side: number): Promise<Uint8Array> {
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  const canvas = new OffscreenCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('there is no canvas to draw on');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.72 });
  return new Uint8Array(await blob.arrayBuffer());
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}
