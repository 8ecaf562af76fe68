/** What every frontend may ask of the shell: session, graph, navigation, slots, notices. It knows no framework. */
export { type Boot, boot, type FrontendEntry, type SlotEntry } from './boot.ts';
export { device } from './device.ts';
export { announce, type NoticeTone, notify, on, type ShellEvents, tell } from './events.ts';
export { type Document, GraphError, type GraphProblem, gql } from './graph.ts';
export { type LiveDocument, live } from './live.ts';
export { loadFrontend, type MountContext, type Mounted, mountEntry, slotsFor } from './mount.ts';
export { currentPath, navigate, ownerOf } from './navigation.ts';
export { type Preferences, preferences, setPreferences } from './preferences.ts';
export { queryClient } from './query-client.ts';
export { report } from './report.ts';
export {
  type Challenge,
  can,
  canAny,
  type Requirement,
  type Session,
  type SignInAnswer,
  session,
  type User,
} from './session.ts';
export { type SignIn, SignInError, signIn } from './sign-in.ts';
