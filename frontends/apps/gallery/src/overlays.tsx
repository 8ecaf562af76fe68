import { notify } from '@app/sdk';
import { Button, Card, Confirm, Line, Menu } from '@app/ui';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useText } from './text.ts';

/** What comes over the page. */
export function Overlays() {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={t('menu')}>
      <Line>
        <Menu
          label={t('menu')}
          trigger={<Button icon={<ChevronDown aria-hidden />}>{t('menu')}</Button>}
          entries={[
            { id: 'a', label: t('primary'), keys: 'e' },
            { id: 'line', line: true },
            { id: 'b', label: t('danger'), tone: 'danger' },
          ]}
        />
        <Button onPress={() => setOpen(true)}>{t('dialog.open')}</Button>
        <Button onPress={() => notify(t('notice.text'), 'success')}>{t('notice')}</Button>
      </Line>
      <Confirm
        title={t('dialog')}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onConfirm={() => setOpen(false)}
        action={t('confirm')}
      >
        {t('body')}
      </Confirm>
    </Card>
  );
}
