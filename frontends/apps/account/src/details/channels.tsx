import { Banner, Card, FieldRow, Select, Stack, Switch } from '@app/ui';
import styles from '../account.module.css';
import { useAct } from '../act.ts';
import {
  AccountDetailsDocument,
  type SetChannelPreferenceInput,
  SetChannelsDocument,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Own } from './page.tsx';

const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);

/** How the customer wants to be told things. What the law has them told always comes. */
export function Channels({ me }: { me: Own }) {
  const t = useText();
  const act = useAct(SetChannelsDocument, [AccountDetailsDocument]);
  const now = me.channelPreference;
  if (!now) return null;
  const quiet = now.quietHours;
  const change = (changes: Partial<SetChannelPreferenceInput>) =>
    void act.run(
      {
        input: {
          expectedVersion: now.version,
          isMailWanted: now.isMailWanted,
          isInAppWanted: now.isInAppWanted,
          quietHours: quiet ? { from: short(quiet.from), until: short(quiet.until) } : null,
          timeZone: now.timeZone ?? null,
          ...changes,
        },
      },
      (data) => data.setChannelPreference,
    );
  const hour = (name: 'from' | 'until') => (
    <Select
      label={t(`quiet.${name}`)}
      value={short(quiet?.[name] ?? '')}
      onChange={(value) =>
        quiet && change({ quietHours: { from: short(quiet.from), until: short(quiet.until), [name]: value } })
      }
      options={[...new Set([...hours, short(quiet?.[name] ?? '')])].map((id) => ({ id, label: id }))}
    />
  );
  return (
    <Card title={t('channels')}>
      <div id="channels">
        <Stack>
          {act.problems.whole ? <Banner tone="danger">{act.problems.whole}</Banner> : null}
          <Switch isSelected={now.isMailWanted} onChange={(isMailWanted) => change({ isMailWanted })}>
            {t('channel.mail')}
          </Switch>
          <Switch isSelected={now.isInAppWanted} onChange={(isInAppWanted) => change({ isInAppWanted })}>
            {t('channel.inApp')}
          </Switch>
          <Switch
            isSelected={quiet !== null && quiet !== undefined}
            onChange={(isQuiet) => change({ quietHours: isQuiet ? { from: '22:00', until: '07:00' } : null })}
          >
            {t('quiet')}
          </Switch>
          {quiet ? (
            <FieldRow>
              {hour('from')}
              {hour('until')}
            </FieldRow>
          ) : null}
          <p className={styles.quiet}>{t('channels.law')}</p>
        </Stack>
      </div>
    </Card>
  );
}

/** `22:00` of `22:00:00`. */
const short = (time: string) => time.slice(0, 5);
