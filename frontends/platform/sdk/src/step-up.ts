import { tell } from './events.ts';

let asked: Promise<boolean> | null = null;

/** Has the person show again who they are. False where they would rather not, or nobody is there to ask them. */
export function stepUp(): Promise<boolean> {
  asked ??= ask().finally(() => {
    asked = null;
  });
  return asked;
}

function ask(): Promise<boolean> {
  return new Promise((done) => {
    const question = { isTaken: false, done };
    tell('step-up', question);
    if (!question.isTaken) done(false);
  });
}

/** Whether one of the outcomes in an answer is that the person has to show again who they are. */
export function asksForProof(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return Object.values(data).some((outcome) => outcome?.__typename === 'StepUpRequired');
}
