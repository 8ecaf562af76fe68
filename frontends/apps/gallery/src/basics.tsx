import { GraphError } from '@app/sdk';
import {
  Avatar,
  Badge,
  Banner,
  Button,
  Card,
  Empty,
  Facts,
  Failed,
  Figure,
  format,
  IconButton,
  Line,
  Link,
  LinkButton,
  LinkList,
  Masked,
  Row,
  Skeleton,
  Stack,
  Status,
  Tabs,
  type Tone,
  Why,
} from '@app/ui';
import { Check, Copy, Plane } from 'lucide-react';
import { useText } from './text.ts';

const tones: Tone[] = ['neutral', 'accent', 'success', 'warning', 'danger'];

/** What is shown and pressed. */
export function Basics() {
  const t = useText();
  return (
    <>
      <Card title={t('buttons')}>
        <Line>
          <Button tone="primary" icon={<Check aria-hidden />}>
            {t('primary')}
          </Button>
          <Button>{t('secondary')}</Button>
          <Button tone="quiet">{t('quiet')}</Button>
          <Button tone="danger">{t('danger')}</Button>
          <Button isDisabled>{t('disabled')}</Button>
          <Button size="small">{t('secondary')}</Button>
          <Button size="large">{t('secondary')}</Button>
          <IconButton label={t('tooltip')} keys="y" icon={<Copy aria-hidden />} />
          <LinkButton href="/ui">{t('title')}</LinkButton>
          <Link href="/ui">{t('title')}</Link>
        </Line>
      </Card>
      <Card title={t('badges')}>
        <Line>
          {tones.map((tone) => (
            <Badge key={tone} tone={tone} icon={<Plane aria-hidden />}>
              {tone}
            </Badge>
          ))}
          {tones.map((tone) => (
            <Status key={tone} tone={tone}>
              {tone}
            </Status>
          ))}
          <Avatar name="Amal Haddad" />
          <Avatar name="محمد علي" size="large" />
          <Masked masked="a•••@e•••.com" label={t('name')} reveal={async () => 'amal@example.com'} />
        </Line>
      </Card>
      <Card title={t('facts')}>
        <Stack>
          <Line>
            <Figure
              name={t('amount')}
              value={format.money({ amountMinor: 60000, currency: 'EUR' })}
              detail="P95"
            />
            <Figure
              name={t('passengers')}
              value={format.number(12345)}
              detail={format.relative('2026-01-01T00:00:00Z')}
            />
            <Figure name={t('delay')} value={format.duration(220)} />
            <Why>{t('why')}</Why>
          </Line>
          <Facts
            columns={2}
            items={[
              { name: t('name'), value: 'Amal Haddad' },
              { name: t('when'), value: format.dateTime('2026-11-20T10:45:00Z', 'Asia/Dubai') },
              { name: t('tier'), value: t('tier.gold') },
              { name: t('note'), value: null },
            ]}
          />
        </Stack>
      </Card>
      <Card title={t('banners')}>
        <Stack gap="small">
          {(['info', 'success', 'warning', 'danger'] as const).map((tone) => (
            <Banner
              key={tone}
              tone={tone}
              title={tone}
              action={<Button size="small">{t('secondary')}</Button>}
            >
              {t('body')}
            </Banner>
          ))}
        </Stack>
      </Card>
      <Card title={t('states')}>
        <Line>
          <Empty title={t('empty')} action={<Button>{t('add')}</Button>}>
            {t('empty.text')}
          </Empty>
          <Failed error={new GraphError('TIMEOUT', '', 'req-1')} onRetry={() => undefined} />
          <Skeleton lines={4} />
        </Line>
      </Card>
      <Card title={t('tabs')}>
        <Tabs
          label={t('tabs')}
          views={['A', 'B', 'C'].map((name, index) => ({
            id: name,
            label: t('section', { name }),
            count: format.number(index + 1),
            content: (
              <LinkList label={name} items={[1, 2]} itemKey={String} href={() => '/ui'}>
                {(item) => (
                  <Row
                    start={<Avatar name={name} />}
                    title={t('row')}
                    detail={t('row.detail')}
                    end={format.number(item)}
                  />
                )}
              </LinkList>
            ),
          }))}
        />
      </Card>
    </>
  );
}
